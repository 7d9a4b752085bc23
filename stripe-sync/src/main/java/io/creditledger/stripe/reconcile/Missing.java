package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.reconcile.Books.Event;
import io.creditledger.stripe.reconcile.Books.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of a window Stripe lacks although it was sent.
 *
 * @param window as it stood when it was compared
 * @param value above zero for what is lost of what Stripe had said that it had it
 * @param unknown the event of which nobody knew and which Stripe's sum does not have; empty if it
 *     cannot be said which event is lost
 */
record Missing(Window window, BigDecimal value, Optional<Event> unknown) {

  /** All that is missing in an interval. */
  static List<Missing> in(Books books, Beyond beyond) {
    List<Missing> missing = new ArrayList<>();
    if (!beyond.isExplained()) {
      if (beyond.amount().signum() < 0) {
        // Of several windows in one minute the largest: they differ only in where they begin.
        books.windows().stream()
            .max(Comparator.comparing(Window::cut))
            .map(window -> new Missing(window, beyond.amount().negate(), Optional.empty()))
            .ifPresent(missing::add);
      }
      return missing;
    }
    books.entries().stream()
        .filter(entry -> entry.event().state() == EventState.UNKNOWN)
        .filter(entry -> !beyond.settled().contains(entry))
        .forEach(
            entry ->
                books
                    .window(entry.event().window())
                    .map(window -> new Missing(window, entry.worth(), Optional.of(entry.event())))
                    .ifPresent(missing::add));
    return missing;
  }
}
