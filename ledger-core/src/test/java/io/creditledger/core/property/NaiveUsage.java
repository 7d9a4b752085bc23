package io.creditledger.core.property;

import static io.creditledger.core.property.NaiveBookkeeper.amount;

import io.creditledger.core.account.Fate;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Usage, reservations and reversals, by hand (rules 4 to 13). Each answers the unit it touched. */
final class NaiveUsage {

  private final NaiveBookkeeper keeper;
  private final NaiveBooks books;
  private final Input input;
  private final Catalog catalog;
  private final Mistake mistake;

  NaiveUsage(NaiveBookkeeper keeper, NaiveBooks books, Input input, Catalog catalog) {
    this.keeper = keeper;
    this.books = books;
    this.input = input;
    this.catalog = catalog;
    this.mistake = keeper.mistake();
  }

  Unit use(LedgerEvent.Usage event) {
    refuseBadTime();
    NaivePrices.Cost cost = cost(event.charge(), event.dimensions(), event.properties());
    Refused.when(
        event.charge() instanceof Charge.Rated && cost.credits().signum() <= 0,
        Reason.AMOUNT_NOT_POSITIVE);
    burn(event.id(), next(), event.dimensions(), cost.unit(), List.of(), cost.credits());
    return cost.unit();
  }

  Unit reserve(LedgerEvent.Reserve event) {
    refuseBadTime();
    Instant end = end(event.lifetime());
    NaivePrices.Cost cost = cost(event.charge(), event.dimensions(), event.properties());
    Refused.when(cost.credits().signum() <= 0, Reason.AMOUNT_NOT_POSITIVE);
    List<NaiveBooks.Part> parts = draw(cost.unit(), event.dimensions(), cost.credits());
    Refused.when(
        NaiveBooks.sum(parts).compareTo(cost.credits()) < 0
            && mistake != Mistake.RESERVATIONS_MAY_OVERDRAW,
        Reason.INSUFFICIENT_CREDITS);
    for (NaiveBooks.Part part : parts) {
      NaiveGrant grant = books.edit(part.grant());
      grant.held = grant.held.add(part.amount());
    }
    books.holds.add(
        new NaiveBooks.Hold(
            event.id(),
            next(),
            cost.unit(),
            event.dimensions(),
            event.properties(),
            parts,
            end,
            Fate.HELD));
    return cost.unit();
  }

  private Instant end(LedgerEvent.Lifetime lifetime) {
    Limits limits = catalog.limits();
    Duration life =
        switch (lifetime) {
          case LedgerEvent.Lifetime.Default none -> limits.reservationTtl();
          case LedgerEvent.Lifetime.For time -> time.ttl();
          case LedgerEvent.Lifetime.Until until ->
              Duration.between(input.recordedAt(), until.expiresAt());
        };
    Refused.when(life.compareTo(limits.reservationTtlMax()) > 0, Reason.TTL_TOO_LONG);
    Refused.when(life.isZero() || life.isNegative(), Reason.TTL_NOT_POSITIVE);
    return input.recordedAt().plus(life);
  }

  Unit settle(LedgerEvent.Settle event) {
    refuseBadTime();
    NaiveBooks.Hold hold = heldBy(event.reservation());
    BigDecimal cost = NaiveBooks.sum(hold.parts());
    if (event.charge().isPresent()) {
      cost = settledCost(event, event.charge().get(), hold);
    }
    // What was held pays first, in burn order; the rest goes back.
    List<NaiveBooks.Part> paid = new ArrayList<>();
    BigDecimal left = cost;
    List<NaiveBooks.Part> parts =
        mistake == Mistake.SETTLING_RETURNS_FIRST_DRAWN ? hold.parts().reversed() : hold.parts();
    for (NaiveBooks.Part part : parts) {
      NaiveGrant grant = books.edit(part.grant());
      BigDecimal pays = part.amount().min(left);
      grant.held = grant.held.subtract(part.amount());
      grant.consumed = grant.consumed.add(pays);
      grant.giveBack(part.amount().subtract(pays), mistake);
      left = left.subtract(pays);
      if (pays.signum() > 0) {
        paid.add(new NaiveBooks.Part(part.grant(), pays));
      }
    }
    books.replace(hold, hold.in(Fate.SETTLED));
    burn(hold.id(), hold.made(), hold.dimensions(), hold.unit(), paid, left);
    return hold.unit();
  }

