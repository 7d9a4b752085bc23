package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.usage.MeterWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the outbox has of one customer and meter in an interval.
 *
 * @param entries each worth what it adds to Stripe's sum if Stripe has it
 * @param repaired what Stripe was found to lack of what it was sent, and was sent once more
 */
record Books(List<Window> windows, List<Entry> entries, List<Repaired> repaired) {

  /**
   * A window as it was counted.
   *
   * @param cut what its counting events come to
   * @param isDue whether it is to be looked at again
   */
  record Window(
      MeterWindow window, BigDecimal total, BigDecimal cut, int revision, boolean isDue) {}

  /**
   * An event as it stands in its row.
   *
   * @param id of its row
   * @param attemptedAt since when Stripe may have it
   * @param changedAt since when Stripe has it or has cancelled it
   */
  record Event(
      long id,
      MeterWindow window,
      Aggregation aggregation,
      BigDecimal value,
      EventState state,
      Instant createdAt,
      Optional<Instant> attemptedAt,
      Optional<Instant> changedAt,
      String reason,
      String detail) {}

  /** An event with what it adds to the sum. */
  record Entry(Event event, BigDecimal worth) {

    boolean is(EventState state) {
      return event.state() == state;
    }
  }

  /** What was sent once more of a window. */
  record Repaired(MeterWindow window, BigDecimal value) {}

  /** Copies the lists. */
  Books {
    windows = List.copyOf(windows);
    entries = List.copyOf(entries);
    repaired = List.copyOf(repaired);
  }

  /** Of rows, the events in the order in which they were made. */
  static Books of(List<Window> windows, List<Event> events, List<Repaired> repaired) {
    List<Entry> entries = new ArrayList<>();
    Map<MeterWindow, List<Event>> kept = new LinkedHashMap<>();
    for (Event event : events) {
      switch (event.aggregation()) {
        case SUM -> entries.add(new Entry(event, event.value()));
        case LAST_OF_HOUR, LAST_OF_DAY ->
            kept.computeIfAbsent(event.window(), window -> new ArrayList<>()).add(event);
      }
    }
    kept.values().forEach(ofWindow -> entries.addAll(last(ofWindow)));
    return new Books(windows, entries, repaired);
  }

  /** Where Stripe keeps the last event: what each one it has changed, and the newest would. */
  private static List<Entry> last(List<Event> events) {
    List<Entry> entries = new ArrayList<>();
    BigDecimal level = BigDecimal.ZERO;
    Optional<Event> newest = Optional.empty();
    for (Event event : events) {
      if (event.state() == EventState.DELIVERED) {
        entries.add(new Entry(event, event.value().subtract(level)));
        level = event.value();
      }
      newest = counts(event.state()) ? Optional.of(event) : newest;
    }
    BigDecimal known = level;
    newest
        .filter(event -> event.state() != EventState.DELIVERED)
        .ifPresent(event -> entries.add(new Entry(event, event.value().subtract(known))));
    return entries;
  }

  private static boolean counts(EventState state) {
    return switch (state) {
      case PENDING, DELIVERED, PARKED, UNKNOWN -> true;
      case CANCELLING, CANCELLED, WITHDRAWN -> false;
    };
  }

  /** The part of it in an interval. */
  Books within(Span span) {
    Predicate<MeterWindow> inside = window -> span.contains(window.start());
    return new Books(
        windows.stream().filter(window -> inside.test(window.window())).toList(),
        entries.stream().filter(entry -> inside.test(entry.event().window())).toList(),
        repaired.stream().filter(one -> inside.test(one.window())).toList());
  }

  /** A window of it. */
  Optional<Window> window(MeterWindow wanted) {
    return windows.stream().filter(window -> window.window().equals(wanted)).findFirst();
  }

  /** Whether Stripe adds all of its events up, so that a part of the interval has its own sum. */
  boolean addsUp() {
    return entries.stream().allMatch(entry -> entry.event().aggregation() == Aggregation.SUM);
  }

  /** Whether an event is to be sent that takes the place of what Stripe has. */
  boolean isReplacing() {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.event().aggregation() != Aggregation.SUM && entry.is(EventState.PENDING));
  }

  /** What its usage comes to. */
  BigDecimal counted() {
    return windows.stream().map(Window::total).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What of it events were made for. */
  BigDecimal cut() {
    return windows.stream().map(Window::cut).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What its counting events come to. */
  BigDecimal queued() {
    return sum(entry -> counts(entry.event().state())).subtract(again());
  }

  /** What Stripe's sum must be, as far as is known. */
  BigDecimal delivered() {
    return sum(entry -> entry.is(EventState.DELIVERED) || entry.is(EventState.CANCELLING))
        .subtract(again());
  }

  private BigDecimal again() {
    return repaired.stream().map(Repaired::value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal sum(Predicate<Entry> which) {
    return entries.stream()
        .filter(which)
        .map(Entry::worth)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
