package io.creditledger.cli.proof;

import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One grant while the journal is folded. It keeps the five parts as plain numbers and adds postings
 * to them; it shares no arithmetic with {@link Grant}, whose promise it is to check.
 */
final class GrantFold {

  /** Where a grant's credits can be; outside is before they were granted. */
  private enum Part {
    OUTSIDE,
    UNHELD,
    HELD,
    CONSUMED,
    EXPIRED,
    VOIDED
  }

  private final GrantTerms terms;
  private final Map<Part, Long> micros = new EnumMap<>(Part.class);
  private Optional<Instant> expiresAt;
  private boolean pending;
  private boolean ended;

  GrantFold(Grant made) {
    terms = made.terms();
    expiresAt = terms.expiresAt();
    pending = made.state() == GrantState.PENDING;
    transfer(Part.OUTSIDE, Part.UNHELD, terms.amount().micros());
  }

  void add(Move move, long amount) {
    switch (move) {
      case CONSUME -> transfer(Part.UNHELD, Part.CONSUMED, amount);
      case HOLD -> transfer(Part.UNHELD, Part.HELD, amount);
      case SETTLE -> transfer(Part.HELD, Part.CONSUMED, amount);
      case UNHOLD -> transfer(Part.HELD, Part.UNHELD, amount);
      case UNHOLD_EXPIRED -> transfer(Part.HELD, Part.EXPIRED, amount);
      case UNHOLD_VOIDED -> transfer(Part.HELD, Part.VOIDED, amount);
      case EXPIRE -> transfer(Part.UNHELD, Part.EXPIRED, amount);
      case VOID -> transfer(Part.UNHELD, Part.VOIDED, amount);
      case RETURN -> transfer(Part.CONSUMED, Part.UNHELD, amount);
      case RETURN_EXPIRED -> transfer(Part.CONSUMED, Part.EXPIRED, amount);
      case RETURN_VOIDED -> transfer(Part.CONSUMED, Part.VOIDED, amount);
      case ADJUST_UP -> transfer(Part.OUTSIDE, Part.UNHELD, amount);
      case ADJUST_DOWN -> transfer(Part.UNHELD, Part.OUTSIDE, amount);
    }
  }

  private void transfer(Part from, Part to, long amount) {
    micros.put(from, Math.subtractExact(in(from), amount));
    micros.put(to, Math.addExact(in(to), amount));
  }

  private long in(Part part) {
    return micros.getOrDefault(part, 0L);
  }

  void confirm() {
    pending = false;
  }

  void end() {
    pending = false;
    ended = true;
  }

  void expireAt(Optional<Instant> end) {
    expiresAt = end;
  }

  boolean pending() {
    return pending;
  }

  long unheld() {
    return in(Part.UNHELD);
  }

  long held() {
    return in(Part.HELD);
  }

  /** What it adds to the settled balance at an instant. */
  long settledAt(Instant at) {
    boolean lives =
        !at.isBefore(terms.effectiveAt())
            && (expiresAt.isEmpty() || at.isBefore(expiresAt.get()))
            && !pending
            && !ended;
    return lives ? Math.addExact(in(Part.UNHELD), in(Part.HELD)) : in(Part.HELD);
  }

  boolean isOf(Unit unit) {
    return terms.unit().equals(unit);
  }

  GrantSums sums() {
    return new GrantSums(
        terms.id(),
        terms.unit(),
        Credits.ofMicros(Math.negateExact(in(Part.OUTSIDE))),
        Credits.ofMicros(in(Part.UNHELD)),
        Credits.ofMicros(in(Part.HELD)),
        Credits.ofMicros(in(Part.CONSUMED)),
        Credits.ofMicros(in(Part.EXPIRED)),
        Credits.ofMicros(in(Part.VOIDED)));
  }
}
