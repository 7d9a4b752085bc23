package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Hurries usage on its way, because an invoice will soon be too late for it. */
@FunctionalInterface
public interface UsageFlush {

  /**
   * Cuts every window of the customer's that ended by then, and sends what it holds before all
   * else. May be asked for again.
   *
   * @param transaction in which the rows are written
   * @param until the end of the period that is to be billed
   */
  void flush(Handle transaction, CustomerId customer, Instant until);
}
