package io.creditledger.stripe.reconcile;

import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterEventSummaryListParams.ValueGroupingWindow;
import com.stripe.param.billing.MeterListParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What Stripe has added up. */
final class StripeSums {

  private static final long PAGE = 100;

  private final StripeReads stripe;

  /** Reads with that. */
  StripeSums(StripeReads stripe) {
    this.stripe = stripe;
  }

  /** Whether an interval's hours fit into one answer; days are asked for first where not. */
  static boolean isReadByHours(Instant from, Instant to) {
    return Duration.between(from, to).compareTo(Span.HOUR.multipliedBy(PAGE - 1)) <= 0;
  }

  /** The ids of Stripe's meters by their event names; of one name, the active one. */
  Map<String, String> meters() throws InterruptedException {
    Map<String, String> meters = new HashMap<>();
    stripe.each(
        after -> {
          MeterListParams.Builder params = MeterListParams.builder().setLimit(PAGE);
          after.ifPresent(params::setStartingAfter);
          return client -> client.v1().billing().meters().list(params.build());
        },
        (Meter meter) -> {
          if (meter.getStatus().equals("active")) {
            meters.put(meter.getEventName(), meter.getId());
          } else {
            meters.putIfAbsent(meter.getEventName(), meter.getId());
          }
        });
    return meters;
  }

  /**
   * A customer's usage by the hours in which it happened. Of a long interval, days are asked for
   * first, and hours only of days that are not as expected.
   *
   * @param expected by hours; taken to be Stripe's where the day is
   */
  NavigableMap<Instant, BigDecimal> hours(
      String meter, String customer, Span span, NavigableMap<Instant, BigDecimal> expected)
      throws InterruptedException {
    if (isReadByHours(span.from(), span.to())) {
      return grouped(meter, customer, span, ValueGroupingWindow.HOUR);
    }
    NavigableMap<Instant, BigDecimal> hours = new TreeMap<>(expected);
    NavigableMap<Instant, BigDecimal> days = days(meter, customer, span);
    for (Instant day = span.from(); day.isBefore(span.to()); day = day.plus(Span.DAY)) {
      Span whole = new Span(day, day.plus(Span.DAY));
      NavigableMap<Instant, BigDecimal> ofDay = hours.subMap(whole.from(), true, whole.to(), false);
      BigDecimal sum = ofDay.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal there = days.getOrDefault(day, BigDecimal.ZERO);
      if (Amounts.difference(there, sum, (int) Span.DAY.toMinutes()).signum() != 0) {
        ofDay.clear();
        hours.putAll(grouped(meter, customer, whole, ValueGroupingWindow.HOUR));
      }
    }
    return hours;
  }

  /** A customer's usage by the days in UTC in which it happened. */
  NavigableMap<Instant, BigDecimal> days(String meter, String customer, Span span)
      throws InterruptedException {
    return grouped(meter, customer, span, ValueGroupingWindow.DAY);
  }

  /** A customer's usage in an interval. */
  BigDecimal sum(String meter, String customer, Span span) throws InterruptedException {
    return read(meter, customer, span, Optional.empty()).values().stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private NavigableMap<Instant, BigDecimal> grouped(
      String meter, String customer, Span span, ValueGroupingWindow by)
      throws InterruptedException {
    return read(meter, customer, span, Optional.of(by));
  }

  /** Nothing where Stripe does not know the customer any more. */
  private NavigableMap<Instant, BigDecimal> read(
      String meter, String customer, Span span, Optional<ValueGroupingWindow> by)
      throws InterruptedException {
    NavigableMap<Instant, BigDecimal> sums = new TreeMap<>();
    stripe.each(
        after -> {
          MeterEventSummaryListParams.Builder params =
              MeterEventSummaryListParams.builder()
                  .setCustomer(customer)
                  .setStartTime(span.from().getEpochSecond())
                  .setEndTime(span.to().getEpochSecond())
                  .setLimit(PAGE);
          by.ifPresent(params::setValueGroupingWindow);
          after.ifPresent(params::setStartingAfter);
          return client ->
              client.v1().billing().meters().eventSummaries().list(meter, params.build());
        },
        (MeterEventSummary summary) ->
            sums.put(Instant.ofEpochSecond(summary.getStartTime()), summary.getAggregatedValue()));
    return sums;
  }
}
