package io.creditledger.stripe.payment;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Money that was paid for credits.
 *
 * @param id Stripe's invoice, or its checkout session where there is no invoice
 * @param total what all that was bought with it cost, credits or not
 */
public record Payment(
    String id, CustomerId customer, Optional<String> paymentIntent, Money total, Instant paidAt) {}
