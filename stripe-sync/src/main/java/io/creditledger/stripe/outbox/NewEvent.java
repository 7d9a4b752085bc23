package io.creditledger.stripe.outbox;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A meter event to be put into the outbox.
 *
 * @param identifier by which Stripe is to know it again
 * @param windowStart the event's time in Stripe
 * @param revision of the window, from 1
 * @param part of the revision, from 1: a value with too many digits is sent in parts
 */
public record NewEvent(
    String identifier,
    CustomerId customer,
    String eventName,
    Instant windowStart,
    Instant windowEnd,
    int revision,
    int part,
    Aggregation aggregation,
    BigDecimal value,
    Urgency urgency) {}