  /** The true cost; where it names no unit it is in the reservation's. */
  private BigDecimal settledCost(LedgerEvent.Settle event, Charge charge, NaiveBooks.Hold hold) {
    if (charge instanceof Charge.Rated rated
        && rated.unit().orElse(hold.unit()).equals(hold.unit())) {
      Refused.when(rated.credits().isNegative(), Reason.AMOUNT_NOT_POSITIVE);
      return amount(rated.credits());
    }
    NaivePrices.Cost cost =
        cost(
            charge,
            hold.dimensions(),
            event.properties().isEmpty() ? hold.properties() : event.properties());
    Refused.when(cost.credits().signum() < 0, Reason.AMOUNT_NOT_POSITIVE);
    Refused.when(!cost.unit().equals(hold.unit()), Reason.FIELD_INVALID);
    return cost.credits();
  }

  Unit release(LedgerEvent.Release event) {
    return giveBack(heldBy(event.reservation()), Fate.RELEASED);
  }

  Unit lapse(LedgerEvent.ReservationExpiry event) {
    Optional<NaiveBooks.Hold> hold = hold(event.reservation());
    Refused.when(hold.isEmpty() || hold.get().fate() != Fate.HELD, Reason.TIMER_STALE);
    Refused.when(input.recordedAt().isBefore(hold.get().expiresAt()), Reason.TIMER_EARLY);
    return giveBack(hold.get(), Fate.EXPIRED);
  }

  private Unit giveBack(NaiveBooks.Hold hold, Fate fate) {
    for (NaiveBooks.Part part : hold.parts()) {
      NaiveGrant grant = books.edit(part.grant());
      grant.held = grant.held.subtract(part.amount());
      grant.giveBack(part.amount(), mistake);
    }
    books.replace(hold, hold.in(fate));
    return hold.unit();
  }

  Unit reverse(LedgerEvent.Reverse event) {
    Optional<NaiveBooks.Use> found =
        keeper
            .seen(event.usage(), input.recordedAt(), catalog)
            .flatMap(seen -> books.use(seen.sequence()));
    Refused.when(found.isEmpty(), Reason.USAGE_UNKNOWN);
    Refused.when(
        event.amount().isPresent() && !event.amount().get().isPositive(),
        Reason.AMOUNT_NOT_POSITIVE);
    NaiveBooks.Use use = found.get();
    BigDecimal total = use.total();
    BigDecimal amount = event.amount().map(NaiveBookkeeper::amount).orElse(total);
    Refused.when(amount.compareTo(total) > 0 || total.signum() == 0, Reason.REVERSAL_EXCEEDS_USAGE);
    BigDecimal uncovered = amount.min(use.uncovered());
    if (mistake == Mistake.REVERSAL_STARTS_WITH_GRANTS) {
      uncovered = amount.subtract(NaiveBooks.sum(use.parts())).max(BigDecimal.ZERO);
    }
    takeBackUncovered(use, uncovered);
    List<NaiveBooks.Part> parts =
        takeBack(
            mistake == Mistake.REVERSAL_STARTS_WITH_FIRST ? use.parts().reversed() : use.parts(),
            amount.subtract(uncovered));
    books.replace(
        use,
        new NaiveBooks.Use(
            use.id(),
            use.made(),
            use.unit(),
            use.dimensions(),
            parts,
            use.beyond(),
            use.uncovered().subtract(uncovered)));
    return use.unit();
  }

