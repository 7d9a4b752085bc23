package io.creditledger.core.wire;

import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.entry.Series;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Grants and series in bytes. A grant's flags tell which fields follow, since most are usually zero
 * or as by default. What was consumed is not written: it is what conservation leaves.
 */
final class GrantCodec {

  private static final int STATE_MASK = 0x7;
  private static final int PROMOTIONAL = 0x8;
  private static final int EXPIRES = 0x10;
  private static final int SCOPED = 0x20;
  private static final int ADJUSTED = 0x40;
  private static final int HELD = 0x80;
  private static final int EXPIRED = 0x100;
  private static final int VOIDED = 0x200;
  private static final int ORDINAL = 0x400;
  private static final int PRIORITY = 0x800;
  private static final int ALL_FLAGS = 0xfff;

  private GrantCodec() {}

  static void write(BinaryWriter out, Grant grant) {
    GrantTerms terms = grant.terms();
    int flags = flags(grant);
    out.number(flags);
    out.text(terms.id().value());
    Parts.write(out, terms.unit());
    Parts.write(out, terms.amount());
    Parts.write(out, grant.unheld());
    out.time(terms.effectiveAt());
    out.number(terms.sequence());
    if (terms.expiresAt().isPresent()) {
      out.time(terms.expiresAt().get());
    }
    if ((flags & SCOPED) != 0) {
      Parts.write(out, terms.scope().meters(), (o, meter) -> o.text(meter.value()));
      Parts.write(out, terms.scope().subscriptions(), (o, one) -> o.text(one.value()));
    }
    if ((flags & ADJUSTED) != 0) {
      out.signed(grant.adjusted().micros());
    }
    writeIf(out, flags & HELD, grant.held().micros());
    writeIf(out, flags & EXPIRED, grant.expired().micros());
    writeIf(out, flags & VOIDED, grant.voided().micros());
    writeIf(out, flags & ORDINAL, terms.ordinal());
    writeIf(out, flags & PRIORITY, terms.priority());
  }

  private static int flags(Grant grant) {
    GrantTerms terms = grant.terms();
    return Codes.of(grant.state())
        | (Codes.of(terms.category()) == 0 ? 0 : PROMOTIONAL)
        | (terms.expiresAt().isPresent() ? EXPIRES : 0)
        | (isScoped(terms.scope()) ? SCOPED : 0)
        | (grant.adjusted().isZero() ? 0 : ADJUSTED)
        | (grant.held().isZero() ? 0 : HELD)
        | (grant.expired().isZero() ? 0 : EXPIRED)
        | (grant.voided().isZero() ? 0 : VOIDED)
        | (terms.ordinal() == 0 ? 0 : ORDINAL)
        | (terms.priority() == GrantTerms.PRIORITY_DEFAULT ? 0 : PRIORITY);
  }

  private static boolean isScoped(Scope scope) {
    return !scope.meters().isEmpty() || !scope.subscriptions().isEmpty();
  }

  private static void writeIf(BinaryWriter out, int flag, long number) {
    if (flag != 0) {
      out.number(number);
    }
  }

  static Grant grant(BinaryReader in) {
    int flags = in.small();
    if ((flags & ~ALL_FLAGS) != 0) {
      throw in.damaged("unknown flags of a grant: " + flags);
    }
    GrantId id = new GrantId(in.text());
    var unit = Parts.unit(in);
    Credits amount = Parts.credits(in);
    Credits unheld = Parts.credits(in);
    Instant effectiveAt = in.time();
    long sequence = in.number();
    Optional<Instant> expiresAt =
        (flags & EXPIRES) == 0 ? Optional.empty() : Optional.of(in.time());
    Scope scope = (flags & SCOPED) == 0 ? Scope.EVERYTHING : scope(in);
    Credits adjusted = (flags & ADJUSTED) == 0 ? Credits.ZERO : Credits.ofMicros(in.signed());
    Credits held = creditsIf(in, flags & HELD);
    Credits expired = creditsIf(in, flags & EXPIRED);
    Credits voided = creditsIf(in, flags & VOIDED);
    int ordinal = (flags & ORDINAL) == 0 ? 0 : in.small();
    int priority = (flags & PRIORITY) == 0 ? GrantTerms.PRIORITY_DEFAULT : in.small();
    GrantTerms terms =
        new GrantTerms(
            id,
            unit,
            amount,
            Codes.category((flags & PROMOTIONAL) == 0 ? 0 : 1),
            priority,
            effectiveAt,
            expiresAt,
            scope,
            sequence,
            ordinal);
    Credits consumed = amount.plus(adjusted).minus(unheld).minus(held).minus(expired).minus(voided);
    return new Grant(
        terms,
        Codes.grantState(flags & STATE_MASK),
        adjusted,
        unheld,
        held,
        consumed,
        expired,
        voided);
  }

  private static Credits creditsIf(BinaryReader in, int flag) {
    return flag == 0 ? Credits.ZERO : Parts.credits(in);
  }

  private static Scope scope(BinaryReader in) {
    return new Scope(
        Parts.list(in, one -> new MeterName(one.text())),
        Parts.list(in, one -> new SubscriptionId(one.text())));
  }

  static void write(BinaryWriter out, Series series) {
    out.text(series.id().value());
    write(out, series.recurring());
    out.number(series.period());
    out.text(series.current().value());
    out.time(series.anchor());
    out.number(series.boundary());
    out.time(series.renewsAt());
  }

  static Series series(BinaryReader in) {
    return new Series(
        new GrantId(in.text()),
        recurring(in),
        in.number(),
        new GrantId(in.text()),
        in.time(),
        in.number(),
        in.time());
  }

  private static void write(BinaryWriter out, Recurring recurring) {
    Recurrence recurrence = recurring.recurrence();
    out.text(recurrence.every().toString());
    Parts.write(out, recurrence.rollover(), GrantCodec::write);
    Parts.writeTime(out, recurrence.until());
    out.number(recurrence.count().orElse(0));
    Parts.writeTime(out, recurring.anchor());
    writePeriod(out, recurring.lifetime());
  }

  private static Recurring recurring(BinaryReader in) {
    IsoPeriod every = IsoPeriod.parse(in.text());
    Optional<Rollover> rollover = Parts.optional(in, GrantCodec::rollover);
    Optional<Instant> until = Parts.time(in);
    int count = in.small();
    return new Recurring(
        new Recurrence(
            every, rollover, until, count == 0 ? OptionalInt.empty() : OptionalInt.of(count)),
        Parts.time(in),
        period(in));
  }

  private static void write(BinaryWriter out, Rollover rollover) {
    Parts.write(out, rollover.cap(), Parts::write);
    Parts.write(out, rollover.fraction(), (o, part) -> o.text(part.toPlainString()));
    writePeriod(out, rollover.lifetime());
  }

  private static Rollover rollover(BinaryReader in) {
    return new Rollover(
        Parts.optional(in, Parts::credits),
        Parts.optional(in, one -> new BigDecimal(one.text())),
        period(in));
  }

  private static void writePeriod(BinaryWriter out, Optional<IsoPeriod> period) {
    Parts.write(out, period, (o, one) -> o.text(one.toString()));
  }

  private static Optional<IsoPeriod> period(BinaryReader in) {
    return Parts.optional(in, one -> IsoPeriod.parse(one.text()));
  }
}
