package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.reconcile.Books.Entry;
import io.creditledger.stripe.reconcile.Books.Event;
import io.creditledger.stripe.reconcile.Books.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why Stripe's sum is not what the usage comes to. Pure.
 *
 * <p>What is missing on the way, at any of its stations, is known from the outbox. What Stripe has
 * beyond or below what it was delivered is explained if events of which it is open whether Stripe
 * counts them come to exactly that; anything else is unexplained.
 *
 * @param counting how long after an event's delivery Stripe's sum may lack it
 */
record Reconciler(Duration counting) {

  private static final String CUSTOMER_UNKNOWN = "customer_unknown";

  /**
   * The parts of the difference between Stripe's sum and the usage counted; none if there is no
   * difference. They add up to it.
   *
   * @param span in which all of the books are
   */
  List<Share> explain(Span span, Books books, BigDecimal stripe, Instant now) {
    Shares shares = new Shares();
    books.windows().forEach(window -> uncut(window).ifPresent(shares::add));
    shares.add(
        new Share(
            books.queued().subtract(books.cut()),
            Cause.UNEXPLAINED,
            span.from(),
            "the outbox's events do not come to what was cut of its windows"));
    Beyond beyond = beyond(books, stripe, now);
    if (beyond.doubts().isEmpty()) {
      shares.add(new Share(beyond.amount(), beyond.cause(), since(span, books), ""));
    }
    beyond.doubts().forEach(doubt -> notYet(doubt).ifPresent(shares::add));
    Set<Entry> settled = beyond.settled();
    books.entries().stream()
        .filter(entry -> !settled.contains(entry))
        .forEach(entry -> outstanding(entry).ifPresent(shares::add));
    return shares.list();
  }

  /** What Stripe's sum is beyond what it was delivered. */
  Beyond beyond(Books books, BigDecimal stripe, Instant now) {
    BigDecimal amount = Amounts.difference(stripe, books.delivered(), books.entries().size());
    List<Doubt> doubts = doubts(books, now);
    return Doubt.comingTo(amount, doubts)
        .map(found -> new Beyond(amount, Cause.NOT_COUNTED_YET, found))
        .orElseGet(() -> new Beyond(amount, cause(amount, books, doubts), List.of()));
  }

  private static Cause cause(BigDecimal beyond, Books books, List<Doubt> doubts) {
    if (books.isReplacing()) {
      return Cause.WAITING;
    }
    if (!Doubt.areManyReaching(beyond, doubts)) {
      return Cause.UNEXPLAINED;
    }
    return beyond.signum() < 0 ? Cause.NOT_COUNTED_YET : Cause.WAITING;
  }

  /** What Stripe has and its sum does not show; for the rest it is the outbox that lags. */
  private static Optional<Share> notYet(Doubt doubt) {
    return switch (doubt.entry().event().state()) {
      case DELIVERED -> Optional.of(share(doubt.entry(), doubt.amount(), Cause.NOT_COUNTED_YET));
      case CANCELLED -> Optional.of(share(doubt.entry(), doubt.amount(), Cause.CANCELLING));
      case PENDING, UNKNOWN, CANCELLING, PARKED, WITHDRAWN -> Optional.empty();
    };
  }

  /** What of a window's usage no event was made for. */
  private static Optional<Share> uncut(Window window) {
    BigDecimal uncut = window.total().subtract(window.cut());
    if (uncut.signum() == 0) {
      return Optional.empty();
    }
    Cause cause =
        !window.isDue() ? Cause.UNEXPLAINED : window.revision() > 0 ? Cause.LATE : Cause.WAITING;
    return Optional.of(
        new Share(
            uncut.negate(),
            cause,
            window.window().end(),
            window.isDue() ? "" : "the window is not due though not all of it was sent"));
  }

  /** An event that Stripe does not have, or has and should not. */
  private static Optional<Share> outstanding(Entry entry) {
    BigDecimal less = entry.worth().negate();
    return switch (entry.event().state()) {
      case PENDING ->
          Optional.of(
              share(
                  entry,
                  less,
                  entry.event().reason().equals(CUSTOMER_UNKNOWN)
                      ? Cause.UNMAPPED_CUSTOMER
                      : Cause.WAITING));
      case PARKED -> Optional.of(share(entry, less, Cause.PARKED));
      case UNKNOWN -> Optional.of(share(entry, less, Cause.OUTCOME_UNKNOWN));
      case CANCELLING -> Optional.of(share(entry, entry.worth(), Cause.CANCELLING));
      case DELIVERED, CANCELLED, WITHDRAWN -> Optional.empty();
    };
  }

  private static Share share(Entry entry, BigDecimal amount, Cause cause) {
    Event event = entry.event();
    String words =
        event.detail().isEmpty() ? event.reason() : event.reason() + ": " + event.detail();
    return new Share(amount, cause, event.changedAt().orElse(event.createdAt()), words);
  }

  /** By how much Stripe's sum may be off because of each event of which something is open. */
  private List<Doubt> doubts(Books books, Instant now) {
    List<Doubt> doubts = new ArrayList<>();
    for (Entry entry : books.entries()) {
      boolean fresh =
          entry.event().changedAt().filter(at -> now.isBefore(at.plus(counting))).isPresent();
      BigDecimal worth = entry.worth();
      switch (entry.event().state()) {
        case PENDING -> {
          if (entry.event().attemptedAt().isPresent()) {
            doubts.add(new Doubt(entry, worth));
          }
        }
        case UNKNOWN -> doubts.add(new Doubt(entry, worth));
        case CANCELLING -> doubts.add(new Doubt(entry, worth.negate()));
        case DELIVERED -> {
          if (fresh) {
            doubts.add(new Doubt(entry, worth.negate()));
          }
        }
        case CANCELLED -> {
          if (fresh) {
            doubts.add(new Doubt(entry, worth));
          }
        }
        case PARKED, WITHDRAWN -> {}
      }
    }
    return doubts;
  }

  private static Instant since(Span span, Books books) {
    return books.entries().stream()
        .flatMap(entry -> entry.event().changedAt().stream())
        .max(Instant::compareTo)
        .orElse(span.from());
  }

  /** Shares of one cause and reason are one. */
  private static final class Shares {

    private final Map<List<Object>, Share> shares = new LinkedHashMap<>();

    void add(Share share) {
      shares.merge(List.of(share.cause(), share.detail()), share, Share::plus);
    }

    List<Share> list() {
      return shares.values().stream().filter(share -> share.amount().signum() != 0).toList();
    }
  }
}
