package io.creditledger.stripe.simulator.meter;

import java.math.BigDecimal;
import java.util.Map;

/**
 * One meter event as it was received.
 *
 * @param timestamp when the usage happened, in seconds since 1970
 * @param request the id of the request that brought it
 */
record MeterEvent(
    String eventName,
    String identifier,
    long timestamp,
    Map<String, String> payload,
    String request) {

  MeterEvent {
    payload = Map.copyOf(payload);
  }

  /** One that was found right, and counts. */
  record Counted(
      String identifier,
      String eventName,
      String meter,
      String customer,
      long timestamp,
      long received,
      BigDecimal value) {}
}
