package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.rules.StripeRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which usage is compared, and over which intervals it is added up: hours, and days where Stripe
 * keeps one event of a day.
 *
 * @param daily event names of the meters of which Stripe keeps one event of a day
 */
record Scope(Span span, Set<String> daily) {

  /** All usage whose window begins in an interval, widened to whole hours, or days where any is. */
  static Scope of(Instant from, Instant to, StripeRules rules) {
    Set<String> daily = new HashSet<>();
    rules.sending().stream()
        .filter(rule -> rule.aggregation() == Aggregation.LAST_OF_DAY)
        .map(MeterRule::eventName)
        .forEach(daily::add);
    Duration widest = daily.isEmpty() && StripeSums.isReadByHours(from, to) ? Span.HOUR : Span.DAY;
    return new Scope(Span.around(from, to, widest), daily);
  }

  /** Copies the set. */
  Scope {
    daily = Set.copyOf(daily);
  }

  /** Over how long a meter's usage is added up. */
  Duration length(String eventName) {
    return daily.contains(eventName) ? Span.DAY : Span.HOUR;
  }

  /** Where the hour or day begins that a window counts in; empty if it is not compared. */
  Optional<Instant> begin(String eventName, Instant windowStart) {
    return span.contains(windowStart)
        ? Optional.of(Span.floor(windowStart, length(eventName)))
        : Optional.empty();
  }
}
