package io.creditledger.stripe.usage;

import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.outbox.ValueSplit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be sent of a window so that Stripe comes to the window's total. Pure.
 *
 * <p>Where Stripe adds events up, more usage is one event with the difference. Less usage takes
 * back events, the newest first: one that Stripe certainly does not have is withdrawn, one that it
 * received within a day is cancelled, and what more is to be taken back than whole events come to,
 * or was sent earlier, is one event with the signed difference. Where Stripe keeps the last event,
 * a revision is the whole total.
 *
 * @param values of the next revision's events, none of them zero unless Stripe keeps the last
 * @param withdrawn ids of events that are not to be sent any more
 * @param cancelled ids of events that Stripe is to cancel
 */
public record RevisionPlan(List<BigDecimal> values, List<Long> withdrawn, List<Long> cancelled) {

  /** Stripe cancels an event within 24 hours of its receipt; an hour is left for the call. */
  public static final Duration CANCEL_WITHIN = Duration.ofHours(23);

  /** Copies the lists. */
  public RevisionPlan {
    values = List.copyOf(values);
    withdrawn = List.copyOf(withdrawn);
    cancelled = List.copyOf(cancelled);
  }

  /**
   * An event of the window that was cut before and counts still.
   *
   * @param attemptedAt since when Stripe may have it; empty if it certainly has not
   */
  public record Event(long id, BigDecimal value, EventState state, Optional<Instant> attemptedAt) {

    private boolean isWithdrawable() {
      return switch (state) {
        case PARKED -> true;
        case PENDING -> attemptedAt.isEmpty();
        case DELIVERED, UNKNOWN, CANCELLING, CANCELLED, WITHDRAWN -> false;
      };
    }

    private boolean isCancellable(Instant now) {
      return state == EventState.DELIVERED
          && attemptedAt.filter(at -> now.isBefore(at.plus(CANCEL_WITHIN))).isPresent();
    }
  }

  /**
   * The plan for a window that Stripe adds up.
   *
   * @param total what its usage comes to
   * @param cut what its counting events come to
   * @param events those that count, the oldest first
   */
  public static RevisionPlan ofSum(
      BigDecimal total, BigDecimal cut, List<Event> events, Instant now) {
    BigDecimal difference = total.subtract(cut);
    if (difference.signum() >= 0) {
      return new RevisionPlan(ValueSplit.split(difference), List.of(), List.of());
    }
    List<Long> withdrawn = new ArrayList<>();
    List<Long> cancelled = new ArrayList<>();
    List<Event> newestFirst =
        events.reversed().stream().filter(event -> event.value().signum() > 0).toList();
    for (Event event : newestFirst) {
      if (difference.signum() < 0 && event.isWithdrawable()) {
        withdrawn.add(event.id());
        difference = difference.add(event.value());
      }
    }
    for (Event event : newestFirst) {
      if (difference.signum() < 0 && event.isCancellable(now)) {
        cancelled.add(event.id());
        difference = difference.add(event.value());
      }
    }
    return new RevisionPlan(ValueSplit.split(difference), withdrawn, cancelled);
  }

  /**
   * The plan for a window of which Stripe keeps the event it received last.
   *
   * @param total what its usage comes to
   * @param events those that count, the oldest first
   */
  public static RevisionPlan ofLast(BigDecimal total, List<Event> events) {
    List<Long> withdrawn = events.stream().filter(Event::isWithdrawable).map(Event::id).toList();
    boolean nothingWasSent = withdrawn.size() == events.size();
    return total.signum() == 0 && nothingWasSent
        ? new RevisionPlan(List.of(), withdrawn, List.of())
        : new RevisionPlan(List.of(total), withdrawn, List.of());
  }
}