  private void takeBackUncovered(NaiveBooks.Use use, BigDecimal amount) {
    switch (use.beyond()) {
      case BILL -> books.overage.merge(use.unit(), amount.negate(), BigDecimal::add);
      case FORGIVE -> books.forgiven.merge(use.unit(), amount.negate(), BigDecimal::add);
      case CARRY -> unowe(use, amount);
      case REJECT -> {}
    }
  }

  /** First what is still owed, then what grants have repaid, the latest first. */
  private void unowe(NaiveBooks.Use use, BigDecimal amount) {
    if (amount.signum() == 0) {
      return;
    }
    NaiveBooks.Owed owed = owed(use.unit(), use.dimensions());
    BigDecimal still = amount.min(owed.outstanding());
    List<NaiveBooks.Part> repaid = takeBack(owed.repaid(), amount.subtract(still));
    books.put(
        new NaiveBooks.Owed(
            use.unit(), use.dimensions(), owed.outstanding().subtract(still), repaid));
  }

  /** Returns consumed credits to the grants, the last part first; answers what is left standing. */
  private List<NaiveBooks.Part> takeBack(List<NaiveBooks.Part> parts, BigDecimal amount) {
    List<NaiveBooks.Part> left = new ArrayList<>(parts);
    BigDecimal open = amount;
    for (int i = parts.size() - 1; i >= 0 && open.signum() > 0; i--) {
      NaiveBooks.Part part = parts.get(i);
      BigDecimal taken = part.amount().min(open);
      NaiveGrant grant = books.edit(part.grant());
      grant.consumed = grant.consumed.subtract(taken);
      grant.giveBack(taken, mistake);
      open = open.subtract(taken);
      left.removeLast();
      if (taken.compareTo(part.amount()) < 0) {
        left.add(new NaiveBooks.Part(part.grant(), part.amount().subtract(taken)));
      }
    }
    if (open.signum() > 0) {
      throw new IllegalStateException("nothing left to take back " + open + " from");
    }
    return left;
  }

  /** Usage: grants in burn order, then what the policy says. */
  private void burn(
      EventId id,
      long made,
      Dimensions dimensions,
      Unit unit,
      List<NaiveBooks.Part> alreadyPaid,
      BigDecimal credits) {
    NaiveBookkeeper.check(credits);
    List<NaiveBooks.Part> parts = draw(unit, dimensions, credits);
    BigDecimal rest = credits.subtract(NaiveBooks.sum(parts));
    for (NaiveBooks.Part part : parts) {
      NaiveGrant grant = books.edit(part.grant());
      grant.consumed = grant.consumed.add(part.amount());
    }
    OverdraftPolicy policy = policy(dimensions);
    if (rest.signum() > 0) {
      beyond(unit, dimensions, rest, policy);
    }
    List<NaiveBooks.Part> all = new ArrayList<>(alreadyPaid);
    all.addAll(parts);
    books.uses.add(new NaiveBooks.Use(id, made, unit, dimensions, all, policy.overdraft(), rest));
  }

  private void beyond(Unit unit, Dimensions dimensions, BigDecimal rest, OverdraftPolicy policy) {
    switch (policy.overdraft()) {
      case REJECT -> throw new Refused(Reason.INSUFFICIENT_CREDITS);
      case FORGIVE -> books.forgiven.merge(unit, rest, BigDecimal::add);
      case BILL -> {
        refuseBeyondLimit(
            books.overage.getOrDefault(unit, BigDecimal.ZERO),
            rest,
            policy,
            Reason.OVERAGE_LIMIT_EXCEEDED);
        books.overage.merge(unit, rest, BigDecimal::add);
      }
      case CARRY -> {
        refuseBeyondLimit(books.outstanding(unit), rest, policy, Reason.OVERDRAFT_LIMIT_EXCEEDED);
        NaiveBooks.Owed owed = owed(unit, dimensions);
        books.put(
            new NaiveBooks.Owed(unit, dimensions, owed.outstanding().add(rest), owed.repaid()));
      }
    }
  }

