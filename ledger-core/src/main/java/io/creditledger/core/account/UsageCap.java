package io.creditledger.core.account;

import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.reservation.Reservation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What the customer's plan allows of a meter, whatever credits there are. Usage counts in the period
 * in which it occurred, in the meter's quantity; usage that came already rated counts as one. What
 * reservations hold counts too, so that two cannot share the last of it. A reversal gives credits
 * back, not counts.
 */
sealed interface UsageCap {

  /**
   * It fits.
   *
   * @param count the meter's count with it, where the plan limits the meter
   */
  record Fits(Optional<MeterCount> count) implements UsageCap {}

  /** It does not. */
  record Exceeded(Decision.Rejected refusal) implements UsageCap {}

  /** Whether so much of a meter may be used beside what was used and is held. */
  static UsageCap of(Case of, Dimensions dimensions, Optional<Quantity> quantity) {
    return of(of, dimensions, quantity, Optional.empty());
  }

  /**
   * The same for what a reservation turned into.
   *
   * @param except the reservation that is being settled
   */
  static UsageCap of(
      Case of, Dimensions dimensions, Optional<Quantity> quantity, Optional<EventId> except) {
    Optional<Plan> plan = of.account().settings().plan().flatMap(of.catalog()::plan);
    if (plan.isEmpty() || dimensions.meter().isEmpty()) {
      return new Fits(Optional.empty());
    }
    MeterName meter = dimensions.meter().get();
    return switch (plan.get().limit(meter)) {
      case UsageLimit.Unlimited unlimited -> new Fits(Optional.empty());
      case UsageLimit.Disabled disabled ->
          new Exceeded(
              of.rejected(
                  Reason.METER_DISABLED,
                  "meter \"" + meter + "\" is switched off in plan \"" + plan.get().id() + "\""));
      case UsageLimit.Limited limited ->
          count(of, meter, limited, quantity.orElse(Quantity.ONE), except);
    };
  }

  private static UsageCap count(
      Case of,
      MeterName meter,
      UsageLimit.Limited limited,
      Quantity quantity,
      Optional<EventId> except) {
    Instant since = periodOf(of.occurredAt(), limited.per(), of.account().settings().timeZone());
    Quantity used = plus(used(of.account(), meter, since), quantity);
    Quantity withHeld = plus(used, held(of.account(), meter, except));
    if (withHeld.compareTo(limited.quantity()) > 0) {
      return new Exceeded(
          of.rejected(
              Reason.USAGE_LIMIT_EXCEEDED,
              "meter \"" + meter + "\" would reach " + withHeld + ", the plan allows "
                  + limited.quantity() + " a " + limited.per().wireName()));
    }
    return new Fits(Optional.of(new MeterCount(meter, since, used)));
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

  /** How much of a meter was used in the period that began then. */
  static Quantity used(Account account, MeterName meter, Instant since) {
    return account.counts().stream()
        .filter(count -> count.meter().equals(meter) && count.since().equals(since))
        .map(MeterCount::used)
        .findFirst()
        .orElse(Quantity.ZERO);
  }

  private static Quantity held(Account account, MeterName meter, Optional<EventId> except) {
    Quantity sum = Quantity.ZERO;
    for (Reservation reservation : account.reservations()) {
      if (reservation.dimensions().meter().equals(Optional.of(meter))
          && !except.equals(Optional.of(reservation.id()))) {
        sum = plus(sum, reservation.quantity().orElse(Quantity.ONE));
      }
    }
    return sum;
  }

  private static Quantity plus(Quantity a, Quantity b) {
    return new Quantity(a.value().add(b.value()));
  }
}
