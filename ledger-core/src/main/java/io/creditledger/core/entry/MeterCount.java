package io.creditledger.core.entry;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Quantity;
import java.time.Instant;

/**
 * How much of a meter a customer has used in one period, where the customer's plan limits it.
 *
 * @param since when the period began
 * @param used so far, in the meter's own quantity
 * @param until when even late usage can no longer add to it, so that it may be forgotten
 */
public record MeterCount(MeterName meter, Instant since, Quantity used, Instant until) {}
