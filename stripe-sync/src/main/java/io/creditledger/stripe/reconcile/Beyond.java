package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.reconcile.Books.Entry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By how much Stripe has more than it was delivered.
 *
 * @param amount less than zero: it has less
 * @param cause of all of it; where doubts come to it, theirs
 * @param doubts that come to it
 */
record Beyond(BigDecimal amount, Cause cause, List<Doubt> doubts) {

  /** Copies the list. */
  Beyond {
    doubts = List.copyOf(doubts);
  }

  boolean isExplained() {
    return cause.isExplained();
  }

  /** The events that Stripe does not have as the outbox has them. */
  Set<Entry> settled() {
    return doubts.stream().map(Doubt::entry).collect(Collectors.toSet());
  }
}
