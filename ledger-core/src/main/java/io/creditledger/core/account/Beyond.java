package io.creditledger.core.account;

import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;

/** What becomes of credits that no grant covers (rule 9). */
sealed interface Beyond {

  /** They are used all the same. */
  record Allowed(Shortfall shortfall) implements Beyond {
    private static final Allowed COVERED = new Allowed(Shortfall.NONE);
  }

  /** They are not to be had, and so the whole event is refused. */
  record Refused(Decision.Rejected refusal) implements Beyond {}

  /**
   * What the policy says. The customer's own comes first, then the meter's, then the catalog's.
   *
   * @param asked all that was asked for
   * @param uncovered the part that no grant covers, zero or positive
   */
  static Beyond grants(
      Case of, Unit unit, Dimensions dimensions, Credits asked, Credits uncovered) {
    if (uncovered.isZero()) {
      return Allowed.COVERED;
    }
    OverdraftPolicy policy = PolicyInForce.of(of.account(), of.catalog(), dimensions).policy();
    UnitTotals totals = of.account().totals(unit);
    return switch (policy.overdraft()) {
      case BILL ->
          limited(
              of,
              policy,
              new Shortfall(Shortfall.Kind.OVERAGE, uncovered),
              totals.overage(),
              Reason.OVERAGE_LIMIT_EXCEEDED);
      case CARRY ->
          limited(
              of,
              policy,
              new Shortfall(Shortfall.Kind.OVERDRAFT, uncovered),
              totals.overdraft(),
              Reason.OVERDRAFT_LIMIT_EXCEEDED);
      case FORGIVE -> new Allowed(new Shortfall(Shortfall.Kind.FORGIVEN, uncovered));
      case REJECT -> new Refused(insufficient(of, unit, dimensions, asked, uncovered));
    };
  }

  /** The refusal of what grants do not cover. */
  static Decision.Rejected insufficient(
      Case of, Unit unit, Dimensions dimensions, Credits asked, Credits uncovered) {
    return of.rejected(
        Reason.INSUFFICIENT_CREDITS,
        new Shortage(asked, asked.minus(uncovered)).detail(unit, dimensions));
  }

  private static Beyond limited(
      Case of, OverdraftPolicy policy, Shortfall shortfall, Credits sofar, Reason reason) {
    Credits next = sofar.plus(shortfall.amount());
    if (policy.limit().isPresent() && next.compareTo(policy.limit().get()) > 0) {
      return new Refused(
          of.rejected(
              reason,
              shortfall.kind().wireName()
                  + " would be "
                  + next
                  + ", the limit is "
                  + policy.limit().get()));
    }
    return new Allowed(shortfall);
  }
}
