package io.creditledger.core.property;

import io.creditledger.core.account.Account;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.reservation.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes up events about one customer. It looks at the account to ask for what hurts: exactly what
 * is left, the very end of a grant's life, what has been undone already.
 */
final class EventMaker {

  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12");

  private static final List<String> PLANS = List.of("plus", "plus", "minus", "unheard-of");

  /** So that the order of ids is not that of the journal. */
  private static final List<String> GRANT_PREFIXES = List.of("g", "a", "z");

  private final Dice dice;
  private final Values values;
  private final CustomerId customer;
  private final List<EventId> usages = new ArrayList<>();
  private final List<EventId> reservations = new ArrayList<>();
  private final List<GrantId> grants = new ArrayList<>();
  private Optional<LedgerEvent.IssueGrant> lastGrant = Optional.empty();
  private Account account;
  private Catalog catalog = Catalog.EMPTY;
  private Instant now = Instant.EPOCH;
  private int made;

  EventMaker(Dice dice, CustomerId customer) {
    this.dice = dice;
    this.values = new Values(dice);
    this.customer = customer;
    this.account = Account.empty(customer);
  }

  /** Where the next events are to be made for. */
  void at(Instant time, Account current, Catalog valid) {
    this.now = time;
    this.account = current;
    this.catalog = valid;
  }

  LedgerEvent any() {
    int kind = dice.below(100);
    if (grants.isEmpty() || kind < 15) {
      return grant(newGrantId());
    } else if (kind < 43) {
      return usage(id("u"));
    } else if (kind < 52) {
      return reserve(id("r"));
    } else if (kind < 61) {
      return settle();
    } else if (kind < 64) {
      return new LedgerEvent.Release(id("x"), customer, someReservation(), occurredAt(), Note.NONE);
    } else if (kind < 73) {
      return reverse();
    } else if (kind < 77) {
      return voidGrant();
    } else if (kind < 82) {
      return adjust();
    } else if (kind < 85) {
      return new LedgerEvent.ConfirmGrant(id("x"), customer, someGrant(), occurredAt(), Note.NONE);
    } else if (kind < 87) {
      return new LedgerEvent.CancelGrant(id("x"), customer, someGrant(), occurredAt(), Note.NONE);
    } else if (kind < 91) {
      return extend();
    } else if (kind < 95) {
      return configure(id("x"));
    } else if (kind < 97) {
      return new LedgerEvent.EndTopUp(
          id("x"),
          customer,
          someRequest(),
          dice.chance(70) ? TopUpOutcome.FAILED : TopUpOutcome.CANCELLED,
          occurredAt(),
          Note.NONE);
    }
    return bogusTimer();
  }

  /** Another event under an id that has been used. */
  LedgerEvent reusing(EventId id) {
    return switch (dice.below(4)) {
      case 0 -> grant(id);
      case 1 -> usage(id);
      case 2 -> configure(id);
      default -> reserve(id);
    };
  }

  private EventId id(String kind) {
    return new EventId(kind + ++made);
  }

  /** Now and then a name that a renewal will want. */
  private EventId newGrantId() {
    return dice.chance(2) && !grants.isEmpty()
        ? new EventId(dice.oneOf(grants) + "#2")
        : id(dice.oneOf(GRANT_PREFIXES));
  }

  private LedgerEvent grant(EventId id) {
    grants.add(new GrantId(id.value()));
    if (lastGrant.isPresent() && dice.chance(25)) {
      return twin(id, lastGrant.get());
    }
    Optional<Instant> effectiveAt = dice.chance(55) ? Optional.empty() : Optional.of(roundTime());
    LedgerEvent.IssueGrant grant = grant(id, effectiveAt);
    lastGrant = Optional.of(grant);
    return grant;
  }

  /** One that only its place in the journal tells from another, at times also its category. */
  private LedgerEvent twin(EventId id, LedgerEvent.IssueGrant other) {
    return new LedgerEvent.IssueGrant(
        id,
        customer,
        values.amount(),
        other.unit(),
        dice.chance(80) ? other.category() : Category.PROMOTIONAL,
        other.priority(),
        Optional.of(other.effectiveAt().orElse(now)),
        other.expiresAt(),
        other.scope(),
        LedgerEvent.Activation.AT_ONCE,
        Optional.empty(),
        GrantDetails.NONE,
        Optional.empty(),
        Optional.empty(),
        Note.NONE);
  }

