package io.creditledger.streams.webhook;

/** What became of the wish to have something sent again. */
public sealed interface Redelivery {

  /** It is pending, and due now. */
  record Queued(Delivery delivery) implements Redelivery {}

  /** There is no such delivery, or no longer. */
  record UnknownDelivery() implements Redelivery {}

  /** Its endpoint is no longer set up, so nobody would send it. */
  record UnknownEndpoint(String endpoint) implements Redelivery {}
}
