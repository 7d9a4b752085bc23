package io.creditledger.core.property;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.account.Debt;
import io.creditledger.core.account.Fate;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Series;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.reservation.Reservation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every figure of an account beside the same figure in the naive books. */
final class Comparison {

  private static final List<Unit> UNITS = List.of(Unit.CREDITS, Catalogs.GOODIES);
  private static final List<Dimensions> ASKED =
      List.of(
          Dimensions.NONE,
          new Dimensions(Optional.of(Catalogs.TOKENS), Optional.empty()),
          new Dimensions(
              Optional.of(Catalogs.OWED),
              Optional.of(new io.creditledger.core.id.SubscriptionId("sub_1"))));

  private final Account account;
  private final MapMemory memory;
  private final NaiveBookkeeper keeper;
  private final NaiveBooks books;
  private final List<String> wrong = new ArrayList<>();

  Comparison(Account account, MapMemory memory, NaiveBookkeeper keeper) {
    this.account = account;
    this.memory = memory;
    this.keeper = keeper;
    this.books = keeper.books();
  }

  /** All differences after an entry, in words. */
  Optional<String> difference(LedgerEntry entry, Instant now) {
    same("sequence", keeper.sequence(), account.sequence());
    grants();
    reservations();
    series();
    same("settings", books.settings, account.settings());
    for (Unit unit : UNITS) {
      unit(unit, now);
    }
    entry.balance().ifPresent(balance -> balance(balance, now));
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private void same(Object what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      wrong.add(what + ": expected " + expected + ", got " + actual);
    }
  }

  private void same(Object of, String what, BigDecimal expected, Credits actual) {
    if (expected.compareTo(BigDecimal.valueOf(actual.micros(), 6)) != 0) {
      wrong.add(of + " " + what + ": expected " + expected + ", got " + actual);
    }
  }

  private void grants() {
    Map<GrantId, Grant> carried = new HashMap<>();
    for (Grant grant : account.grants()) {
      carried.put(grant.id(), grant);
    }
    for (NaiveGrant expected : books.grants) {
      Grant actual = carried.remove(expected.id);
      if (actual == null) {
        actual = memory.grant(expected.id).map(GrantRecord::grant).orElse(null);
      }
      if (actual == null) {
        wrong.add("no grant " + expected.id);
      } else {
        grant(expected, actual);
      }
    }
    if (!carried.isEmpty()) {
      wrong.add("unexpected grants " + carried.keySet());
    }
  }

  private void grant(NaiveGrant expected, Grant actual) {
    if (expected.state != actual.state()
        || !expected.expiresAt.equals(actual.terms().expiresAt())
        || !expected.effectiveAt.equals(actual.terms().effectiveAt())) {
      same(expected.id + " state", expected.state, actual.state());
      same(expected.id + " expires_at", expected.expiresAt, actual.terms().expiresAt());
      same(expected.id + " effective_at", expected.effectiveAt, actual.terms().effectiveAt());
    }
    same(expected.id, "granted", expected.granted(), actual.granted());
    same(expected.id, "unheld", expected.unheld, actual.unheld());
    same(expected.id, "held", expected.held, actual.held());
    same(expected.id, "consumed", expected.consumed, actual.consumed());
    same(expected.id, "expired", expected.expired, actual.expired());
    same(expected.id, "voided", expected.voided, actual.voided());
  }

  private void reservations() {
    List<NaiveBooks.Hold> expected =
        books.holds.stream().filter(hold -> hold.fate() == Fate.HELD).toList();
    List<Reservation> actual = account.reservations();
    same(
        "reservations",
        expected.stream().map(NaiveBooks.Hold::id).toList(),
        actual.stream().map(Reservation::id).toList());
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      NaiveBooks.Hold hold = expected.get(i);
      same(hold.id() + " ends", hold.expiresAt(), actual.get(i).expiresAt());
      same(hold.id() + " holds", hold.parts(), parts(actual.get(i).holds()));
    }
  }

  private static List<NaiveBooks.Part> parts(List<Allocation> allocations) {
    return allocations.stream()
        .map(one -> new NaiveBooks.Part(one.grant(), BigDecimal.valueOf(one.amount().micros(), 6)))
        .toList();
  }

  private void series() {
    Map<GrantId, Series> actual = new HashMap<>();
    for (Series one : account.series()) {
      actual.put(one.id(), one);
    }
    for (NaiveBooks.Again expected : books.series) {
      Series one = actual.remove(expected.id());
      if (one == null) {
        wrong.add("no series " + expected.id());
      } else {
        same("period of " + expected.id(), expected.period(), one.period());
        same("current of " + expected.id(), expected.current(), one.current());
        same("renewal of " + expected.id(), expected.renewsAt(), one.renewsAt());
      }
    }
    if (!actual.isEmpty()) {
      wrong.add("unexpected series " + actual.keySet());
    }
  }

  private void unit(Unit unit, Instant now) {
    var totals = account.totals(unit);
    same(unit, "overage", books.overage.getOrDefault(unit, BigDecimal.ZERO), totals.overage());
    same(unit, "forgiven", books.forgiven.getOrDefault(unit, BigDecimal.ZERO), totals.forgiven());
    same(unit, "overdraft", books.outstanding(unit), totals.overdraft());
    for (NaiveBooks.Owed owed : books.owed) {
      if (owed.unit().equals(unit)) {
        Credits outstanding =
            totals.debts().stream()
                .filter(debt -> debt.dimensions().equals(owed.dimensions()))
                .map(Debt::outstanding)
                .findFirst()
                .orElse(Credits.ZERO);
        same(owed.dimensions(), "owed", owed.outstanding(), outstanding);
      }
    }
    for (Dimensions dimensions : ASKED) {
      BigDecimal expected = BigDecimal.ZERO;
      for (NaiveGrant grant : books.grants) {
        if (grant.unit.equals(unit)
            && grant.countsAt(now, keeper.mistake())
            && grant.covers(dimensions, keeper.mistake())) {
          expected = expected.add(grant.unheld);
        }
      }
      if (expected.compareTo(BigDecimal.valueOf(Long.MAX_VALUE, 6)) <= 0) {
        same(
            dimensions,
            "available",
            expected,
            Balances.availableFor(account, unit, dimensions, now));
      }
    }
  }

  private void balance(UnitBalance balance, Instant now) {
    Unit unit = balance.unit();
    BigDecimal held = books.held(unit);
    BigDecimal available = books.available(unit, now, keeper.mistake());
    same("balance", "settled", available.add(held), balance.settled());
    same("balance", "held", held, balance.held());
    same("balance", "available", available, balance.available());
    same(
        "balance", "overage", books.overage.getOrDefault(unit, BigDecimal.ZERO), balance.overage());
    same("balance", "overdraft", books.outstanding(unit), balance.overdraft());
    same("balance", balance, Balances.of(account, unit, now));
  }
}