  private LedgerEvent.IssueGrant grant(EventId id, Optional<Instant> effectiveAt) {
    return new LedgerEvent.IssueGrant(
        id,
        customer,
        values.amount(),
        values.unit(),
        dice.chance(50) ? Category.PAID : Category.PROMOTIONAL,
        dice.chance(60) ? 50 : 10 * dice.below(11),
        effectiveAt,
        end(effectiveAt.orElse(now)),
        values.scope(),
        dice.chance(85) ? LedgerEvent.Activation.AT_ONCE : LedgerEvent.Activation.ON_CONFIRMATION,
        dice.chance(20) ? Optional.of(values.recurring(now)) : Optional.empty(),
        GrantDetails.NONE,
        dice.chance(30) ? Optional.of(someRequest()) : Optional.empty(),
        occurredAt(),
        Note.NONE);
  }

  private Optional<Instant> end(Instant start) {
    if (dice.chance(35)) {
      return Optional.empty();
    }
    Instant end = roundTime();
    while (!end.isAfter(start) && dice.chance(98)) {
      end = end.plus(Duration.ofDays(3));
    }
    return Optional.of(end);
  }

  /** A time that others have too. */
  private Instant roundTime() {
    long day = Duration.between(Catalogs.START, now).toDays();
    return Catalogs.START.plus(Duration.ofDays(day + dice.below(12) - 4));
  }

  private LedgerEvent usage(EventId id) {
    usages.add(id);
    Dimensions dimensions = values.dimensions();
    return new LedgerEvent.Usage(
        id,
        customer,
        dimensions,
        values.charge(dimensions),
        values.properties(),
        occurredAt(),
        Note.NONE);
  }

  private LedgerEvent reserve(EventId id) {
    reservations.add(id);
    usages.add(id);
    Dimensions dimensions = values.dimensions();
    Charge charge =
        dice.chance(30) && !account.grants().isEmpty()
            ? new Charge.Rated(left(dice.oneOf(account.grants())), values.unit())
            : values.charge(dimensions);
    return new LedgerEvent.Reserve(
        id, customer, dimensions, charge, values.properties(), lifetime(), occurredAt(), Note.NONE);
  }

  private LedgerEvent.Lifetime lifetime() {
    return switch (dice.below(6)) {
      case 0 -> new LedgerEvent.Lifetime.For(Duration.ofHours(24).plusNanos(dice.below(2)));
      case 1 -> new LedgerEvent.Lifetime.For(Duration.ofMinutes(dice.below(20)));
      case 2 -> new LedgerEvent.Lifetime.Until(now.plus(Duration.ofMinutes(dice.below(60))));
      case 3 -> new LedgerEvent.Lifetime.Until(now.plus(dice.upTo(Duration.ofHours(24))));
      default -> new LedgerEvent.Lifetime.Default();
    };
  }

  private LedgerEvent settle() {
    EventId reservation = someReservation();
    Optional<Reservation> open = account.reservation(reservation);
    Optional<Charge> charge =
        switch (dice.below(6)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(new Charge.Rated(values.amount(), values.unit()));
          case 2 -> Optional.of(new Charge.Metered(values.quantity()));
          case 3 -> Optional.of(new Charge.Counted());
          default ->
              open.map(
                  one ->
                      new Charge.Rated(
                          Credits.ofMicros(part(one.credits().micros())), Optional.empty()));
        };
    return new LedgerEvent.Settle(
        id("s"),
        customer,
        reservation,
        charge,
        dice.chance(50) ? Map.of() : values.properties(),
        occurredAt(),
        Note.NONE);
  }

  /** Some of it, all of it, a bit more, or nothing. */
  private long part(long whole) {
    return switch (dice.below(6)) {
      case 0 -> whole;
      case 1 -> whole == Long.MAX_VALUE ? whole : whole + 1;
      case 2 -> whole < Long.MAX_VALUE / 2 ? whole + whole / 3 : whole;
      case 3 -> dice.chance(20) ? 0 : whole;
      default -> whole <= 1 ? whole : 1 + dice.below(whole - 1);
    };
  }

  private LedgerEvent reverse() {
    EventId usage = usages.isEmpty() || dice.chance(2) ? new EventId("u0") : recent(usages);
    return new LedgerEvent.Reverse(
        id("v"),
        customer,
        usage,
        dice.chance(40) ? Optional.empty() : Optional.of(values.amount()),
        dice.chance(70) ? Optional.empty() : occurredAt(),
        Note.NONE);
  }

  private LedgerEvent voidGrant() {
    Optional<Credits> amount =
        dice.chance(40)
            ? Optional.empty()
            : Optional.of(
                account.grants().isEmpty() || dice.chance(50)
                    ? values.amount()
                    : left(dice.oneOf(account.grants())));
    LedgerEvent.Extent extent =
        amount.isPresent() && dice.chance(50)
            ? new LedgerEvent.Extent.UpTo(amount.get())
            : LedgerEvent.Extent.of(amount);
    return new LedgerEvent.VoidGrant(
        id("x"), customer, someGrant(), extent, occurredAt(), Note.NONE);
  }

