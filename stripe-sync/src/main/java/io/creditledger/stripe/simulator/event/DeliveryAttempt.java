package io.creditledger.stripe.simulator.event;

import java.time.Instant;

/**
 * One try at delivering one event.
 *
 * @param attempt 1 for the first
 * @param status what the endpoint answered; 0 if it did not
 */
public record DeliveryAttempt(
    String event, String type, String endpoint, int attempt, int status, Instant at) {

  public boolean succeeded() {
    return status >= 200 && status < 300;
  }
}
