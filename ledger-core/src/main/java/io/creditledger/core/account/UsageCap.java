package io.creditledger.core.account;

import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.reservation.Reservation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the customer's plan allows of a meter, whatever credits there are. Usage counts in the
 * period in which it occurred, in the meter's quantity; usage that came already rated counts as
 * one. What reservations hold counts too, so that two cannot share the last of it. A reversal gives
 * credits back, not counts.
 */
sealed interface UsageCap {

  /** Where counting ends, and no quantity reaches: settling may pass a limit that was lowered. */
  BigDecimal COUNTED_MAX = BigDecimal.valueOf(999_999_999_999_999_999L);

  /**
   * It fits.
   *
   * @param count the meter's count with it, where the plan limits the meter
   */
  record Fits(Optional<MeterCount> count) implements UsageCap {
    private static final Fits UNCOUNTED = new Fits(Optional.empty());
  }

  /** It does not. */
  record Exceeded(Decision.Rejected refusal) implements UsageCap {}

  /** Whether so much of a meter may be used or held beside what was used and is held. */
  static UsageCap of(Case of, Dimensions dimensions, Optional<Quantity> quantity) {
    return of.account().settings().plan().isEmpty()
        ? Fits.UNCOUNTED
        : judged(of, dimensions, counted(of, dimensions, quantity), held -> held);
  }

  /**
   * Whether a reservation may turn into so much. Up to what it asked for, it may whatever the plan
   * says by now: that was decided when it was made.
   */
  static UsageCap settling(Case of, Reservation reservation, Quantity settled) {
    Quantity asked = counted(of, reservation.dimensions(), reservation.quantity());
    Quantity quantity =
        settled.isPositive()
            ? counted(of, reservation.dimensions(), Optional.of(settled))
            : settled;
    UsageCap judged =
        judged(of, reservation.dimensions(), quantity, held -> held.subtract(asked.value()));
    return judged instanceof Exceeded && quantity.compareTo(asked) <= 0
        ? new Fits(lateCount(of, reservation.dimensions(), quantity))
        : judged;
  }

  /** Where a meter stands that the customer's plan limits. */
  static Optional<Entitlement.Limit> standing(Case of, MeterName meter) {
    Optional<UsageLimit> limit =
        of.account().settings().plan().flatMap(of.catalog()::plan).map(plan -> plan.limit(meter));
    if (limit.isEmpty() || !(limit.get() instanceof UsageLimit.Limited limited)) {
      return Optional.empty();
    }
    ZoneId zone = of.account().settings().timeZone();
    Instant since = periodOf(of.occurredAt(), limited.per(), zone);
    Quantity used = used(of.account(), meter, since);
    BigDecimal left = limited.quantity().value().subtract(used.value()).subtract(held(of, meter));
    return Optional.of(
        new Entitlement.Limit(
            limited.quantity(),
            limited.per(),
            used,
            new Quantity(left.max(BigDecimal.ZERO)),
            nextPeriod(since, limited.per(), zone)));
  }

  private static UsageCap judged(
      Case of, Dimensions dimensions, Quantity asked, UnaryOperator<BigDecimal> ofHeld) {
    Optional<Plan> plan = of.account().settings().plan().flatMap(of.catalog()::plan);
    if (plan.isEmpty() || dimensions.meter().isEmpty()) {
      return Fits.UNCOUNTED;
    }
    MeterName meter = dimensions.meter().get();
    return switch (plan.get().limit(meter)) {
      case UsageLimit.Unlimited unlimited -> Fits.UNCOUNTED;
      case UsageLimit.Disabled disabled ->
          new Exceeded(
              of.rejected(
                  Reason.METER_DISABLED,
                  "meter \"" + meter + "\" is switched off in plan \"" + plan.get().id() + "\""));
      case UsageLimit.Limited limited -> {
        MeterCount before = count(of, meter, limited.per());
        BigDecimal used = before.used().value().add(asked.value());
        BigDecimal reached = used.add(ofHeld.apply(held(of, meter)));
        yield reached.compareTo(limited.quantity().value()) > 0
            ? new Exceeded(
                of.rejected(
                    Reason.USAGE_LIMIT_EXCEEDED,
                    "meter \""
                        + meter
                        + "\" would reach "
                        + reached.toPlainString()
                        + ", the plan allows "
                        + limited.quantity()
                        + " a "
                        + limited.per().wireName()))
            : new Fits(Optional.of(with(before, used)));
      }
    };
  }

