package io.creditledger.core.entry;

import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.reservation.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an entry changed. Postings stand in the order in which they are applied, after any grant the
 * change makes has been added and before any grant it ends is ended.
 */
public sealed interface Change {

  /** The unit it touched; absent when it touched no credits. */
  Optional<Unit> unit();

  /** The movements of grants' credits, possibly none. */
  List<Posting> postings();

  /**
   * Usage burned.
   *
   * @param count the meter's count after it, where the customer's plan limits the meter
   */
  record Used(
      Dimensions dimensions,
      Map<String, String> properties,
      Optional<Quantity> quantity,
      Credits credits,
      Optional<Unit> unit,
      List<Posting> postings,
      Shortfall shortfall,
      Optional<MeterCount> count)
      implements Change {}

  /** Credits held. */
  record Reserved(Reservation reservation, Optional<Unit> unit, List<Posting> postings)
      implements Change {}

  /**
   * A reservation's true cost burned, first from what it held, and the rest returned.
   *
   * @param credits the true cost; zero when everything returned
   * @param count the meter's count after it, where the customer's plan limits the meter
   */
  record Settled(
      EventId reservation,
      Dimensions dimensions,
      Map<String, String> properties,
      Optional<Quantity> quantity,
      Credits credits,
      Optional<Unit> unit,
      List<Posting> postings,
      Shortfall shortfall,
      Optional<MeterCount> count)
      implements Change {}

  /** A reservation returned unused, because it was asked for. */
  record Released(EventId reservation, Optional<Unit> unit, List<Posting> postings)
      implements Change {}

  /** A reservation returned unused, because it ran out. */
  record Lapsed(EventId reservation, Optional<Unit> unit, List<Posting> postings)
      implements Change {}

  /**
   * Usage undone: first what no grant had covered, then what grants have since repaid of it, then
   * allocations, the last first.
   *
   * @param amount all that is undone
   * @param cancelled the part that no grant covers
   * @param unrepaid the part taken back from grants that had repaid overdraft; its postings come
   *     first
   */
  record Reversed(
      EventId usage,
      Dimensions dimensions,
      Credits amount,
      Shortfall cancelled,
      Credits unrepaid,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}

  /**
   * A grant made; where it is effective at once, overdraft repaid.
   *
   * @param topUp the request that it answers
   */
  record Granted(
      NewGrant made,
      Optional<Series> series,
      Optional<EventId> topUp,
      List<Repayment> repayments,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}

  /**
   * Credits taken back from a grant.
   *
   * @param amount what was taken
   * @param asked what was asked for at most, where less would do
   * @param state {@code VOIDED} where the grant is ended by it, else the state it had
   */
  record Voided(
      GrantId grant,
      Credits amount,
      Optional<Credits> asked,
      GrantState state,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}

  /**
   * A signed correction.
   *
   * @param made the grant that a positive amount without a grant makes
   */
  record Adjusted(
      Credits amount,
      Optional<NewGrant> made,
      List<Repayment> repayments,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}

  /** A waiting grant confirmed; where it is effective already, overdraft repaid. */
  record Confirmed(
      GrantId grant,
      GrantState state,
      List<Repayment> repayments,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}

  /** A waiting grant cancelled. */
  record Cancelled(GrantId grant, Optional<Unit> unit, List<Posting> postings) implements Change {}

  /**
   * A grant's end or metadata changed.
   *
   * @param expiresAt its end from now on
   * @param metadata added to what it had
   */
  record Extended(
      GrantId grant,
      Optional<Instant> expiresAt,
      Map<String, String> metadata,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}

  /** A customer's settings, as they are from now on. */
  record Configured(CustomerSettings settings, TopUpStart start) implements Change {
    /** The top-up rule's, since a new rule may ask at once. */
    @Override
    public Optional<Unit> unit() {
      return settings.topUp().map(TopUpRule::unit);
    }

    @Override
    public List<Posting> postings() {
      return List.of();
    }
  }

  /** A grant became effective; overdraft repaid. */
  record BecameEffective(
      GrantId grant, List<Repayment> repayments, Optional<Unit> unit, List<Posting> postings)
      implements Change {}

  /** The account was looked at for what time alone brings near: a grant's end, a top-up's turn. */
  record Reminded(Optional<GrantId> grant, Optional<Unit> unit) implements Change {
    @Override
    public List<Posting> postings() {
      return List.of();
    }
  }

  /** A top-up request ended without a grant. */
  record TopUpEnded(EventId topUp, TopUpOutcome outcome, Optional<Unit> unit) implements Change {
    @Override
    public List<Posting> postings() {
      return List.of();
    }
  }

  /**
   * A grant's life ended.
   *
   * @param amount the unheld remainder that expired, possibly zero
   */
  record Expired(GrantId grant, Credits amount, Optional<Unit> unit, List<Posting> postings)
      implements Change {}

  /**
   * A recurring grant's next period began: the old grant's remainder expired, part of it may have
   * been carried over, the new period's grant was made.
   *
   * @param period the period that began
   * @param ended the old grant, where it ended by this
   * @param next the series from now on; absent after its last period
   */
  record Renewed(
      GrantId series,
      long period,
      Optional<GrantId> ended,
      NewGrant made,
      Optional<NewGrant> rollover,
      Optional<Series> next,
      List<Repayment> repayments,
      Optional<Unit> unit,
      List<Posting> postings)
      implements Change {}
}
