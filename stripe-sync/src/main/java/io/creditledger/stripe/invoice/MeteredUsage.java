package io.creditledger.stripe.invoice;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.stripe.money.Money;
import java.util.Optional;

/**
 * What an invoice charges for one meter's usage, discounts taken off.
 *
 * @param meter the ledger's; empty where the rules do not name it
 */
record MeteredUsage(
    Optional<MeterName> meter, Optional<SubscriptionId> subscription, Money amount) {}
