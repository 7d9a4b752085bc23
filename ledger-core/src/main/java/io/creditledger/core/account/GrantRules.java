package io.creditledger.core.account;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Series;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a grant is made, activated and changed. */
final class GrantRules {

  /** Grants not at rest that one customer may have. */
  static final int OPEN_MAX = 10_000;

  private GrantRules() {}

  static Decision issue(Case of, LedgerEvent.IssueGrant issue) {
    Unit unit = issue.unit().orElse(of.catalog().defaultUnit());
    if (!of.catalog().units().containsKey(unit)) {
      return of.rejected(Reason.UNIT_UNKNOWN, "no unit \"" + unit + "\"");
    }
    if (!issue.amount().isPositive()) {
      return of.rejected(Reason.AMOUNT_NOT_POSITIVE, "amount is not positive: " + issue.amount());
    }
    if (of.account().grants().size() >= OPEN_MAX) {
      return of.rejected(Reason.TOO_MANY_GRANTS, "the customer has " + OPEN_MAX + " open grants");
    }
    Instant effectiveAt = issue.effectiveAt().orElse(of.occurredAt());
    Optional<SeriesStart> recurring =
        issue.recurring().map(how -> SeriesStart.of(of.account(), how, effectiveAt));
    Optional<Instant> expiresAt = issue.expiresAt().or(() -> recurring.map(SeriesStart::firstEnd));
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(effectiveAt)) {
      return of.rejected(
          Reason.FIELD_INVALID,
          "expires_at " + expiresAt.get() + " is not after effective_at " + effectiveAt);
    }
    GrantTerms terms =
        new GrantTerms(
            issue.grant(),
            unit,
            issue.amount(),
            issue.category(),
            issue.priority(),
            effectiveAt,
            expiresAt,
            issue.scope(),
            of.account().sequence() + 1,
            0);
    GrantState state =
        switch (issue.activation()) {
          case ON_CONFIRMATION -> GrantState.PENDING;
          case AT_ONCE -> stateAt(effectiveAt, of.recordedAt());
        };
    Grant made = Grant.made(terms, state);
    Postings postings = new Postings(of).knowing(made);
    List<Repayment> repayments = Repayments.by(of, postings, List.of(made));
    Optional<Series> series = recurring.flatMap(start -> start.series(made.id()));
    return of.accept(
        new Change.Granted(
            new NewGrant(made, issue.details()),
            series,
            issue.topUp(),
            repayments,
            Optional.of(unit),
            postings.list()));
  }

  static GrantState stateAt(Instant effectiveAt, Instant recordedAt) {
    return effectiveAt.isAfter(recordedAt) ? GrantState.SCHEDULED : GrantState.OPEN;
  }

  static Decision confirm(Case of, LedgerEvent.ConfirmGrant confirm) {
    Optional<Grant> known = of.grant(confirm.grant());
    if (known.isEmpty()) {
      return unknown(of, confirm.grant());
    }
    if (known.get().state() != GrantState.PENDING) {
      return notPending(of, known.get());
    }
    GrantState state = stateAt(known.get().terms().effectiveAt(), of.recordedAt());
    Grant confirmed = known.get().in(state);
    Postings postings = new Postings(of).knowing(confirmed);
    List<Repayment> repayments = Repayments.by(of, postings, List.of(confirmed));
    return of.accept(
        new Change.Confirmed(
            confirm.grant(),
            state,
            repayments,
            Optional.of(confirmed.terms().unit()),
            postings.list()));
  }

  /** Cancels a grant that waits, or ends a series, whose current grant then is its last. */
  static Decision cancel(Case of, LedgerEvent.CancelGrant cancel) {
    Optional<Grant> known = of.grant(cancel.grant());
    if (known.isEmpty()) {
      return unknown(of, cancel.grant());
    }
    Grant grant = known.get();
    boolean recurs =
        of.account().series().stream()
            .anyMatch(one -> one.id().equals(grant.id()) || one.current().equals(grant.id()));
    if (grant.state() != GrantState.PENDING && !recurs) {
      return notPending(of, grant);
    }
    Postings postings = new Postings(of);
    if (grant.state() == GrantState.PENDING) {
      postings.add(grant.id(), Move.VOID, grant.unheld());
    }
    return of.accept(
        new Change.Cancelled(grant.id(), Optional.of(grant.terms().unit()), postings.list()));
  }

  static Decision extend(Case of, LedgerEvent.ExtendGrant extend) {
    Optional<Grant> known = of.grant(extend.grant());
    if (known.isEmpty()) {
      return unknown(of, extend.grant());
    }
    if (known.get().state().ended()) {
      return ended(of, known.get());
    }
    GrantTerms terms = known.get().terms();
    Optional<Instant> expiresAt =
        switch (extend.end()) {
          case LedgerEvent.NewEnd.Unchanged unchanged -> terms.expiresAt();
          case LedgerEvent.NewEnd.Never never -> Optional.empty();
          case LedgerEvent.NewEnd.At at -> Optional.of(at.expiresAt());
        };
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(terms.effectiveAt())) {
      return of.rejected(
          Reason.FIELD_INVALID,
          "expires_at " + expiresAt.get() + " is not after effective_at " + terms.effectiveAt());
    }
    return of.accept(
        new Change.Extended(
            extend.grant(), expiresAt, extend.metadata(), Optional.of(terms.unit()), List.of()));
  }

  static Decision.Rejected unknown(Case of, GrantId id) {
    return of.rejected(Reason.GRANT_UNKNOWN, "no grant \"" + id + "\"");
  }

  static Decision.Rejected ended(Case of, Grant grant) {
    return of.rejected(
        Reason.GRANT_ENDED, "grant \"" + grant.id() + "\" is " + grant.state().wireName());
  }

  private static Decision.Rejected notPending(Case of, Grant grant) {
    return of.rejected(
        Reason.GRANT_NOT_PENDING, "grant \"" + grant.id() + "\" is " + grant.state().wireName());
  }
}
