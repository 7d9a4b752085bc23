package io.creditledger.stripe.outbox;

import io.creditledger.core.id.CustomerId;

/**
 * Everything of one customer and meter goes through one lane, and a lane is served by one sender:
 * so there are never two calls at once for one customer and meter.
 *
 * @param first of the lanes served, from 0
 * @param step from one lane served to the next
 */
public record Lanes(int first, int step) {

  /** How many there are; more than senders, so that any number of senders shares them evenly. */
  static final int COUNT = 256;

  /** The lane of a customer and meter; a part of rows, so it never changes. */
  static int of(CustomerId customer, String eventName) {
    return Math.floorMod(31 * customer.value().hashCode() + eventName.hashCode(), COUNT);
  }
}
