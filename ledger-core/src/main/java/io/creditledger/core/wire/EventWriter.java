package io.creditledger.core.wire;

import io.creditledger.core.event.Charge;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Activation;
import io.creditledger.core.grant.GrantTerms;
import java.util.Optional;

/** An event's fields in their canonical order: what it is, what it asks for, when, and why. */
final class EventWriter {

  private final JsonWriter json;

  private EventWriter(JsonWriter json) {
    this.json = json;
  }

  static void write(JsonWriter json, LedgerEvent event) {
    json.text(Field.TYPE, EventType.of(event).wireName())
        .text(Field.ID, event.id().value())
        .text(Field.CUSTOMER, event.customer().value());
    new EventWriter(json).write(event);
  }

  private void write(LedgerEvent event) {
    switch (event) {
      case LedgerEvent.Usage usage -> {
        DimensionsJson.write(json, usage.dimensions());
        charge(usage.charge());
        json.map(Field.PROPERTIES, usage.properties());
        end(event, Field.METADATA);
      }
      case LedgerEvent.Reserve reserve -> {
        DimensionsJson.write(json, reserve.dimensions());
        charge(reserve.charge());
        lifetime(reserve.lifetime());
        json.map(Field.PROPERTIES, reserve.properties());
        end(event, Field.METADATA);
      }
      case LedgerEvent.Settle settle -> {
        json.text(Field.RESERVATION, settle.reservation().value());
        settle.charge().ifPresent(this::settledCharge);
        json.map(Field.PROPERTIES, settle.properties());
        end(event, Field.METADATA);
      }
      case LedgerEvent.Release release -> {
        json.text(Field.RESERVATION, release.reservation().value());
        end(event, Field.METADATA);
      }
      case LedgerEvent.Reverse reverse -> {
        json.text(Field.USAGE, reverse.usage().value()).text(Field.AMOUNT, reverse.amount());
        end(event, Field.METADATA);
      }
      case LedgerEvent.IssueGrant grant -> grant(grant);
      case LedgerEvent.VoidGrant ended -> {
        json.text(Field.GRANT, ended.grant().value());
        extent(ended.extent());
        end(event, Field.METADATA);
      }
      case LedgerEvent.Adjust adjust -> {
        json.text(Field.GRANT, adjust.grant())
            .amount(Field.AMOUNT, adjust.amount())
            .text(Field.UNIT, adjust.unit())
            .time(Field.EXPIRES_AT, adjust.expiresAt());
        end(event, Field.METADATA);
      }
      case LedgerEvent.ConfirmGrant confirm -> {
        json.text(Field.GRANT, confirm.grant().value());
        end(event, Field.METADATA);
      }
      case LedgerEvent.CancelGrant cancel -> {
        json.text(Field.GRANT, cancel.grant().value());
        end(event, Field.METADATA);
      }
      case LedgerEvent.ExtendGrant extend -> extend(extend);
      case LedgerEvent.Configure configure -> {
        SettingsJson.writeOverdraft(json, configure.overdraft());
        json.text(Field.TIME_ZONE, configure.timeZone()).text(Field.PLAN, configure.plan());
        RulesJson.writeNewAlerts(json, configure.alerts());
        newTopUp(configure.topUp());
        end(event, Field.METADATA);
      }
      case LedgerEvent.GrantEffective effective ->
          json.text(Field.GRANT, effective.grant().value());
      case LedgerEvent.GrantExpiry expiry ->
          json.text(Field.GRANT, expiry.grant().value()).time(Field.EXPIRES_AT, expiry.expiresAt());
      case LedgerEvent.GrantRenewal renewal ->
          json.text(Field.GRANT, renewal.grant().value()).number(Field.PERIOD, renewal.period());
      case LedgerEvent.ReservationExpiry expiry ->
          json.text(Field.RESERVATION, expiry.reservation().value());
      case LedgerEvent.EndTopUp ended -> {
        json.text(Field.TOP_UP, ended.topUp().value())
            .text(Field.OUTCOME, ended.outcome().wireName());
        end(event, Field.METADATA);
      }
      case LedgerEvent.Reminder reminder -> json.text(Field.GRANT, reminder.grant());
    }
  }

