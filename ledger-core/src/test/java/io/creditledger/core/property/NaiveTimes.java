package io.creditledger.core.property;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bookkeeper who is asked about the past: reads the whole journal again for every figure, and
 * looks up what he needs by going through it from the start.
 */
final class NaiveTimes {

  private final List<LedgerEntry> journal;
  private final Instant at;

  NaiveTimes(List<LedgerEntry> journal, Instant at) {
    this.journal = journal;
    this.at = at;
  }

  /** Of each unit: settled, held, overage, overdraft; what is zero throughout is left out. */
  Map<String, List<BigDecimal>> balances() {
    Map<String, List<BigDecimal>> all = new TreeMap<>();
    for (LedgerEntry entry : journal) {
      entry.change().unit().ifPresent(unit -> all.put(unit.value(), balance(unit)));
    }
    all.values().removeIf(NaiveTimes::isNothing);
    return all;
  }

  static boolean isNothing(List<BigDecimal> figures) {
    return figures.stream().allMatch(figure -> figure.signum() == 0);
  }

  private List<BigDecimal> balance(Unit unit) {
    BigDecimal settled = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;
    for (LedgerEntry entry : journal) {
      for (NewGrant made : NewGrant.of(entry.change())) {
        Grant grant = made.grant();
        boolean known = counts(entry) || !grant.terms().effectiveAt().isAfter(at);
        if (known && grant.terms().unit().equals(unit)) {
          BigDecimal itsHeld =
              moved(grant.id(), "hold")
                  .subtract(
                      moved(grant.id(), "unhold", "settle", "unhold_expired", "unhold_voided"));
          BigDecimal remaining =
              number(grant.terms().amount())
                  .add(moved(grant.id(), "adjust_up", "return"))
                  .subtract(
                      moved(
                          grant.id(),
                          "adjust_down",
                          "consume",
                          "settle",
                          "expire",
                          "void",
                          "unhold_expired",
                          "unhold_voided"));
          held = held.add(itsHeld);
          settled = settled.add(usable(grant) ? remaining : itsHeld);
        }
      }
    }
    return plain(
        settled,
        held,
        beyond(unit, Shortfall.Kind.OVERAGE),
        beyond(unit, Shortfall.Kind.OVERDRAFT));
  }

  private boolean usable(Grant grant) {
    boolean confirmed = grant.state() != GrantState.PENDING;
    Optional<Instant> end = grant.terms().expiresAt();
    for (LedgerEntry entry : journal) {
      if (counts(entry)) {
        Change change = entry.change();
        if (change instanceof Change.Confirmed one && one.grant().equals(grant.id())) {
          confirmed = true;
        }
        if (change instanceof Change.Extended one && one.grant().equals(grant.id())) {
          end = one.expiresAt();
        }
        if (change instanceof Change.Voided one
            && one.grant().equals(grant.id())
            && one.state() == GrantState.VOIDED) {
          return false;
        }
        if (change instanceof Change.Expired one && one.grant().equals(grant.id())) {
          return false;
        }
        if (change instanceof Change.Renewed one && one.ended().equals(Optional.of(grant.id()))) {
          return false;
        }
        if (change instanceof Change.Cancelled one
            && one.grant().equals(grant.id())
            && !confirmed) {
          return false;
        }
      }
    }
    return confirmed
        && !at.isBefore(grant.terms().effectiveAt())
        && (end.isEmpty() || at.isBefore(end.get()));
  }

  private BigDecimal moved(GrantId grant, String... moves) {
    BigDecimal sum = BigDecimal.ZERO;
    for (LedgerEntry entry : journal) {
      if (counts(entry)) {
        for (Posting posting : entry.change().postings()) {
          if (posting.grant().equals(grant) && List.of(moves).contains(posting.move().wireName())) {
            sum = sum.add(number(posting.amount()));
          }
        }
      }
    }
    return sum;
  }

