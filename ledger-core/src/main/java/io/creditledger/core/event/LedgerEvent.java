package io.creditledger.core.event;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Texts;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be asked of a customer's account. A closed set: every switch names them all.
 */
public sealed interface LedgerEvent {

  /** The caller's id: the same id with the same content changes nothing (rule 14). */
  EventId id();

  /** Whose account it concerns; also the record's key. */
  CustomerId customer();

  /** When it happened, as the producer says; absent: when it was recorded. */
  Optional<Instant> occurredAt();

  /** What was said about it. */
  Note note();

  /** Usage to be burned. */
  record Usage(
      EventId id,
      CustomerId customer,
      Dimensions dimensions,
      Charge charge,
      Map<String, String> properties,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {
    public Usage {
      properties = Texts.copyOf(properties);
    }
  }

  /** Credits to be held for a task: all of them or a refusal. */
  record Reserve(
      EventId id,
      CustomerId customer,
      Dimensions dimensions,
      Charge charge,
      Map<String, String> properties,
      Lifetime lifetime,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {
    public Reserve {
      properties = Texts.copyOf(properties);
    }
  }

  /** How long a reservation asks to live. */
  sealed interface Lifetime {
    /** As long as the catalog's default says. */
    record Default() implements Lifetime {}

    /** For a time from when it is recorded. */
    record For(Duration ttl) implements Lifetime {}

    /** Until an instant. */
    record Until(Instant expiresAt) implements Lifetime {}
  }

  /**
   * A task's end with what it truly cost.
   *
   * @param charge absent: all that is held, in the quantity that was asked for
   */
  record Settle(
      EventId id,
      CustomerId customer,
      EventId reservation,
      Optional<Charge> charge,
      Map<String, String> properties,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {
    public Settle {
      properties = Texts.copyOf(properties);
    }
  }

  /** A task's end without cost: all that is held returns. */
  record Release(
      EventId id, CustomerId customer, EventId reservation, Optional<Instant> occurredAt, Note note)
      implements LedgerEvent {}

  /**
   * Usage undone.
   *
   * @param amount absent: all that is not yet reversed
   */
  record Reverse(
      EventId id,
      CustomerId customer,
      EventId usage,
      Optional<Credits> amount,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {}

  /**
   * Credits given. The event's id is the grant's.
   *
   * @param effectiveAt absent: when it occurred
   * @param activation whether it counts at once or waits to be confirmed
   * @param topUp the top-up request that it answers
   */
  record IssueGrant(
      EventId id,
      CustomerId customer,
      Credits amount,
      Optional<Unit> unit,
      Category category,
      int priority,
      Optional<Instant> effectiveAt,
      Optional<Instant> expiresAt,
      Scope scope,
      Activation activation,
      Optional<Recurring> recurring,
      GrantDetails details,
      Optional<EventId> topUp,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {

    /** The grant this event makes. */
    public GrantId grant() {
      return new GrantId(id.value());
    }
  }

  /** When a grant starts to count. */
  enum Activation {
    /** As soon as it is effective. */
    AT_ONCE,
    /** When a later event confirms it, for instance because it was paid. */
    ON_CONFIRMATION
  }

  /** A grant's unheld remainder taken back. */
  record VoidGrant(
      EventId id,
      CustomerId customer,
      GrantId grant,
      Extent extent,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {}

  /** How much of a grant is to be taken back. */
  sealed interface Extent {
    /** All that is left, which also ends the grant. */
    record All() implements Extent {}

    /** So much or nothing. */
    record Exactly(Credits amount) implements Extent {}

    /** So much, or what is left if that is less; nothing of a grant that has ended. */
    record UpTo(Credits amount) implements Extent {}

    /** The extent that an amount, or none, stands for. */
    static Extent of(Optional<Credits> amount) {
      return amount.<Extent>map(Exactly::new).orElseGet(All::new);
    }
  }

  /**
   * A signed, reasoned change. With a grant: of what is left of that grant. Without: a positive
   * amount makes a promotional grant of the event's id, a negative one is taken in burn order.
   */
  record Adjust(
      EventId id,
      CustomerId customer,
      Optional<GrantId> grant,
      Credits amount,
      Optional<Unit> unit,
      Optional<Instant> expiresAt,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {}

  /** A waiting grant begins to count. */
  record ConfirmGrant(
      EventId id, CustomerId customer, GrantId grant, Optional<Instant> occurredAt, Note note)
      implements LedgerEvent {}

  /** A waiting grant never will. */
  record CancelGrant(
      EventId id, CustomerId customer, GrantId grant, Optional<Instant> occurredAt, Note note)
      implements LedgerEvent {}

  /** A grant's end moved, or its metadata extended; nothing else of a grant can be changed. */
  record ExtendGrant(
      EventId id,
      CustomerId customer,
      GrantId grant,
      NewEnd end,
      Map<String, String> metadata,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {
    public ExtendGrant {
      metadata = Texts.copyOf(metadata);
    }
  }

  /** The end a grant is to have. */
  sealed interface NewEnd {
    /** As it was. */
    record Unchanged() implements NewEnd {}

    /** None: the grant never expires. */
    record Never() implements NewEnd {}

    /** That instant. */
    record At(Instant expiresAt) implements NewEnd {}
  }

  /** A customer's settings; what is absent stays as it was. */
  record Configure(
      EventId id,
      CustomerId customer,
      Optional<OverdraftPolicy> overdraft,
      Optional<ZoneId> timeZone,
      Optional<String> plan,
      Map<Unit, NewAlertRule> alerts,
      NewTopUp topUp,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {
    public Configure {
      alerts = Map.copyOf(alerts);
    }
  }

  /** The rule by which a customer is to be alerted in a unit. */
  sealed interface NewAlertRule {
    /** None of the customer's own, so the catalog's. */
    record Catalogs() implements NewAlertRule {}

    /** This one, in place of the whole old one. */
    record Own(AlertRule rule) implements NewAlertRule {}
  }

  /** The top-up rule a customer is to have. */
  sealed interface NewTopUp {
    /** As it was. */
    record Unchanged() implements NewTopUp {}

    /** None. */
    record None() implements NewTopUp {}

    /** This one, beginning anew: failures are forgotten, and with them a pause. */
    record Rule(TopUpRule rule) implements NewTopUp {}
  }

  /** A top-up request ended without a grant. */
  record EndTopUp(
      EventId id,
      CustomerId customer,
      EventId topUp,
      TopUpOutcome outcome,
      Optional<Instant> occurredAt,
      Note note)
      implements LedgerEvent {}

  /** A timer's word that a grant has become effective. */
  record GrantEffective(EventId id, CustomerId customer, GrantId grant) implements Timed {}

  /**
   * A timer's word that a grant's life is over.
   *
   * @param expiresAt the end the timer knew, which may have been moved since
   */
  record GrantExpiry(EventId id, CustomerId customer, GrantId grant, Instant expiresAt)
      implements Timed {}

  /** A timer's word that a recurring grant's next period has begun. */
  record GrantRenewal(EventId id, CustomerId customer, GrantId grant, long period)
      implements Timed {}

  /** A timer's word that a reservation has run out. */
  record ReservationExpiry(EventId id, CustomerId customer, EventId reservation) implements Timed {}

  /**
   * A timer's word that the account is to be looked at for alerts.
   *
   * @param grant the grant whose end is near; absent: a top-up may have its turn
   */
  record Reminder(EventId id, CustomerId customer, Optional<GrantId> grant) implements Timed {}

  /** What the ledger's own timers publish; it happens when it is recorded. */
  sealed interface Timed extends LedgerEvent {
    @Override
    default Optional<Instant> occurredAt() {
      return Optional.empty();
    }

    @Override
    default Note note() {
      return Note.NONE;
    }
  }
}
