package io.creditledger.cli.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What a plan brought about: how long each answer took, and how many there were of which kind. */
public final class LoadResult {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private final LoadPlan plan;
  private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

  LoadResult(LoadPlan plan) {
    this.plan = plan;
  }

  void add(String outcome, long latencyNanos) {
    nanos.recordValue(Math.min(latencyNanos, LONGEST_NANOS));
    outcomes.computeIfAbsent(outcome, none -> new LongAdder()).increment();
  }

  /** What is unanswered by now stays so: it took longer than anything that was answered. */
  void giveUp() {
    long missing = plan.requests() - plan.warmUpRequests() - nanos.getTotalCount();
    for (long i = 0; i < missing; i++) {
      add("unanswered", LONGEST_NANOS);
    }
  }

  /** The latency that this share of the requests, from 0 to 100, did not exceed. */
  public double millisAt(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  /** The longest latency. */
  public double millisMax() {
    return nanos.getMaxValue() / 1e6;
  }

  /** How many requests came to that outcome. */
  public long count(String outcome) {
    LongAdder count = outcomes.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /** How many requests were measured. */
  public long count() {
    return nanos.getTotalCount();
  }

  /** In one line: how many of what, and the latencies. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d requests at %,d/s %s: p50 %.1f ms, p90 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f",
        count(),
        plan.ratePerSecond(),
        new TreeMap<>(outcomes),
        millisAt(50),
        millisAt(90),
        millisAt(99),
        millisAt(99.9),
        millisMax());
  }
}
