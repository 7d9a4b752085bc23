package io.creditledger.stripe.mirror;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Optional;

/**
 * A grant as the journal has it.
 *
 * @param name its own, or else its id
 * @param fromStripe the credit grant of Stripe's that it was made of
 * @param madeAt when it was recorded
 * @param granted everything ever granted, adjustments among it, less what was taken back
 * @param remaining not gone: held or not
 */
public record LedgerGrant(
    CustomerId customer,
    GrantId id,
    Unit unit,
    Category category,
    int priority,
    Instant effectiveAt,
    Optional<Instant> expiresAt,
    Scope scope,
    String name,
    Optional<String> fromStripe,
    GrantState state,
    Instant madeAt,
    Credits granted,
    Credits remaining) {}
