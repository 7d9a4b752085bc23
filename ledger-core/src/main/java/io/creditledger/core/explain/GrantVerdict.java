package io.creditledger.core.explain;

import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One grant before a usage: what it paid, or why it paid nothing.
 *
 * @param before the grant as it stood
 * @param why the verdict as a sentence, with the values concerned
 * @param moved what the entry moved of this grant, in order; empty if nothing
 */
public record GrantVerdict(Grant before, Verdict verdict, String why, List<Posting> moved) {

  /** Whether a grant paid. */
  public enum Verdict {
    /** It paid, or holds credits for it. */
    PAID,
    /** It could have paid, but those before it in burn order had paid all. */
    NOT_NEEDED,
    /** It could have paid a part, but the whole usage was refused. */
    COULD_PAY,
    /** Its credits are counted in another unit. */
    OTHER_UNIT,
    /** It waits to be confirmed. */
    PENDING,
    /** It had expired or was void; what reservations hold of it stays theirs. */
    ENDED,
    /** The usage occurred before its time. */
    NOT_YET_EFFECTIVE,
    /** The usage occurred at its end or later. */
    EXPIRED,
    /** It is limited to other meters or subscriptions. */
    OUT_OF_SCOPE,
    /** All it had left was held by reservations. */
    ALL_HELD,
    /** Nothing was left of it. */
    NOTHING_LEFT;

    /** The name on the wire, in lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is looked for: credits of a unit, for usage of some dimensions, at an instant. */
  record Need(Unit unit, Dimensions dimensions, Instant at) {}

  public GrantVerdict {
    moved = List.copyOf(moved);
  }

  /** The verdict on a grant of which an entry moved that. */
  static GrantVerdict of(Grant grant, Need need, List<Posting> moved) {
    return moved.isEmpty()
        ? unmoved(grant, need, Verdict.NOT_NEEDED, "grants before it in burn order paid all of it")
        : new GrantVerdict(grant, Verdict.PAID, "its turn, and it had credits for it", moved);
  }

  /** The verdict on a grant when the usage was refused. */
  static GrantVerdict ofRefused(Grant grant, Need need) {
    return unmoved(
        grant,
        need,
        Verdict.COULD_PAY,
        "had " + grant.unheld() + " for it; the usage was refused whole");
  }

  private static GrantVerdict unmoved(Grant grant, Need need, Verdict able, String ableWhy) {
    GrantTerms terms = grant.terms();
    if (!terms.unit().equals(need.unit())) {
      return nothing(grant, Verdict.OTHER_UNIT, "is counted in " + terms.unit());
    }
    if (grant.state() == GrantState.PENDING) {
      return nothing(grant, Verdict.PENDING, "waits to be confirmed");
    }
    if (grant.state().ended()) {
      return nothing(
          grant,
          Verdict.ENDED,
          "is " + grant.state().wireName() + "; " + grant.held() + " is held for reservations");
    }
    if (need.at().isBefore(terms.effectiveAt())) {
      return nothing(
          grant,
          Verdict.NOT_YET_EFFECTIVE,
          "is effective from " + terms.effectiveAt() + ", it occurred at " + need.at());
    }
    if (!terms.livesAt(need.at())) {
      return nothing(
          grant,
          Verdict.EXPIRED,
          "expired at " + terms.expiresAt().orElseThrow() + ", it occurred at " + need.at());
    }
    if (!terms.scope().covers(need.dimensions())) {
      return nothing(grant, Verdict.OUT_OF_SCOPE, scope(terms, need.dimensions()));
    }
    if (!grant.unheld().isZero()) {
      return nothing(grant, able, ableWhy);
    }
    return grant.held().isZero()
        ? nothing(grant, Verdict.NOTHING_LEFT, "has nothing left")
        : nothing(grant, Verdict.ALL_HELD, "all it has left, " + grant.held() + ", is held");
  }

  private static String scope(GrantTerms terms, Dimensions usage) {
    return "is limited to "
        + (terms.scope().meters().isEmpty() ? "" : "meters " + terms.scope().meters())
        + (terms.scope().meters().isEmpty() || terms.scope().subscriptions().isEmpty()
            ? ""
            : " and ")
        + (terms.scope().subscriptions().isEmpty()
            ? ""
            : "subscriptions " + terms.scope().subscriptions())
        + ", the usage is of "
        + usage.describe();
  }

  private static GrantVerdict nothing(Grant grant, Verdict verdict, String why) {
    return new GrantVerdict(grant, verdict, why, List.of());
  }

  /** What it paid or holds for the usage: what left its unheld part or what was held for it. */
  public Credits paid() {
    Credits sum = Credits.ZERO;
    for (Posting posting : moved) {
      sum =
          switch (posting.move()) {
            case CONSUME, SETTLE, HOLD -> sum.plus(posting.amount());
            case UNHOLD,
                UNHOLD_EXPIRED,
                UNHOLD_VOIDED,
                EXPIRE,
                VOID,
                RETURN,
                RETURN_EXPIRED,
                RETURN_VOIDED,
                ADJUST_UP,
                ADJUST_DOWN ->
                sum;
          };
    }
    return sum;
  }

  /** The grant after what was moved of it. */
  public Grant after() {
    Grant grant = before;
    for (Posting posting : moved) {
      grant = grant.after(posting.move(), posting.amount());
    }
    return grant;
  }
}