  private BigDecimal beyond(Unit unit, Shortfall.Kind kind) {
    BigDecimal sum = BigDecimal.ZERO;
    for (LedgerEntry entry : journal) {
      Change change = entry.change();
      if (counts(entry) && change.unit().equals(Optional.of(unit))) {
        if (change instanceof Change.Used used && used.shortfall().kind() == kind) {
          sum = sum.add(number(used.shortfall().amount()));
        }
        if (change instanceof Change.Settled settled && settled.shortfall().kind() == kind) {
          sum = sum.add(number(settled.shortfall().amount()));
        }
        if (change instanceof Change.Reversed reversed && reversed.cancelled().kind() == kind) {
          sum = sum.subtract(number(reversed.cancelled().amount()));
        }
        if (kind == Shortfall.Kind.OVERDRAFT) {
          // All that grants consume when they are made or begin to count, they repay.
          boolean usage = change instanceof Change.Used || change instanceof Change.Settled;
          for (Posting posting : change.postings()) {
            if (!usage && posting.move().wireName().equals("consume")) {
              sum = sum.subtract(number(posting.amount()));
            }
          }
        }
      }
    }
    return sum;
  }

  private boolean counts(LedgerEntry entry) {
    return !when(entry).isAfter(at);
  }

  /** When an entry counts, by the rules of docs/model.md. */
  private Instant when(LedgerEntry entry) {
    Instant occurred = entry.header().occurredAt();
    Change change = entry.change();
    if (change instanceof Change.Settled settled) {
      return later(occurred, begun(settled.reservation().value(), entry));
    }
    if (change instanceof Change.Released released) {
      return later(occurred, begun(released.reservation().value(), entry));
    }
    if (change instanceof Change.Reversed reversed) {
      return later(occurred, begun(reversed.usage().value(), entry));
    }
    if (change instanceof Change.Lapsed lapsed) {
      Instant due = occurred;
      for (LedgerEntry earlier : before(entry)) {
        if (earlier.change() instanceof Change.Reserved reserved
            && reserved.reservation().id().equals(lapsed.reservation())) {
          due = reserved.reservation().expiresAt();
        }
      }
      return later(due, begun(lapsed.reservation().value(), entry));
    }
    if (change instanceof Change.Renewed renewed) {
      return renewed.made().grant().terms().effectiveAt();
    }
    if (change instanceof Change.BecameEffective effective) {
      return terms(effective.grant()).terms().effectiveAt();
    }
    if (change instanceof Change.Expired expired) {
      Optional<Instant> end = terms(expired.grant()).terms().expiresAt();
      for (LedgerEntry earlier : before(entry)) {
        if (earlier.change() instanceof Change.Extended extended
            && extended.grant().equals(expired.grant())) {
          end = extended.expiresAt();
        }
      }
      return end.orElseThrow();
    }
    return occurred;
  }

  private Grant terms(GrantId id) {
    for (LedgerEntry entry : journal) {
      for (NewGrant made : NewGrant.of(entry.change())) {
        if (made.grant().id().equals(id)) {
          return made.grant();
        }
      }
    }
    throw new IllegalStateException("no grant " + id);
  }

  /** When the usage or reservation of that id counts; where it was settled, when that counts. */
  private Instant begun(String id, LedgerEntry before) {
    Optional<Instant> found = Optional.empty();
    for (LedgerEntry earlier : before(before)) {
      if (earlier.change() instanceof Change.Used && earlier.header().id().value().equals(id)) {
        found = Optional.of(earlier.header().occurredAt());
      }
      if (earlier.change() instanceof Change.Reserved reserved
          && reserved.reservation().id().value().equals(id)) {
        found = Optional.of(earlier.header().occurredAt());
      }
      if (earlier.change() instanceof Change.Settled settled
          && settled.reservation().value().equals(id)) {
        found = Optional.of(when(earlier));
      }
    }
    return found.orElse(Instant.MIN);
  }

  private List<LedgerEntry> before(LedgerEntry entry) {
    List<LedgerEntry> earlier = new ArrayList<>();
    for (LedgerEntry one : journal) {
      if (one.header().sequence() < entry.header().sequence()) {
        earlier.add(one);
      }
    }
    return earlier;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Without places that say nothing, so that equal figures are equal. */
  static List<BigDecimal> plain(BigDecimal... figures) {
    List<BigDecimal> plain = new ArrayList<>();
    for (BigDecimal figure : figures) {
      plain.add(figure.signum() == 0 ? BigDecimal.ZERO : figure.stripTrailingZeros());
    }
    return plain;
  }

  private static BigDecimal number(Object credits) {
    return new BigDecimal(credits.toString());
  }
}
