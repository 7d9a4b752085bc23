package io.creditledger.streams.webhook;

import java.time.Instant;

/**
 * The right to send the oldest thing pending for a customer at an endpoint, for a while.
 *
 * @param number grows with each claim of the same queue: who holds an older one has lost the right
 * @param failures attempts in a row that failed
 * @param until when somebody else may take it
 * @param delivery the row to send
 * @param dueFirst when the row was due for the first time
 */
record Claim(
    String endpoint,
    long number,
    int failures,
    Instant until,
    long delivery,
    Instant dueFirst,
    WebhookMessage message) {

  String customer() {
    return message.customer();
  }
}
