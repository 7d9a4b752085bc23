package io.creditledger.core.event;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.Texts;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A 64-bit digest of what an event says, the same on every machine and for ever. It tells a second
 * delivery from a reused id; it is no protection against forgery. What the broker adds (position,
 * append time) is no part of it, nor is anything left to a default.
 */
public final class Fingerprint {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private static final long START = 0x243F6A8885A308D3L;

  /** Each digest begins with the event's type, so that much is known before. */
  private static final Map<EventType, Long> AFTER_TYPE = afterType();

  private long state;

  private Fingerprint(long state) {
    this.state = state;
  }

  private static Map<EventType, Long> afterType() {
    Map<EventType, Long> after = new EnumMap<>(EventType.class);
    for (EventType type : EventType.values()) {
      after.put(type, new Fingerprint(START).add(type.wireName()).state);
    }
    return after;
  }

  /** The digest of an event. */
  public static long of(LedgerEvent event) {
    Fingerprint print = new Fingerprint(AFTER_TYPE.get(EventType.of(event)));
    print.add(event.id().value()).add(event.customer().value());
    print.add(event.occurredAt().map(InstantText::of));
    print.add(event.note().description()).add(event.note().actor());
    print.add(event.note().metadata());
    switch (event) {
      case LedgerEvent.Usage usage ->
          print.add(usage.dimensions()).add(usage.charge()).add(usage.properties());
      case LedgerEvent.Reserve reserve ->
          print
              .add(reserve.dimensions())
              .add(reserve.charge())
              .add(reserve.properties())
              .add(reserve.lifetime());
      case LedgerEvent.Settle settle -> print.addSettle(settle);
      case LedgerEvent.Release release -> print.add(release.reservation());
      case LedgerEvent.Reverse reverse -> print.add(reverse.usage()).add(reverse.amount());
      case LedgerEvent.IssueGrant grant -> print.addGrant(grant);
      case LedgerEvent.VoidGrant ended -> print.add(ended.grant()).add(ended.extent());
      case LedgerEvent.Adjust adjust ->
          print.add(adjust.grant()).add(adjust.amount()).add(adjust.unit()).add(adjust.expiresAt());
      case LedgerEvent.ConfirmGrant confirm -> print.add(confirm.grant());
      case LedgerEvent.CancelGrant cancel -> print.add(cancel.grant());
      case LedgerEvent.ExtendGrant extend ->
          print.add(extend.grant()).add(extend.end()).add(extend.metadata());
      case LedgerEvent.Configure configure -> print.addSettings(configure);
      case LedgerEvent.EndTopUp ended -> print.add(ended.topUp()).add(ended.outcome().wireName());
      case LedgerEvent.GrantEffective effective -> print.add(effective.grant());
      case LedgerEvent.GrantExpiry expiry -> print.add(expiry.grant()).add(expiry.expiresAt());
      case LedgerEvent.GrantRenewal renewal -> print.add(renewal.grant()).add(renewal.period());
      case LedgerEvent.ReservationExpiry expiry -> print.add(expiry.reservation());
      case LedgerEvent.Reminder reminder -> print.add(reminder.grant());
    }
    return print.finished();
  }

  private void addSettle(LedgerEvent.Settle settle) {
    add(settle.reservation()).add(settle.properties());
    settle.charge().ifPresent(this::add);
  }

  private void addGrant(LedgerEvent.IssueGrant grant) {
    add(grant.amount())
        .add(grant.unit())
        .add(grant.category().wireName())
        .add(grant.priority())
        .add(grant.effectiveAt())
        .add(grant.expiresAt())
        .add(grant.scope())
        .add(grant.activation().name())
        .add(grant.topUp())
        .add(grant.details().name())
        .add(grant.details().metadata());
    grant.details().costBasis().ifPresent(cost -> add(cost.amount()).add(cost.currency()));
    grant.recurring().ifPresent(this::addRecurring);
  }

  private void addRecurring(Recurring recurring) {
    Recurrence recurrence = recurring.recurrence();
    add(recurring.anchor())
        .add(recurring.lifetime())
        .add(recurrence.every())
        .add(recurrence.until())
        .add(recurrence.count().orElse(0));
    recurrence
        .rollover()
        .ifPresent(
            rollover ->
                add(rollover.cap())
                    .add(rollover.fraction().map(BigDecimal::toPlainString))
                    .add(rollover.lifetime()));
  }

