package io.creditledger.core.property;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** One grant in the naive books: a row of figures. */
final class NaiveGrant {

  final GrantId id;
  final Unit unit;
  final BigDecimal amount;
  final Category category;
  final int priority;
  final Instant effectiveAt;
  final Scope scope;
  final long sequence;
  Optional<Instant> expiresAt;
  GrantState state;
  BigDecimal adjusted = BigDecimal.ZERO;
  BigDecimal unheld;
  BigDecimal held = BigDecimal.ZERO;
  BigDecimal consumed = BigDecimal.ZERO;
  BigDecimal expired = BigDecimal.ZERO;
  BigDecimal voided = BigDecimal.ZERO;

  NaiveGrant(
      GrantId id,
      Unit unit,
      BigDecimal amount,
      Category category,
      int priority,
      Instant effectiveAt,
      Optional<Instant> expiresAt,
      Scope scope,
      long sequence,
      GrantState state) {
    this.id = id;
    this.unit = unit;
    this.amount = amount;
    this.category = category;
    this.priority = priority;
    this.effectiveAt = effectiveAt;
    this.expiresAt = expiresAt;
    this.scope = scope;
    this.sequence = sequence;
    this.state = state;
    this.unheld = amount;
  }

  NaiveGrant copy() {
    NaiveGrant copy =
        new NaiveGrant(
            id, unit, amount, category, priority, effectiveAt, expiresAt, scope, sequence, state);
    copy.adjusted = adjusted;
    copy.unheld = unheld;
    copy.held = held;
    copy.consumed = consumed;
    copy.expired = expired;
    copy.voided = voided;
    return copy;
  }

  BigDecimal granted() {
    return amount.add(adjusted);
  }

  boolean ended() {
    return state == GrantState.EXPIRED || state == GrantState.VOIDED;
  }

  boolean livesAt(Instant at, Mistake mistake) {
    if (at.isBefore(effectiveAt)) {
      return false;
    }
    if (expiresAt.isEmpty() || at.isBefore(expiresAt.get())) {
      return true;
    }
    return mistake == Mistake.END_INCLUDED && at.equals(expiresAt.get());
  }

  /** Whether usage that occurred then may burn it. */
  boolean countsAt(Instant at, Mistake mistake) {
    boolean pending = state == GrantState.PENDING && mistake != Mistake.PENDING_GRANTS_COUNT;
    return !pending && !ended() && livesAt(at, mistake);
  }

  boolean covers(Dimensions usage, Mistake mistake) {
    if (!scope.meters().isEmpty()) {
      if (usage.meter().isEmpty()) {
        if (mistake != Mistake.USAGE_WITHOUT_METER_COVERED) {
          return false;
        }
      } else if (!scope.meters().contains(usage.meter().get())) {
        return false;
      }
    }
    if (!scope.subscriptions().isEmpty()
        && mistake != Mistake.SCOPE_OF_SUBSCRIPTIONS_IGNORED
        && (usage.subscription().isEmpty()
            || !scope.subscriptions().contains(usage.subscription().get()))) {
      return false;
    }
    return true;
  }

  /** Credits come back: to what is left, or lost at once where the grant has ended. */
  void giveBack(BigDecimal credits, Mistake mistake) {
    if (state == GrantState.EXPIRED && mistake != Mistake.RETURNS_TO_ENDED_GRANTS_STAY) {
      expired = expired.add(credits);
    } else if (state == GrantState.VOIDED && mistake != Mistake.RETURNS_TO_ENDED_GRANTS_STAY) {
      voided = voided.add(credits);
    } else {
      unheld = unheld.add(credits);
    }
  }
}
