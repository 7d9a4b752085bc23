package io.creditledger.cli.demo;

import io.creditledger.core.money.Credits;
import java.time.Duration;
import java.util.List;

/**
 * What the demo did.
 *
 * @param sent every event, and how often it was delivered
 * @param usageDeliveries records of usage, repetitions included
 * @param drained from the first of them published until the last was decided and committed
 * @param priced what the usage must cost by the price list
 */
record Run(List<EventSender.Sent> sent, long usageDeliveries, Duration drained, Credits priced) {

  long distinct() {
    return sent.size();
  }

  long repeated() {
    return sent.stream().filter(one -> one.times() > 1).count();
  }

  /** Usage records decided in a second. */
  long rate() {
    return usageDeliveries * 1000 / Math.max(1, drained.toMillis());
  }
}
