package io.creditledger.core.account;

import io.creditledger.core.catalog.Schedule;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Series;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What time alone brings about, once a timer has said so in the log (rules 5 and 19). */
final class TimerRules {

  private TimerRules() {}

  static Decision effective(Case of, LedgerEvent.GrantEffective event) {
    Optional<Grant> known = of.grant(event.grant());
    if (known.isEmpty()) {
      return GrantRules.unknown(of, event.grant());
    }
    Grant grant = known.get();
    if (grant.state() != GrantState.SCHEDULED) {
      return of.rejected(
          Reason.TIMER_STALE, "grant \"" + grant.id() + "\" is " + grant.state().wireName());
    }
    if (of.recordedAt().isBefore(grant.terms().effectiveAt())) {
      return of.rejected(
          Reason.TIMER_EARLY,
          "grant \"" + grant.id() + "\" is effective at " + grant.terms().effectiveAt());
    }
    Postings postings = new Postings(of);
    List<Repayment> repayments = Repayments.by(of, postings, List.of(grant));
    return of.accept(
        new Change.BecameEffective(
            grant.id(), repayments, Optional.of(grant.terms().unit()), postings.list()));
  }

  static Decision expire(Case of, LedgerEvent.GrantExpiry event) {
    Optional<Grant> known = of.grant(event.grant());
    if (known.isEmpty()) {
      return GrantRules.unknown(of, event.grant());
    }
    Grant grant = known.get();
    if (grant.state().ended()) {
      return GrantRules.ended(of, grant);
    }
    if (!grant.terms().expiresAt().equals(Optional.of(event.expiresAt()))) {
      return of.rejected(
          Reason.TIMER_STALE,
          "grant \""
              + grant.id()
              + "\" ends "
              + grant.terms().expiresAt().map(Instant::toString).orElse("never"));
    }
    if (of.recordedAt().isBefore(event.expiresAt().plus(of.limits().expiryGrace()))) {
      return of.rejected(
          Reason.TIMER_EARLY,
          "grant \""
              + grant.id()
              + "\" ends at "
              + event.expiresAt()
              + ", with a grace of "
              + of.limits().expiryGrace());
    }
    return of.accept(
        new Change.Expired(
            grant.id(),
            grant.unheld(),
            Optional.of(grant.terms().unit()),
            new Postings(of).add(grant.id(), Move.EXPIRE, grant.unheld()).list()));
  }

  /** Looks at the account for what only time brings near. */
  static Decision remind(Case of, LedgerEvent.Reminder event) {
    return event.grant().isPresent() ? remind(of, event.grant().get()) : topUpTurn(of);
  }

  private static Decision remind(Case of, GrantId id) {
    Optional<Grant> grant = of.account().grant(id);
    Optional<Instant> at =
        grant.flatMap(known -> DueEvents.remindAt(of.account(), of.catalog(), known));
    if (at.isEmpty()
        || of.account()
            .reminded()
            .contains(new EndTold(id, grant.get().terms().expiresAt().orElseThrow()))) {
      return of.rejected(Reason.TIMER_STALE, "of grant \"" + id + "\" nothing is to be told");
    }
    if (of.recordedAt().isBefore(at.get())) {
      return of.rejected(
          Reason.TIMER_EARLY,
          "that grant \"" + id + "\" ends is to be told from " + at.get() + " on");
    }
    return of.accept(new Change.Reminded(Optional.of(id), Optional.of(grant.get().terms().unit())));
  }

  private static Decision topUpTurn(Case of) {
    Optional<TopUpRule> rule = of.account().settings().topUp();
    Optional<Instant> turn = rule.flatMap(known -> TopUps.turn(of.account(), known));
    if (turn.isEmpty()) {
      return of.rejected(Reason.TIMER_STALE, "no top-up waits for its turn");
    }
    if (of.recordedAt().isBefore(turn.get())) {
      return of.rejected(Reason.TIMER_EARLY, "the top-up's turn is at " + turn.get());
    }
    return of.accept(new Change.Reminded(Optional.empty(), rule.map(TopUpRule::unit)));
  }

