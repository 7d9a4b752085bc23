package io.creditledger.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.HttpRouting;

/** A part of stripe-sync: what it does by itself, and what it answers. */
public interface Part extends AutoCloseable {

  /**
   * Adds what it answers to whoever reaches it, such as Stripe; called once, before {@link #start}.
   */
  default void routes(HttpRouting.Builder routing) {}

  /** Adds what it answers to operators; called once, before {@link #start}. */
  default void adminRoutes(HttpRouting.Builder routing) {}

  /**
   * Adds how it goes, as an object in a field of its own: plain values, and arrays of objects of
   * plain values for what somebody should look at. It holds no secret. Called again and again.
   */
  default void status(ObjectNode status) {}

  /** Begins what it does by itself. */
  default void start() {}

  /** Ends it, and returns once it has ended. */
  @Override
  default void close() {}
}