  private void refuseBeyondLimit(
      BigDecimal sofar, BigDecimal more, OverdraftPolicy policy, Reason reason) {
    BigDecimal all = mistake == Mistake.LIMIT_PER_USAGE ? more : sofar.add(more);
    NaiveBookkeeper.check(all);
    Refused.when(
        policy.limit().isPresent() && all.compareTo(amount(policy.limit().get())) > 0, reason);
  }

  private NaiveBooks.Owed owed(Unit unit, Dimensions dimensions) {
    for (NaiveBooks.Owed one : books.owed) {
      if (one.unit().equals(unit) && one.dimensions().equals(dimensions)) {
        return one;
      }
    }
    return new NaiveBooks.Owed(unit, dimensions, BigDecimal.ZERO, List.of());
  }

  private OverdraftPolicy policy(Dimensions dimensions) {
    Optional<OverdraftPolicy> ofCustomer = books.settings.overdraft();
    Optional<OverdraftPolicy> ofMeter =
        dimensions.meter().flatMap(catalog::meter).flatMap(Meter::overdraft);
    return mistake == Mistake.METER_POLICY_BEFORE_CUSTOMER
        ? ofMeter.or(() -> ofCustomer).orElse(catalog.defaultOverdraft())
        : ofCustomer.or(() -> ofMeter).orElse(catalog.defaultOverdraft());
  }

  /** Takes credits out of what grants have left, all of them sorted again for each usage. */
  private List<NaiveBooks.Part> draw(Unit unit, Dimensions dimensions, BigDecimal credits) {
    Instant at =
        mistake == Mistake.LATE_USAGE_BURNS_BY_RECORDED_TIME
            ? input.recordedAt()
            : input.occurredAt();
    List<NaiveBooks.Part> parts = new ArrayList<>();
    BigDecimal left = credits;
    for (GrantId id : NaiveBurnOrder.candidates(books, unit, dimensions, at, mistake)) {
      if (left.signum() <= 0) {
        break;
      }
      NaiveGrant grant = books.edit(id);
      BigDecimal part = grant.unheld.min(left);
      grant.unheld = grant.unheld.subtract(part);
      parts.add(new NaiveBooks.Part(id, part));
      left = left.subtract(part);
    }
    return parts;
  }

  private long next() {
    return keeper.sequence() + 1;
  }

  private NaivePrices.Cost cost(
      Charge charge, Dimensions dimensions, Map<String, String> properties) {
    NaivePrices.Cost cost =
        new NaivePrices(catalog, mistake)
            .cost(charge, dimensions.meter(), properties, input.occurredAt());
    NaiveBookkeeper.check(cost.credits());
    return cost;
  }

  /** The open reservation of that id, or else what the id is remembered to have held. */
  private Optional<NaiveBooks.Hold> hold(EventId id) {
    return books
        .openHold(id)
        .or(
            () ->
                keeper
                    .seen(id, input.recordedAt(), catalog)
                    .flatMap(seen -> books.hold(seen.sequence())));
  }

  private NaiveBooks.Hold heldBy(EventId id) {
    Optional<NaiveBooks.Hold> hold = hold(id);
    Refused.when(hold.isEmpty(), Reason.RESERVATION_UNKNOWN);
    Refused.when(hold.get().fate() == Fate.SETTLED, Reason.RESERVATION_SETTLED);
    Refused.when(hold.get().fate() == Fate.RELEASED, Reason.RESERVATION_RELEASED);
    Refused.when(hold.get().fate() == Fate.EXPIRED, Reason.RESERVATION_EXPIRED);
    return hold.get();
  }

  private void refuseBadTime() {
    Limits limits = catalog.limits();
    Instant occurred = input.occurredAt();
    Refused.when(occurred.isBefore(input.recordedAt().minus(limits.usageAgeMax())), Reason.TOO_OLD);
    Refused.when(
        occurred.isAfter(input.recordedAt().plus(limits.usageAheadMax())), Reason.IN_FUTURE);
  }
}
