package io.creditledger.stripe.outbox;

import java.util.Collection;
import org.jdbi.v3.core.Handle;

/**
 * Whose events these are: whoever cut them keeps how much of the usage they stand for, and must
 * know when an event begins or ceases to count.
 */
@FunctionalInterface
public interface Recount {

  /**
   * Locks the windows of some events, makes the change to the events' rows, and has what is then
   * missing or too much be cut anew.
   *
   * @param events ids of rows
   */
  void after(Handle transaction, Collection<Long> events, Runnable change);
}
