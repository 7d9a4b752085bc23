package io.creditledger.stripe.mapping;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.PlanGrant;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.Schedule;
import io.creditledger.core.grant.Recurring;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One of a plan's grants for one paid period of a subscription. The period is Stripe's: the grant
 * lives until it ends and comes again when the next one is paid. Where the catalog has it come more
 * often than it is paid, it recurs in the ledger until the paid period is over. Where the catalog
 * has it come once, it comes with the first period only.
 *
 * @param place among the plan's grants, from 0
 * @param paid for one grant of it, in the currency's smallest unit
 */
record PlanOrder(PlanGrant of, String name, int place, Bought bought, BigDecimal paid) {

  private static final int PLACES = 8;

  /** All of a plan's. The first paid grant has the whole cost: no two share one price. */
  static List<PlanOrder> all(Plan plan, Bought bought) {
    int first =
        IntStream.range(0, plan.grants().size())
            .filter(place -> plan.grants().get(place).category() == Category.PAID)
            .findFirst()
            .orElse(-1);
    return IntStream.range(0, plan.grants().size())
        .mapToObj(place -> one(plan, bought, place, place == first ? bought.paid() : 0))
        .toList();
  }

  private static PlanOrder one(Plan plan, Bought bought, int place, long paid) {
    PlanGrant of = plan.grants().get(place);
    String name = of.name().isEmpty() ? plan.name() : of.name();
    PlanOrder order = new PlanOrder(of, name, place, bought, BigDecimal.ZERO);
    BigDecimal each =
        BigDecimal.valueOf(paid)
            .divide(BigDecimal.valueOf(order.times()), PLACES, RoundingMode.HALF_EVEN);
    return new PlanOrder(of, name, place, bought, each);
  }

  /** Whether it comes with the subscription's first period only. */
  boolean comesOnce() {
    return of.recurrence().isEmpty();
  }

  /** What goes over into it of the grant of the period before. */
  Optional<Rollover> rollover() {
    return of.recurrence().flatMap(Recurrence::rollover);
  }

  /** How it recurs within the paid period; empty if it comes once in it. */
  Optional<Recurring> recurring() {
    return of.recurrence()
        .filter(recurrence -> boundary(recurrence, 1).isBefore(bought.endsAt()))
        .map(
            recurrence ->
                new Recurring(
                    new Recurrence(
                        recurrence.every(),
                        recurrence.rollover(),
                        Optional.of(bought.endsAt()),
                        OptionalInt.empty()),
                    Optional.of(bought.startsAt()),
                    of.expiresAfter()));
  }

  /** When the grant ends; empty where it never does, or where the ledger counts its periods. */
  Optional<Instant> expiresAt() {
    return recurring().isPresent() ? Optional.empty() : firstEnd();
  }

  /** When the first grant ends; empty if it never does. */
  Optional<Instant> firstEnd() {
    Optional<Instant> byLifetime =
        of.expiresAfter().map(life -> PurchaseOrders.endOf(life, bought.startsAt()));
    if (byLifetime.isPresent() || comesOnce()) {
      return byLifetime;
    }
    return Optional.of(
        recurring().map(how -> boundary(how.recurrence(), 1)).orElse(bought.endsAt()));
  }

  /** How often it comes in the paid period. */
  private int times() {
    Optional<Recurring> recurring = recurring();
    int times = 1;
    while (recurring.isPresent()
        && boundary(recurring.get().recurrence(), times).isBefore(bought.endsAt())) {
      times++;
    }
    return times;
  }

  private Instant boundary(Recurrence recurrence, int n) {
    return Schedule.boundary(bought.startsAt(), recurrence.every(), ZoneOffset.UTC, n);
  }
}
