package io.creditledger.stripe.payment;

import org.jdbi.v3.core.Handle;

/**
 * Keeps two transactions from missing each other's rows: each writes its own, takes the lock of
 * what both are about, and only then looks for the other's.
 */
public final class OneAtATime {

  private OneAtATime() {}

  /** Waits until nobody else is at this, and keeps it until the transaction ends. */
  public static void at(Handle transaction, String name) {
    transaction
        .createQuery(
            "select 1 from pg_advisory_xact_lock(hashtextextended(current_schema() || :name, 0))")
        .bind("name", "." + name)
        .mapTo(Integer.class)
        .one();
  }
}
