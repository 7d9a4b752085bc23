package io.creditledger.core.property;

import io.creditledger.core.account.Fate;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that the naive bookkeeper ever wrote down of one customer: plain lists, nothing removed. */
final class NaiveBooks {

  /** So much of one grant. */
  record Part(GrantId grant, BigDecimal amount) {}

  /**
   * A usage, or a settled reservation, and what of it still stands.
   *
   * @param made the entry of the event whose id it has
   */
  record Use(
      EventId id,
      long made,
      Unit unit,
      Dimensions dimensions,
      List<Part> parts,
      Overdraft beyond,
      BigDecimal uncovered) {

    BigDecimal total() {
      return sum(parts).add(uncovered);
    }
  }

  /**
   * A reservation and what became of it.
   *
   * @param made its entry
   */
  record Hold(
      EventId id,
      long made,
      Unit unit,
      Dimensions dimensions,
      Map<String, String> properties,
      List<Part> parts,
      Instant expiresAt,
      Fate fate) {

    Hold in(Fate next) {
      return new Hold(id, made, unit, dimensions, properties, parts, expiresAt, next);
    }
  }

  /** What is owed by usage of the same dimensions, and which grants have repaid of it. */
  record Owed(Unit unit, Dimensions dimensions, BigDecimal outstanding, List<Part> repaid) {}

  /** A recurring grant that will come again. */
  record Again(
      GrantId id,
      Recurring recurring,
      long period,
      GrantId current,
      Instant anchor,
      long boundary,
      Instant renewsAt) {}

  /** An accepted event. */
  record Seen(LedgerEvent event, long sequence, Source source, Instant recordedAt) {}

  final List<NaiveGrant> grants;
  final List<Use> uses;
  final List<Hold> holds;
  final List<Owed> owed;
  final List<Again> series;
  final Map<Unit, BigDecimal> overage;
  final Map<Unit, BigDecimal> forgiven;
  CustomerSettings settings;

  NaiveBooks() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new HashMap<>(),
        new HashMap<>(),
        CustomerSettings.DEFAULT);
  }

  private NaiveBooks(
      List<NaiveGrant> grants,
      List<Use> uses,
      List<Hold> holds,
      List<Owed> owed,
      List<Again> series,
      Map<Unit, BigDecimal> overage,
      Map<Unit, BigDecimal> forgiven,
      CustomerSettings settings) {
    this.grants = grants;
    this.uses = uses;
    this.holds = holds;
    this.owed = owed;
    this.series = series;
    this.overage = overage;
    this.forgiven = forgiven;
    this.settings = settings;
  }

  /** Another set of books with the same content, to be written in without touching these. */
  NaiveBooks copy() {
    return new NaiveBooks(
        new ArrayList<>(grants),
        new ArrayList<>(uses),
        new ArrayList<>(holds),
        new ArrayList<>(owed),
        new ArrayList<>(series),
        new HashMap<>(overage),
        new HashMap<>(forgiven),
        settings);
  }

  Optional<NaiveGrant> find(GrantId id) {
    return grants.stream().filter(grant -> grant.id.equals(id)).findFirst();
  }

  /** The grant of that id, for writing. */
  NaiveGrant edit(GrantId id) {
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).id.equals(id)) {
        NaiveGrant copy = grants.get(i).copy();
        grants.set(i, copy);
        return copy;
      }
    }
    throw new IllegalStateException("no grant " + id);
  }

  /** What the event of that entry used. */
  Optional<Use> use(long made) {
    return uses.stream().filter(use -> use.made() == made).findFirst();
  }

  void replace(Use old, Use next) {
    uses.set(uses.lastIndexOf(old), next);
  }

  Optional<Hold> openHold(EventId id) {
    return holds.stream()
        .filter(hold -> hold.id().equals(id) && hold.fate() == Fate.HELD)
        .findFirst();
  }

  /** What the event of that entry held. */
  Optional<Hold> hold(long made) {
    return holds.stream().filter(hold -> hold.made() == made).findFirst();
  }

  void replace(Hold old, Hold next) {
    holds.set(holds.lastIndexOf(old), next);
  }

  /** Debts keep the order in which they first arose. */
  void put(Owed changed) {
    for (int i = 0; i < owed.size(); i++) {
      if (owed.get(i).unit().equals(changed.unit())
          && owed.get(i).dimensions().equals(changed.dimensions())) {
        owed.set(i, changed);
        return;
      }
    }
    owed.add(changed);
  }

  Optional<Again> series(GrantId id) {
    return series.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  BigDecimal outstanding(Unit unit) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Owed one : owed) {
      if (one.unit().equals(unit)) {
        sum = sum.add(one.outstanding());
      }
    }
    return sum;
  }

  BigDecimal held(Unit unit) {
    BigDecimal sum = BigDecimal.ZERO;
    for (NaiveGrant grant : grants) {
      if (grant.unit.equals(unit)) {
        sum = sum.add(grant.held);
      }
    }
    return sum;
  }

  /** What all living grants together have left, and not reserved. */
  BigDecimal available(Unit unit, Instant at, Mistake mistake) {
    BigDecimal sum = BigDecimal.ZERO;
    for (NaiveGrant grant : grants) {
      if (grant.unit.equals(unit) && grant.countsAt(at, mistake)) {
        sum = sum.add(grant.unheld);
      }
    }
    return sum;
  }

  static BigDecimal sum(List<Part> parts) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Part part : parts) {
      sum = sum.add(part.amount());
    }
    return sum;
  }
}
