package io.creditledger.core.account;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.BurnDown;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.reservation.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How credits are held for a task, and what becomes of them (rules 10 to 12). */
final class ReservationRules {

  /** Open reservations that one customer may have. */
  static final int OPEN_MAX = 10_000;

  private ReservationRules() {}

  static Decision reserve(Case of, LedgerEvent.Reserve reserve) {
    Optional<Decision> outOfTime = of.outOfTime();
    if (outOfTime.isPresent()) {
      return outOfTime.get();
    }
    Instant expiresAt = expiresAt(of, reserve.lifetime());
    Duration ttl = Duration.between(of.recordedAt(), expiresAt);
    if (!ttl.isPositive()) {
      return of.rejected(
          Reason.TTL_NOT_POSITIVE,
          "the reservation would end at " + expiresAt + ", it was recorded at " + of.recordedAt());
    }
    if (ttl.compareTo(of.limits().reservationTtlMax()) > 0) {
      return of.rejected(
          Reason.TTL_TOO_LONG,
          "asked for " + ttl + ", at most " + of.limits().reservationTtlMax() + " is allowed");
    }
    if (of.account().reservations().size() >= OPEN_MAX) {
      return of.rejected(
          Reason.TOO_MANY_RESERVATIONS, "the customer has " + OPEN_MAX + " open reservations");
    }
    return switch (Price.of(of, reserve.dimensions(), reserve.charge(), reserve.properties())) {
      case Price.None none -> none.refusal();
      case Price.Of price -> hold(of, reserve, price, expiresAt);
    };
  }

  private static Instant expiresAt(Case of, LedgerEvent.Lifetime lifetime) {
    return switch (lifetime) {
      case LedgerEvent.Lifetime.Default none -> of.recordedAt().plus(of.limits().reservationTtl());
      case LedgerEvent.Lifetime.For time -> of.recordedAt().plus(time.ttl());
      case LedgerEvent.Lifetime.Until until -> until.expiresAt();
    };
  }

  private static Decision hold(
      Case of, LedgerEvent.Reserve reserve, Price.Of price, Instant expiresAt) {
    Credits asked = price.credits();
    if (!asked.isPositive()) {
      return of.rejected(Reason.AMOUNT_NOT_POSITIVE, "credits is not positive: " + asked);
    }
    if (UsageCap.of(of, reserve.dimensions(), price.quantity())
        instanceof UsageCap.Exceeded exceeded) {
      return exceeded.refusal();
    }
    BurnDown burnDown =
        BurnDown.draw(
            of.account().grants(), price.unit(), reserve.dimensions(), of.occurredAt(), asked);
    if (!burnDown.uncovered().isZero()) {
      return Beyond.insufficient(
          of, price.unit(), reserve.dimensions(), asked, burnDown.uncovered());
    }
    Reservation made =
        new Reservation(
            reserve.id(),
            price.unit(),
            reserve.dimensions(),
            reserve.properties(),
            price.quantity(),
            burnDown.allocations(),
            expiresAt,
            of.account().sequence() + 1);
    return of.accept(
        new Change.Reserved(
            made,
            Optional.of(price.unit()),
            new Postings(of).addAll(burnDown.allocations(), Move.HOLD).list()));
  }

  static Decision settle(Case of, LedgerEvent.Settle settle) {
    Optional<Decision> outOfTime = of.outOfTime();
    if (outOfTime.isPresent()) {
      return outOfTime.get();
    }
    Optional<Reservation> open = of.account().reservation(settle.reservation());
    if (open.isEmpty()) {
      return notOpen(of, settle.reservation());
    }
    Reservation reservation = open.get();
    Map<String, String> properties =
        settle.properties().isEmpty() ? reservation.properties() : settle.properties();
    return switch (trueCost(of, settle, reservation, properties)) {
      case Price.None none -> none.refusal();
      case Price.Of price -> settleAt(of, reservation, properties, price);
    };
  }

  /**
   * Without a charge, all that was asked for: its credits, and its quantity where it was rated.
   * Credits that name no unit are in the reservation's, whatever the catalog says by now.
   */
  private static Price trueCost(
      Case of, LedgerEvent.Settle settle, Reservation reservation, Map<String, String> properties) {
    if (settle.charge().isEmpty()) {
      return new Price.Of(reservation.unit(), reservation.credits(), reservation.quantity());
    }
    Charge charge = settle.charge().get();
    if (charge instanceof Charge.Rated rated
        && rated.unit().orElse(reservation.unit()).equals(reservation.unit())) {
      return new Price.Of(reservation.unit(), rated.credits(), Optional.empty());
    }
    return Price.of(of, reservation.dimensions(), charge, properties);
  }

