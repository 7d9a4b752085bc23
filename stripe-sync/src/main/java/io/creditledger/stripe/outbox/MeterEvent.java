package io.creditledger.stripe.outbox;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A meter event that is to be sent.
 *
 * @param id of its row
 * @param timestamp when the usage happened, as Stripe is told: the window's start
 * @param attempts so far
 * @param attemptedAt since when Stripe may have it; empty if it certainly has not
 */
public record MeterEvent(
    long id,
    String identifier,
    CustomerId customer,
    String eventName,
    Instant timestamp,
    Aggregation aggregation,
    BigDecimal value,
    int attempts,
    Optional<Instant> attemptedAt) {}