  private void newTopUp(LedgerEvent.NewTopUp topUp) {
    switch (topUp) {
      case LedgerEvent.NewTopUp.Unchanged unchanged -> {}
      case LedgerEvent.NewTopUp.None none -> json.nothing(Field.TOP_UP);
      case LedgerEvent.NewTopUp.Rule set -> RulesJson.writeTopUp(json, Optional.of(set.rule()));
    }
  }

  private void extent(LedgerEvent.Extent extent) {
    switch (extent) {
      case LedgerEvent.Extent.All all -> {
        // All is what no amount means.
      }
      case LedgerEvent.Extent.Exactly exactly -> json.amount(Field.AMOUNT, exactly.amount());
      case LedgerEvent.Extent.UpTo upTo ->
          json.amount(Field.AMOUNT, upTo.amount()).flag(Field.UP_TO);
    }
  }

  private void grant(LedgerEvent.IssueGrant grant) {
    json.amount(Field.AMOUNT, grant.amount())
        .text(Field.UNIT, grant.unit())
        .text(Field.CATEGORY, grant.category().wireName());
    if (grant.priority() != GrantTerms.PRIORITY_DEFAULT) {
      json.number(Field.PRIORITY, grant.priority());
    }
    json.time(Field.EFFECTIVE_AT, grant.effectiveAt()).time(Field.EXPIRES_AT, grant.expiresAt());
    GrantJson.writeScope(json, grant.scope());
    if (grant.activation() == Activation.ON_CONFIRMATION) {
      json.flag(Field.PENDING);
    }
    grant
        .recurring()
        .ifPresent(how -> json.object(Field.RECURRENCE, o -> RecurrenceJson.write(o, how)));
    GrantJson.writeDetails(json, grant.details());
    json.text(Field.TOP_UP, grant.topUp());
    end(grant, Field.EVENT_METADATA);
  }

  private void extend(LedgerEvent.ExtendGrant extend) {
    json.text(Field.GRANT, extend.grant().value());
    switch (extend.end()) {
      case LedgerEvent.NewEnd.Unchanged unchanged -> {}
      case LedgerEvent.NewEnd.Never never -> json.nothing(Field.EXPIRES_AT);
      case LedgerEvent.NewEnd.At at -> json.time(Field.EXPIRES_AT, at.expiresAt());
    }
    json.map(Field.METADATA, extend.metadata());
    end(extend, Field.EVENT_METADATA);
  }

  private void charge(Charge charge) {
    switch (charge) {
      case Charge.Rated rated ->
          json.amount(Field.CREDITS, rated.credits()).text(Field.UNIT, rated.unit());
      case Charge.Metered metered -> json.text(Field.QUANTITY, metered.quantity().toString());
      case Charge.Counted counted -> {}
    }
  }

  /** A settlement that says nothing means all that is held, so it cannot also mean a count. */
  private void settledCharge(Charge charge) {
    if (charge instanceof Charge.Counted) {
      throw new IllegalArgumentException("a settlement by count cannot be written");
    }
    charge(charge);
  }

  private void lifetime(LedgerEvent.Lifetime lifetime) {
    switch (lifetime) {
      case LedgerEvent.Lifetime.Default none -> {}
      case LedgerEvent.Lifetime.For time -> json.text(Field.TTL, time.ttl().toString());
      case LedgerEvent.Lifetime.Until until -> json.time(Field.EXPIRES_AT, until.expiresAt());
    }
  }

  private void end(LedgerEvent event, String metadataField) {
    json.time(Field.OCCURRED_AT, event.occurredAt());
    NoteJson.write(json, event.note(), metadataField);
  }
}