  /** The count with a use that is not refused, where the plan limits the meter. */
  private static Optional<MeterCount> lateCount(Case of, Dimensions dimensions, Quantity quantity) {
    MeterName meter = dimensions.meter().orElseThrow();
    Plan plan = of.account().settings().plan().flatMap(of.catalog()::plan).orElseThrow();
    if (!(plan.limit(meter) instanceof UsageLimit.Limited limited)) {
      return Optional.empty();
    }
    MeterCount before = count(of, meter, limited.per());
    return Optional.of(with(before, before.used().value().add(quantity.value())));
  }

  /** A meter that counts events counts each as one, whatever quantity it names. */
  private static Quantity counted(Case of, Dimensions dimensions, Optional<Quantity> quantity) {
    boolean events =
        dimensions
            .meter()
            .flatMap(of.catalog()::meter)
            .filter(meter -> meter.aggregation() == Aggregation.COUNT)
            .isPresent();
    return events ? Quantity.ONE : quantity.orElse(Quantity.ONE);
  }

  private static MeterCount with(MeterCount count, BigDecimal used) {
    return new MeterCount(
        count.meter(), count.since(), new Quantity(used.min(COUNTED_MAX)), count.until());
  }

  /** What was used in the period in which the event occurred. */
  private static MeterCount count(Case of, MeterName meter, UsageLimit.Per per) {
    ZoneId zone = of.account().settings().timeZone();
    Instant since = periodOf(of.occurredAt(), per, zone);
    Instant until = nextPeriod(since, per, zone).plus(of.limits().usageAgeMax());
    return new MeterCount(meter, since, used(of.account(), meter, since), until);
  }

  /** When the period began in which an instant lies. */
  static Instant periodOf(Instant instant, UsageLimit.Per per, ZoneId zone) {
    LocalDate day = instant.atZone(zone).toLocalDate();
    LocalDate first =
        switch (per) {
          case DAY -> day;
          case MONTH -> day.withDayOfMonth(1);
        };
    return first.atStartOfDay(zone).toInstant();
  }

  /** When the period after the one that began then begins. */
  static Instant nextPeriod(Instant since, UsageLimit.Per per, ZoneId zone) {
    LocalDate first = since.atZone(zone).toLocalDate();
    LocalDate next =
        switch (per) {
          case DAY -> first.plusDays(1);
          case MONTH -> first.plusMonths(1);
        };
    return next.atStartOfDay(zone).toInstant();
  }

  /** The beginning of the same day in another time zone. */
  static Instant moved(Instant beginning, ZoneId from, ZoneId to) {
    return beginning.atZone(from).toLocalDate().atStartOfDay(to).toInstant();
  }

  /**
   * The same day's or month's count in another time zone, so that no change of it frees a limit.
   */
  static MeterCount moved(MeterCount count, ZoneId from, ZoneId to) {
    Instant since = moved(count.since(), from, to);
    return new MeterCount(
        count.meter(),
        since,
        count.used(),
        count.until().plus(Duration.between(count.since(), since)));
  }

  /** How much of a meter was used in the period that began then. */
  static Quantity used(Account account, MeterName meter, Instant since) {
    return account.counts().stream()
        .filter(count -> count.meter().equals(meter) && count.since().equals(since))
        .map(MeterCount::used)
        .findFirst()
        .orElse(Quantity.ZERO);
  }

  /** What open reservations hold, whenever it may be used; as a decimal, since it may be large. */
  private static BigDecimal held(Case of, MeterName meter) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Reservation reservation : of.account().reservations()) {
      if (reservation.dimensions().meter().equals(Optional.of(meter))) {
        sum = sum.add(counted(of, reservation.dimensions(), reservation.quantity()).value());
      }
    }
    return sum;
  }
}
