package io.creditledger.stripe.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Usage added up by customer, meter and the hour or day in which its window begins. */
final class Sums {

  private final Map<MeterKey, NavigableMap<Instant, BigDecimal>> sums = new TreeMap<>();

  void add(MeterKey key, Instant begin, BigDecimal amount) {
    sums.computeIfAbsent(key, unused -> new TreeMap<>()).merge(begin, amount, BigDecimal::add);
  }

  Set<MeterKey> keys() {
    return sums.keySet();
  }

  /** What one customer used of a meter, by hour or day. */
  NavigableMap<Instant, BigDecimal> of(MeterKey key) {
    return sums.getOrDefault(key, new TreeMap<>());
  }

  /** The sum of all that begins in an interval. */
  BigDecimal within(MeterKey key, Span span) {
    return of(key).subMap(span.from(), span.to()).values().stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
