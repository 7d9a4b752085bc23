package io.creditledger.core.wire;

import io.creditledger.core.account.EndTold;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What an account is watched by, in bytes: rules of alerts and top-ups, counts of meters. */
final class WatchCodec {

  private static final int TOP_UP_NEW = 0;
  private static final int TOP_UP_BEGUN = 1;

  private WatchCodec() {}

  static void write(BinaryWriter out, Quantity quantity) {
    out.text(quantity.toString());
  }

  static Quantity quantity(BinaryReader in) {
    return Quantity.parse(in.text());
  }

  static void write(BinaryWriter out, MeterCount count) {
    out.text(count.meter().value());
    out.time(count.since());
    write(out, count.used());
    out.time(count.until());
  }

  static MeterCount count(BinaryReader in) {
    return new MeterCount(new MeterName(in.text()), in.time(), quantity(in), in.time());
  }

  static void write(BinaryWriter out, EndTold told) {
    out.text(told.grant().value());
    out.time(told.end());
  }

  static EndTold told(BinaryReader in) {
    return new EndTold(new GrantId(in.text()), in.time());
  }

  static void write(BinaryWriter out, Map<Unit, AlertRule> alerts) {
    out.number(alerts.size());
    new TreeMap<>(alerts)
        .forEach(
            (unit, rule) -> {
              Parts.write(out, unit);
              Parts.write(out, rule.low(), Parts::write);
              Parts.write(out, rule.lowShare(), (o, share) -> o.text(share.toPlainString()));
              Parts.write(out, rule.expiringSoon(), WatchCodec::write);
            });
  }

  static Map<Unit, AlertRule> alerts(BinaryReader in) {
    int size = in.count();
    Map<Unit, AlertRule> alerts = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      alerts.put(
          Parts.unit(in),
          new AlertRule(
              Parts.optional(in, Parts::credits),
              Parts.optional(in, one -> new BigDecimal(one.text())),
              Parts.optional(in, WatchCodec::duration)));
    }
    return alerts;
  }

  static void write(BinaryWriter out, TopUpRule rule) {
    Parts.write(out, rule.unit());
    Parts.write(out, rule.threshold());
    Parts.write(out, rule.amount(), Parts::write);
    Parts.write(out, rule.target(), Parts::write);
    Parts.write(out, rule.monthlyCap(), Parts::write);
    write(out, rule.coolDown());
    out.number(rule.failuresMax());
  }

  static TopUpRule topUpRule(BinaryReader in) {
    return new TopUpRule(
        Parts.unit(in),
        Parts.credits(in),
        Parts.optional(in, Parts::credits),
        Parts.optional(in, Parts::credits),
        Parts.optional(in, Parts::credits),
        duration(in),
        in.small());
  }

  /** Most customers have none, which takes one byte. */
  static void write(BinaryWriter out, TopUpState state) {
    if (state.equals(TopUpState.NEW)) {
      out.octet(TOP_UP_NEW);
      return;
    }
    out.octet(TOP_UP_BEGUN);
    Parts.write(out, state.pending(), (o, request) -> o.text(request.value()));
    Parts.write(out, state.pendingAmount());
    Parts.writeTime(out, state.lastAt());
    Parts.writeTime(out, state.month());
    Parts.write(out, state.inMonth());
    out.number(state.failures());
    out.number(state.requests());
    Parts.writeTime(out, state.remindedAt());
  }

  static TopUpState topUpState(BinaryReader in) {
    int code = in.octet();
    return switch (code) {
      case TOP_UP_NEW -> TopUpState.NEW;
      case TOP_UP_BEGUN ->
          new TopUpState(
              Parts.optional(in, one -> new EventId(one.text())),
              Parts.credits(in),
              Parts.time(in),
              Parts.time(in),
              Parts.credits(in),
              in.small(),
              in.number(),
              Parts.time(in));
      default -> throw in.damaged("neither a new top-up rule nor one that has begun: " + code);
    };
  }

  private static void write(BinaryWriter out, Duration duration) {
    out.signed(duration.getSeconds());
    out.number(duration.getNano());
  }

  private static Duration duration(BinaryReader in) {
    return Duration.ofSeconds(in.signed(), in.number());
  }
}