  static Decision renew(Case of, LedgerEvent.GrantRenewal event) {
    Optional<Series> known = of.account().series(event.grant());
    if (known.isEmpty() || known.get().period() + 1 != event.period()) {
      return of.rejected(
          Reason.TIMER_STALE,
          "period " + event.period() + " of grant \"" + event.grant() + "\" does not come next");
    }
    Series series = known.get();
    if (of.recordedAt().isBefore(series.renewsAt())) {
      return of.rejected(
          Reason.TIMER_EARLY, "grant \"" + event.grant() + "\" renews at " + series.renewsAt());
    }
    Grant old =
        of.grant(series.current())
            .orElseThrow(() -> new IllegalStateException("no grant " + series.current()));
    if (old.state() == GrantState.PENDING) {
      return of.rejected(Reason.GRANT_PENDING, "grant \"" + old.id() + "\" is pending");
    }
    return renewed(of, series, old);
  }

  private static Decision renewed(Case of, Series series, Grant old) {
    Instant begins = series.renewsAt();
    ZoneId zone = of.account().settings().timeZone();
    long boundary = SeriesStart.boundaryAfter(series, zone);
    Instant nextBoundary =
        Schedule.boundary(series.anchor(), series.recurring().recurrence().every(), zone, boundary);
    long period = series.period() + 1;
    Instant ends = SeriesStart.end(series.recurring(), zone, begins, nextBoundary);
    GrantId id = freeId(of, DerivedIds.period(series.id(), period));
    Grant made = made(of, old.terms(), id, old.terms().amount(), begins, ends, 1);
    GrantDetails details = of.memory().grant(series.id()).orElseThrow().details();
    boolean endsNow =
        !old.state().ended()
            && old.terms().expiresAt().filter(end -> !end.isAfter(begins)).isPresent();
    Postings postings = new Postings(of).knowing(made);
    List<Grant> counting = new ArrayList<>(List.of(made));
    // What had ended before is over, even where the timer that says so is late: it does not go on.
    boolean livedUntilNow = endsNow && old.terms().expiresAt().equals(Optional.of(begins));
    Optional<Grant> rollover = livedUntilNow ? rollover(of, series, old, made) : Optional.empty();
    rollover.ifPresent(
        carried -> {
          postings.knowing(carried);
          counting.add(carried);
        });
    if (endsNow) {
      postings.add(old.id(), Move.EXPIRE, old.unheld());
    }
    List<Repayment> repayments = Repayments.by(of, postings, counting);
    Series next =
        new Series(
            series.id(), series.recurring(), period, id, series.anchor(), boundary, nextBoundary);
    return of.accept(
        new Change.Renewed(
            series.id(),
            period,
            endsNow ? Optional.of(old.id()) : Optional.empty(),
            new NewGrant(made, details),
            rollover.map(carried -> new NewGrant(carried, details)),
            SeriesStart.comesAgain(next) ? Optional.of(next) : Optional.empty(),
            repayments,
            Optional.of(made.terms().unit()),
            postings.list()));
  }

  /**
   * What goes over of the old period's remainder, as a grant of its own. It stands before the new
   * period's grant, so that it burns first where all else is equal.
   */
  private static Optional<Grant> rollover(Case of, Series series, Grant old, Grant made) {
    return series
        .recurring()
        .recurrence()
        .rollover()
        .flatMap(
            how -> {
              Credits carried = how.of(old.unheld());
              if (!carried.isPositive()) {
                return Optional.empty();
              }
              Instant begins = made.terms().effectiveAt();
              Instant ends =
                  how.lifetime()
                      .map(
                          life ->
                              Schedule.boundary(
                                  begins, life, of.account().settings().timeZone(), 1))
                      .orElse(made.terms().expiresAt().orElseThrow());
              GrantId id = freeId(of, DerivedIds.rollover(made.id()));
              return Optional.of(made(of, old.terms(), id, carried, begins, ends, 0));
            });
  }

  private static Grant made(
      Case of,
      GrantTerms like,
      GrantId id,
      Credits amount,
      Instant effectiveAt,
      Instant expiresAt,
      int ordinal) {
    return Grant.made(
        new GrantTerms(
            id,
            like.unit(),
            amount,
            like.category(),
            like.priority(),
            effectiveAt,
            Optional.of(expiresAt),
            like.scope(),
            of.account().sequence() + 1,
            ordinal),
        GrantState.OPEN);
  }

  /** The id, or where a caller has taken it already, the id with as many marks as it needs. */
  private static GrantId freeId(Case of, GrantId wanted) {
    GrantId id = wanted;
    while (of.grant(id).isPresent()) {
      id = new GrantId(id + "'");
    }
    return id;
  }
}
