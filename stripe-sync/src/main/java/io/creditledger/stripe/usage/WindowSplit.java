package io.creditledger.stripe.usage;

import io.creditledger.stripe.usage.MeterAggregator.Growth;
import io.creditledger.stripe.usage.WindowRows.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Counts a window again as several, where billing periods turn out to begin or end within it. */
final class WindowSplit {

  private WindowSplit() {}

  /**
   * Moves a window's lines into windows that end or begin at the boundaries, which fall due at
   * once.
   *
   * @param row locked
   * @param grown gets the windows that the lines were moved into
   * @return the window with nothing in it, if anything was sent of it; none otherwise
   */
  static List<Row> at(
      Handle transaction, Row row, Set<Instant> boundaries, Instant now, Set<MeterWindow> grown) {
    Map<MeterWindow, Growth> parts = new TreeMap<>();
    List<UsageLine> moved = new ArrayList<>();
    BigDecimal left = row.total();
    for (UsageLine line : UsageLines.of(transaction, row.window())) {
      UsageLine there = line.in(part(row.window(), line.occurredAt(), boundaries));
      moved.add(there);
      left = left.subtract(there.counted());
      parts.merge(
          there.window(),
          new Growth(there.counted(), row.aggregation()),
          (one, other) -> new Growth(one.amount().add(other.amount()), row.aggregation()));
    }
    UsageLines.put(transaction, moved);
    WindowRows.grow(transaction, parts, window -> now);
    grown.addAll(parts.keySet());
    if (row.revision() == 0 && left.signum() == 0) {
      WindowRows.delete(transaction, row.window());
      return List.of();
    }
    WindowRows.total(transaction, row.window(), left);
    return List.of(row.with(left));
  }

  private static MeterWindow part(MeterWindow window, Instant at, Set<Instant> boundaries) {
    MeterWindow part = window;
    for (Instant boundary : boundaries) {
      part = part.isCutBy(boundary) ? part.side(boundary, at) : part;
    }
    return part;
  }
}
