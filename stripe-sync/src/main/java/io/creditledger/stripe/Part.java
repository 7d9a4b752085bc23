package io.creditledger.stripe;

import io.helidon.webserver.http.HttpRouting;

/** A part of stripe-sync: what it does by itself, and what it answers. */
public interface Part extends AutoCloseable {

  /**
   * Adds what it answers to whoever reaches it, such as Stripe; called once, before {@link #start}.
   */
  default void routes(HttpRouting.Builder routing) {}

  /** Adds what it answers to operators; called once, before {@link #start}. */
  default void adminRoutes(HttpRouting.Builder routing) {}

  /** Begins what it does by itself. */
  default void start() {}

  /** Ends it, and returns once it has ended. */
  @Override
  default void close() {}
}
