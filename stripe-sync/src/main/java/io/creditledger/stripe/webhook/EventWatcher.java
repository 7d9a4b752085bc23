package io.creditledger.stripe.webhook;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Takes note of events beside whoever deals with them. */
public interface EventWatcher {

  /** The types it takes note of. */
  Set<String> types();

  /**
   * Takes note of an event, after it was dealt with and in the same transaction; it has no effect
   * elsewhere. Events come in any order, and some tell the same twice.
   */
  void see(Handle transaction, StripeEvent event);
}
