package io.creditledger.stripe.payment;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.core.wire.OutcomeJson.Kind;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.payment.PaidGrant.PlanPart;
import io.creditledger.stripe.payment.PaidGrant.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Learns from the ledger what became of the grants that payments paid for. */
public final class GrantNews implements JournalSink.Reader {

  private final TakeBacks takeBacks;
  private final InstantSource clock;

  /** Learns, and has a grant that comes by itself share the fate of its payment. */
  public GrantNews(TakeBacks takeBacks, InstantSource clock) {
    this.takeBacks = takeBacks;
    this.clock = clock;
  }

  @Override
  public void entries(Handle transaction, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      CustomerId customer = entry.header().customer();
      EventId id = entry.header().id();
      switch (entry.change()) {
        case Change.Voided voided ->
            answered(transaction, customer, id, voided.amount(), voided.state().wireName());
        case Change.Adjusted adjusted ->
            answered(
                transaction, customer, id, adjusted.amount().negated(), GrantState.OPEN.wireName());
        case Change.Expired expired ->
            Payments.find(transaction, customer, expired.grant())
                .ifPresent(
                    grant ->
                        CarryOvers.expired(transaction, grant, expired.amount(), clock.instant()));
        case Change.Renewed renewed -> renewed(transaction, customer, id, renewed);
        case Change.Used other -> {}
        case Change.Reserved other -> {}
        case Change.Settled other -> {}
        case Change.Released other -> {}
        case Change.Lapsed other -> {}
        case Change.Reversed other -> {}
        case Change.Granted other -> {}
        case Change.Confirmed other -> {}
        case Change.Cancelled other -> {}
        case Change.Extended other -> {}
        case Change.Configured other -> {}
        case Change.BecameEffective other -> {}
        case Change.Reminded other -> {}
        case Change.TopUpEnded other -> {}
      }
    }
  }

  @Override
  public void outcomes(Handle transaction, List<OutcomeJson.Parsed> outcomes) {
    for (OutcomeJson.Parsed outcome : outcomes) {
      if (outcome.kind() == Kind.REJECTION
          && outcome.customer().isPresent()
          && outcome.id().isPresent()) {
        answered(
            transaction,
            outcome.customer().get(),
            outcome.id().get(),
            Credits.ZERO,
            outcome.code().orElse(""));
      }
    }
  }

  private static void answered(
      Handle transaction, CustomerId customer, EventId id, Credits done, String state) {
    transaction
        .createUpdate(
            "update correction set done = :done, grant_state = :state"
                + " where customer = :customer and event_id = :id")
        .bind("done", done.micros())
        .bind("state", state)
        .bind("customer", customer.value())
        .bind("id", id.value())
        .execute();
  }

  private void renewed(
      Handle transaction, CustomerId customer, EventId cause, Change.Renewed renewed) {
    Optional<PaidGrant> first = Payments.find(transaction, customer, renewed.series());
    if (first.isEmpty()) {
      return;
    }
    Payments.keep(transaction, next(first.get(), renewed.made(), Role.PERIOD));
    renewed
        .rollover()
        .ifPresent(made -> Payments.keep(transaction, next(first.get(), made, Role.ROLLOVER)));
    takeBacks.enforce(transaction, first.get().payment(), cause.value());
    first
        .get()
        .plan()
        .ifPresent(
            plan ->
                PlanEnds.enforce(transaction, plan.subscription(), cause.value(), clock.instant()));
  }

  private static PaidGrant next(PaidGrant first, NewGrant made, Role role) {
    GrantTerms terms = made.grant().terms();
    GrantId series = first.grant();
    return new PaidGrant(
        first.customer(),
        terms.id(),
        first.payment(),
        first
            .plan()
            .map(plan -> new PlanPart(plan.subscription(), plan.plan(), plan.place(), role)),
        series,
        first.since(),
        terms.unit(),
        terms.amount(),
        terms.effectiveAt(),
        terms.expiresAt());
  }
}