  private static Decision settleAt(
      Case of, Reservation reservation, Map<String, String> properties, Price.Of price) {
    if (price.credits().isNegative()) {
      return of.rejected(Reason.AMOUNT_NOT_POSITIVE, "credits is negative: " + price.credits());
    }
    if (!price.unit().equals(reservation.unit())) {
      return of.rejected(
          Reason.FIELD_INVALID,
          "unit is \"" + price.unit() + "\", the reservation holds \"" + reservation.unit() + "\"");
    }
    return switch (UsageCap.settling(of, reservation, counted(reservation, price))) {
      case UsageCap.Exceeded exceeded -> exceeded.refusal();
      case UsageCap.Fits fits -> settle(of, reservation, properties, price, fits.count());
    };
  }

  /** What is to be counted of its meter: nothing, where everything is returned. */
  private static Quantity counted(Reservation reservation, Price.Of price) {
    if (price.quantity().isPresent()) {
      return price.quantity().get();
    }
    return price.credits().isZero() ? Quantity.ZERO : reservation.quantity().orElse(Quantity.ONE);
  }

  private static Decision settle(
      Case of,
      Reservation reservation,
      Map<String, String> properties,
      Price.Of price,
      Optional<MeterCount> count) {
    Postings postings = new Postings(of);
    Credits left = price.credits();
    for (Allocation hold : reservation.holds()) {
      Credits part = left.min(hold.amount());
      postings.add(hold.grant(), Move.SETTLE, part);
      left = left.minus(part);
    }
    unhold(postings, reservation.holds(), reservation.credits().minus(price.credits()));
    BurnDown excess =
        BurnDown.draw(
            of.account().grants(),
            reservation.unit(),
            reservation.dimensions(),
            of.occurredAt(),
            left);
    postings.addAll(excess.allocations(), Move.CONSUME);
    return switch (Beyond.grants(
        of, reservation.unit(), reservation.dimensions(), left, excess.uncovered())) {
      case Beyond.Refused refused -> refused.refusal();
      case Beyond.Allowed allowed ->
          of.accept(
              new Change.Settled(
                  reservation.id(),
                  reservation.dimensions(),
                  properties,
                  price.quantity(),
                  price.credits(),
                  Optional.of(reservation.unit()),
                  postings.list(),
                  allowed.shortfall(),
                  count));
    };
  }

  static Decision release(Case of, LedgerEvent.Release release) {
    Optional<Reservation> open = of.account().reservation(release.reservation());
    if (open.isEmpty()) {
      return notOpen(of, release.reservation());
    }
    return of.accept(
        new Change.Released(
            release.reservation(), Optional.of(open.get().unit()), returned(of, open.get())));
  }

  static Decision lapse(Case of, LedgerEvent.ReservationExpiry expiry) {
    Optional<Reservation> open = of.account().reservation(expiry.reservation());
    if (open.isEmpty()) {
      return of.rejected(
          Reason.TIMER_STALE, "reservation \"" + expiry.reservation() + "\" is not open");
    }
    if (of.recordedAt().isBefore(open.get().expiresAt())) {
      return of.rejected(
          Reason.TIMER_EARLY,
          "reservation \"" + expiry.reservation() + "\" runs until " + open.get().expiresAt());
    }
    return of.accept(
        new Change.Lapsed(
            expiry.reservation(), Optional.of(open.get().unit()), returned(of, open.get())));
  }

  private static List<Posting> returned(Case of, Reservation reservation) {
    Postings postings = new Postings(of);
    unhold(postings, reservation.holds(), reservation.credits());
    return postings.list();
  }

  /** Returns a part of what is held, to the grants drawn last first; nothing if not positive. */
  private static void unhold(Postings postings, List<Allocation> holds, Credits amount) {
    Credits left = amount;
    for (Allocation hold : holds.reversed()) {
      if (!left.isPositive()) {
        return;
      }
      Credits part = left.min(hold.amount());
      postings.unhold(hold.grant(), part);
      left = left.minus(part);
    }
  }

  private static Decision notOpen(Case of, EventId id) {
    Fate fate = of.remembered(id).map(Memo::fate).orElse(Fate.NONE);
    return switch (fate) {
      case NONE, HELD -> of.rejected(Reason.RESERVATION_UNKNOWN, "no reservation \"" + id + "\"");
      case SETTLED ->
          of.rejected(Reason.RESERVATION_SETTLED, "reservation \"" + id + "\" was settled");
      case RELEASED ->
          of.rejected(Reason.RESERVATION_RELEASED, "reservation \"" + id + "\" was released");
      case EXPIRED -> of.rejected(Reason.RESERVATION_EXPIRED, "reservation \"" + id + "\" ran out");
    };
  }
}