  private void addSettings(LedgerEvent.Configure configure) {
    add(configure.timeZone()).add(configure.plan());
    configure
        .overdraft()
        .ifPresent(policy -> add(policy.overdraft().wireName()).add(policy.limit()));
    mix(configure.alerts().size());
    new TreeMap<>(configure.alerts())
        .forEach(
            (unit, changed) -> {
              add(unit);
              switch (changed) {
                case LedgerEvent.NewAlertRule.Catalogs catalogs -> add("catalog's");
                case LedgerEvent.NewAlertRule.Own own -> addAlert(own.rule());
              }
            });
    switch (configure.topUp()) {
      case LedgerEvent.NewTopUp.Unchanged unchanged -> add("unchanged");
      case LedgerEvent.NewTopUp.None none -> add("none");
      case LedgerEvent.NewTopUp.Rule changed -> addTopUp(changed.rule());
    }
  }

  private void addAlert(AlertRule rule) {
    add(rule.low()).add(rule.lowShare().map(BigDecimal::toPlainString)).add(rule.expiringSoon());
  }

  private void addTopUp(TopUpRule rule) {
    add("rule")
        .add(rule.unit())
        .add(rule.threshold())
        .add(rule.amount())
        .add(rule.target())
        .add(rule.monthlyCap())
        .add(rule.coolDown())
        .add(rule.failuresMax());
  }

  private Fingerprint add(Charge charge) {
    return switch (charge) {
      case Charge.Rated rated -> add("credits").add(rated.credits()).add(rated.unit());
      case Charge.Metered metered -> add("quantity").add(metered.quantity());
      case Charge.Counted counted -> add("count");
    };
  }

  private Fingerprint add(LedgerEvent.Lifetime lifetime) {
    return switch (lifetime) {
      case LedgerEvent.Lifetime.Default none -> add("default");
      case LedgerEvent.Lifetime.For time -> add("for").add(time.ttl());
      case LedgerEvent.Lifetime.Until until -> add("until").add(until.expiresAt());
    };
  }

  private Fingerprint add(LedgerEvent.Extent extent) {
    return switch (extent) {
      case LedgerEvent.Extent.All all -> add(Optional.empty());
      case LedgerEvent.Extent.Exactly exactly -> add(Optional.of(exactly.amount()));
      case LedgerEvent.Extent.UpTo upTo -> add(Optional.of(upTo.amount())).add("up to");
    };
  }

  private Fingerprint add(LedgerEvent.NewEnd end) {
    return switch (end) {
      case LedgerEvent.NewEnd.Unchanged unchanged -> add("unchanged");
      case LedgerEvent.NewEnd.Never never -> add("never");
      case LedgerEvent.NewEnd.At at -> add("at").add(at.expiresAt());
    };
  }

  private Fingerprint add(Scope scope) {
    mix(scope.meters().size());
    scope.meters().forEach(this::add);
    mix(scope.subscriptions().size());
    scope.subscriptions().forEach(this::add);
    return this;
  }

  private Fingerprint add(Dimensions dimensions) {
    return add(dimensions.meter()).add(dimensions.subscription());
  }

  private Fingerprint add(Map<String, String> map) {
    Texts texts = Texts.copyOf(map);
    mix(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      add(texts.name(i)).add(texts.text(i));
    }
    return this;
  }

  private Fingerprint add(Optional<?> value) {
    if (value.isEmpty()) {
      mix(0);
      return this;
    }
    mix(1);
    return add(value.get());
  }

  /** For ids, amounts, periods, zones and times, whose text is a stable contract. */
  private Fingerprint add(Object value) {
    return add(value.toString());
  }

  private Fingerprint add(String text) {
    int length = text.length();
    mix(length);
    long mixed = state;
    for (int i = 0; i < length; i++) {
      mixed = (mixed ^ text.charAt(i)) * MULTIPLIER;
      mixed ^= mixed >>> 29;
    }
    state = mixed;
    return this;
  }

  private void mix(long value) {
    state = (state ^ value) * MULTIPLIER;
    state ^= state >>> 32;
  }

  private long finished() {
    mix(0);
    return state;
  }
}
