package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.outbox.MeterEventRows;
import io.creditledger.stripe.outbox.NewEvent;
import io.creditledger.stripe.outbox.Urgency;
import io.creditledger.stripe.period.BillingPeriods;
import io.creditledger.stripe.usage.WindowRows.Row;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Cuts windows that are due into events of the outbox. Rows are locked while it does, so that
 * several may work at once.
 */
final class WindowCutter implements Worker.Step {

  private static final int PAGE = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Database database;
  private final Clock clock;

  WindowCutter(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Duration run() {
    return cutDue() < PAGE ? IDLE : Duration.ZERO;
  }

  /** Cuts a page of what is due now; how many windows that were. */
  int cutDue() {
    return database.jdbi().inTransaction(this::cutDue);
  }

  /** Cuts all that is due now. */
  void cutAllDue() {
    while (cutDue() == PAGE) {
      // There is another page.
    }
  }

  private int cutDue(Handle transaction) {
    Instant now = clock.instant();
    List<Row> due = WindowRows.takeDue(transaction, now, PAGE);
    List<Row> whole = split(transaction, due);
    Map<MeterWindow, List<RevisionPlan.Event>> events =
        WindowEvents.counting(
            transaction, whole.stream().filter(row -> row.revision() > 0).toList());
    List<NewEvent> made = new ArrayList<>();
    List<Row> after = new ArrayList<>();
    List<Long> withdrawn = new ArrayList<>();
    List<Long> cancelled = new ArrayList<>();
    for (Row row : whole) {
      RevisionPlan plan = plan(row, events.getOrDefault(row.window(), List.of()), now);
      List<NewEvent> revision = events(row, plan.values());
      made.addAll(revision);
      withdrawn.addAll(plan.withdrawn());
      cancelled.addAll(plan.cancelled());
      after.add(revision.isEmpty() ? row : row.revised());
    }
    WindowEvents.withdraw(transaction, withdrawn);
    WindowEvents.cancel(transaction, cancelled, now);
    MeterEventRows.add(transaction, made, now);
    WindowRows.cut(transaction, after);
    return due.size();
  }

  private static RevisionPlan plan(Row row, List<RevisionPlan.Event> events, Instant now) {
    return switch (row.aggregation()) {
      case SUM -> RevisionPlan.ofSum(row.total(), row.cut(), events, now);
      case LAST_OF_HOUR, LAST_OF_DAY -> RevisionPlan.ofLast(row.total(), events);
    };
  }

  /** The events of a window's next revision. */
  static List<NewEvent> events(Row row, List<BigDecimal> values) {
    List<NewEvent> events = new ArrayList<>();
    MeterWindow window = row.window();
    int revision = row.revision() + 1;
    for (BigDecimal value : values) {
      int part = events.size() + 1;
      events.add(
          new NewEvent(
              EventIdentifier.of(window, revision, part),
              window.customer(),
              window.eventName(),
              window.start(),
              window.end(),
              revision,
              part,
              row.aggregation(),
              value,
              row.urgency()));
    }
    return events;
  }

  /**
   * What reaches over a boundary that was not known when it was counted is counted again on either
   * side, and falls due there; what was sent of the whole is taken back.
   */
  private List<Row> split(Handle transaction, List<Row> due) {
    Set<CustomerId> customers =
        due.stream().map(row -> row.window().customer()).collect(Collectors.toSet());
    Map<CustomerId, Set<Instant>> boundaries = BillingPeriods.boundaries(transaction, customers);
    Instant now = clock.instant();
    List<Row> whole = new ArrayList<>();
    Set<MeterWindow> grown = new HashSet<>();
    for (Row row : due) {
      MeterWindow window = row.window();
      Set<Instant> known = boundaries.getOrDefault(window.customer(), Set.of());
      Set<Instant> within = known.stream().filter(window::isCutBy).collect(Collectors.toSet());
      if (!within.isEmpty()) {
        whole.addAll(WindowSplit.at(transaction, row, within, now, grown));
      } else if (known.stream().anyMatch(end -> window.isBefore(end) && !end.isAfter(now))) {
        // Its period has ended: an invoice waits for it, or has waited.
        whole.add(row.with(Urgency.URGENT));
      } else {
        whole.add(row);
      }
    }
    // What grew is more than was read of it: it is still due, and cut the next time.
    whole.removeIf(row -> grown.contains(row.window()));
    return whole;
  }
}