  private LedgerEvent adjust() {
    Credits amount = values.amount();
    Optional<GrantId> grant = dice.chance(50) ? Optional.empty() : Optional.of(someGrant());
    EventId id = grant.isEmpty() ? id("g") : id("x");
    if (dice.chance(50)) {
      amount = amount.negated();
    } else if (grant.isEmpty()) {
      grants.add(new GrantId(id.value()));
    }
    return new LedgerEvent.Adjust(
        id,
        customer,
        grant,
        amount,
        values.unit(),
        dice.chance(60) ? Optional.empty() : end(now),
        occurredAt(),
        Note.NONE);
  }

  private LedgerEvent extend() {
    LedgerEvent.NewEnd end =
        switch (dice.below(5)) {
          case 0 -> new LedgerEvent.NewEnd.Never();
          case 1 -> new LedgerEvent.NewEnd.Unchanged();
          case 2 -> new LedgerEvent.NewEnd.At(now);
          default -> new LedgerEvent.NewEnd.At(roundTime());
        };
    return new LedgerEvent.ExtendGrant(
        id("x"), customer, someGrant(), end, Map.of("why", "asked"), occurredAt(), Note.NONE);
  }

  private LedgerEvent configure(EventId id) {
    return new LedgerEvent.Configure(
        id,
        customer,
        dice.chance(80) ? Optional.of(values.policy()) : Optional.empty(),
        dice.chance(25) ? Optional.of(ZoneId.of(dice.oneOf(ZONES))) : Optional.empty(),
        dice.chance(80) ? Optional.empty() : Optional.of(dice.oneOf(PLANS)),
        values.alerts(),
        values.topUp(),
        occurredAt(),
        Note.NONE);
  }

  /** A timer's event that no timer of this account would send, or not so. */
  private LedgerEvent bogusTimer() {
    GrantId grant = someGrant();
    return switch (dice.below(6)) {
      case 5 ->
          new LedgerEvent.Reminder(
              id("t"), customer, dice.chance(70) ? Optional.of(grant) : Optional.empty());
      case 0 -> new LedgerEvent.GrantEffective(id("t"), customer, grant);
      case 1 -> new LedgerEvent.GrantExpiry(id("t"), customer, grant, roundTime());
      case 2 ->
          new LedgerEvent.GrantExpiry(
              id("t"),
              customer,
              grant,
              account.grant(grant).flatMap(one -> one.terms().expiresAt()).orElse(now));
      case 3 -> new LedgerEvent.GrantRenewal(id("t"), customer, grant, 1 + dice.below(4));
      default -> new LedgerEvent.ReservationExpiry(id("t"), customer, someReservation());
    };
  }

  private static Credits left(Grant grant) {
    return grant.unheld();
  }

  private GrantId someGrant() {
    int kind = dice.below(20);
    if (kind == 0) {
      return new GrantId("g0");
    }
    if (kind < 14 && !account.grants().isEmpty()) {
      return dice.oneOf(account.grants()).id();
    }
    return grants.isEmpty() ? new GrantId("g0") : dice.oneOf(grants);
  }

  private EventId someRequest() {
    return account.topUp().pending().filter(id -> dice.chance(90)).orElse(new EventId("top-up-1"));
  }

  private EventId someReservation() {
    if (dice.chance(70) && !account.reservations().isEmpty()) {
      return dice.oneOf(account.reservations()).id();
    }
    return reservations.isEmpty() || dice.chance(2) ? new EventId("r0") : recent(reservations);
  }

  private EventId recent(List<EventId> ids) {
    int back = Math.min(ids.size(), dice.chance(70) ? 6 : 100);
    return ids.get(ids.size() - 1 - dice.below(back));
  }

  /** Mostly absent or just before; at times where something begins, ends or is no longer taken. */
  private Optional<Instant> occurredAt() {
    return switch (dice.below(25)) {
      case 0, 1, 2 -> Optional.of(now.minus(dice.upTo(Duration.ofHours(1))));
      case 3, 4 -> Optional.of(now.minus(dice.upTo(Duration.ofDays(6))));
      case 5 -> Optional.of(now.plus(dice.upTo(Duration.ofMinutes(5))));
      case 6 -> Optional.of(now.minus(catalog.limits().usageAgeMax()).minusNanos(dice.below(2)));
      case 7 -> Optional.of(now.plus(catalog.limits().usageAheadMax()).plusNanos(dice.below(2)));
      case 8, 9, 10 -> Optional.of(edge());
      default -> Optional.empty();
    };
  }

  private Instant edge() {
    if (account.grants().isEmpty()) {
      return now;
    }
    Grant grant = dice.oneOf(account.grants());
    Instant edge =
        dice.chance(50)
            ? grant.terms().effectiveAt()
            : grant.terms().expiresAt().orElse(grant.terms().effectiveAt());
    return edge.minusNanos(dice.below(2));
  }
}
