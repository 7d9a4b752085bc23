package io.creditledger.core.wire;

import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Series;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.TopUpStart;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.EventType;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.BurnOrder;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.reservation.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry's fields in order: which, what it is about, what moved, the balance after it, when, by
 * what cause, and the link to the entry before.
 */
final class EntryWriter {

  private final JsonWriter json;
  private final EntryHeader header;

  private EntryWriter(JsonWriter json, EntryHeader header) {
    this.json = json;
    this.header = header;
  }

  static void write(JsonWriter json, LedgerEntry entry) {
    new EntryWriter(json, entry.header()).write(entry);
  }

  private void write(LedgerEntry entry) {
    Change change = entry.change();
    json.number(Field.VERSION, EntryJson.VERSION)
        .text(Field.TYPE, typeOf(change).wireName())
        .text(Field.CUSTOMER, header.customer().value())
        .number(Field.SEQUENCE, header.sequence())
        .text(Field.ID, header.id().value());
    about(change);
    json.text(Field.UNIT, change.unit());
    json.objects(Field.ALLOCATIONS, change.postings(), this::posting);
    shortfall(change);
    entry.balance().ifPresent(after -> json.object(Field.BALANCE, o -> balance(o, after)));
    json.objects(Field.ALERTS, entry.alerts(), alert -> AlertFields.write(json, alert));
    json.time(Field.OCCURRED_AT, header.occurredAt()).time(Field.RECORDED_AT, header.recordedAt());
    PositionJson.write(json, header.position());
    json.text(Field.CATALOG, header.catalog());
    if (choseGrants(change)) {
      json.number(Field.BURN_ORDER, BurnOrder.VERSION);
    }
    json.bits(Field.CONTENT, header.fingerprint()).map(Field.PROPERTIES, propertiesOf(change));
    NoteJson.write(json, header.note(), Field.METADATA);
    json.hash(Field.PREVIOUS, header.previous());
  }

  static EventType typeOf(Change change) {
    return switch (change) {
      case Change.Used used -> EventType.USAGE;
      case Change.Reserved reserved -> EventType.RESERVE;
      case Change.Settled settled -> EventType.SETTLE;
      case Change.Released released -> EventType.RELEASE;
      case Change.Lapsed lapsed -> EventType.LAPSE;
      case Change.Reversed reversed -> EventType.REVERSE;
      case Change.Granted granted -> EventType.GRANT;
      case Change.Voided voided -> EventType.VOID;
      case Change.Adjusted adjusted -> EventType.ADJUST;
      case Change.Confirmed confirmed -> EventType.CONFIRM;
      case Change.Cancelled cancelled -> EventType.CANCEL;
      case Change.Extended extended -> EventType.EXTEND;
      case Change.Configured configured -> EventType.CONFIGURE;
      case Change.BecameEffective effective -> EventType.EFFECTIVE;
      case Change.Expired expired -> EventType.EXPIRE;
      case Change.Renewed renewed -> EventType.RENEW;
      case Change.TopUpEnded ended -> EventType.TOP_UP;
      case Change.Reminded reminded -> EventType.REMIND;
    };
  }

  private void about(Change change) {
    switch (change) {
      case Change.Used used -> {
        DimensionsJson.write(json, used.dimensions());
        json.quantity(Field.QUANTITY, used.quantity()).amount(Field.CREDITS, used.credits());
        count(used.dimensions(), used.count());
      }
      case Change.Reserved reserved -> reserved(reserved);
      case Change.Settled settled -> {
        json.text(Field.RESERVATION, settled.reservation().value());
        DimensionsJson.write(json, settled.dimensions());
        json.quantity(Field.QUANTITY, settled.quantity()).amount(Field.CREDITS, settled.credits());
        count(settled.dimensions(), settled.count());
      }
      case Change.Released released -> json.text(Field.RESERVATION, released.reservation().value());
      case Change.Lapsed lapsed -> json.text(Field.RESERVATION, lapsed.reservation().value());
      case Change.Reversed reversed -> {
        json.text(Field.USAGE, reversed.usage().value());
        DimensionsJson.write(json, reversed.dimensions());
        json.amount(Field.AMOUNT, reversed.amount());
      }
      case Change.Granted granted -> {
        json.object(Field.MADE, o -> GrantJson.writeMade(o, granted.made(), header.sequence()));
        series(granted.series());
        json.text(Field.TOP_UP, granted.topUp());
        repayments(granted.repayments());
      }
      case Change.Voided voided ->
          json.text(Field.GRANT, voided.grant().value())
              .amount(Field.AMOUNT, voided.amount())
              .text(Field.ASKED, voided.asked())
              .text(Field.STATE, voided.state().wireName());
      case Change.Adjusted adjusted -> {
        json.amount(Field.AMOUNT, adjusted.amount());
        adjusted
            .made()
            .ifPresent(
                made ->
                    json.object(Field.MADE, o -> GrantJson.writeMade(o, made, header.sequence())));
        repayments(adjusted.repayments());
      }
      case Change.Confirmed confirmed -> {
        json.text(Field.GRANT, confirmed.grant().value())
            .text(Field.STATE, confirmed.state().wireName());
        repayments(confirmed.repayments());
      }
      case Change.Cancelled cancelled -> json.text(Field.GRANT, cancelled.grant().value());
      case Change.Extended extended ->
          json.text(Field.GRANT, extended.grant().value())
              .time(Field.EXPIRES_AT, extended.expiresAt())
              .map(Field.ADDED_METADATA, extended.metadata());
      case Change.Configured configured -> {
        SettingsJson.write(json, configured.settings());
        if (configured.start() == TopUpStart.ANEW) {
          json.flag(Field.TOP_UP_ANEW);
        }
      }
      case Change.BecameEffective effective -> {
        json.text(Field.GRANT, effective.grant().value());
        repayments(effective.repayments());
      }
      case Change.Expired expired ->
          json.text(Field.GRANT, expired.grant().value()).amount(Field.AMOUNT, expired.amount());
      case Change.Renewed renewed -> renewed(renewed);
      case Change.TopUpEnded ended ->
          json.text(Field.TOP_UP, ended.topUp().value())
              .text(Field.OUTCOME, ended.outcome().wireName());
      case Change.Reminded reminded -> json.text(Field.GRANT, reminded.grant());
    }
  }

  /** A count's meter is its usage's own. */
  private void count(Dimensions dimensions, Optional<MeterCount> count) {
    if (count.isEmpty()) {
      return;
    }
    MeterCount after = count.get();
    if (!dimensions.meter().equals(Optional.of(after.meter()))) {
      throw new IllegalArgumentException(
          "entry " + header.sequence() + " counts another meter: " + after.meter());
    }
    json.object(
        Field.COUNT,
        o ->
            o.time(Field.SINCE, after.since())
                .text(Field.USED, after.used().toString())
                .time(Field.UNTIL, after.until()));
  }

  /** The id, the sequence, the unit and the holds of a reservation are its entry's own. */
  private void reserved(Change.Reserved reserved) {
    Reservation made = reserved.reservation();
    if (!made.id().equals(header.id())
        || made.sequence() != header.sequence()
        || !reserved.unit().equals(Optional.of(made.unit()))
        || !made.holds().equals(holds(reserved.postings()))) {
      throw new IllegalArgumentException(
          "reservation "
              + made.id()
              + " is not the one that entry "
              + header.sequence()
              + " makes");
    }
    DimensionsJson.write(json, made.dimensions());
    json.quantity(Field.QUANTITY, made.quantity())
        .amount(Field.CREDITS, made.credits())
        .time(Field.EXPIRES_AT, made.expiresAt());
  }

  static List<Allocation> holds(List<Posting> postings) {
    List<Allocation> holds = new ArrayList<>(postings.size());
    for (Posting posting : postings) {
      if (posting.move() == Move.HOLD) {
        holds.add(new Allocation(posting.grant(), posting.amount()));
      }
    }
    return holds;
  }

  private void renewed(Change.Renewed renewed) {
    json.text(Field.GRANT, renewed.series().value())
        .number(Field.PERIOD, renewed.period())
        .text(Field.ENDED, renewed.ended())
        .object(Field.MADE, o -> GrantJson.writeMade(o, renewed.made(), header.sequence()));
    renewed
        .rollover()
        .ifPresent(
            carried ->
                json.object(
                    Field.ROLLOVER, o -> GrantJson.writeMade(o, carried, header.sequence())));
    series(renewed.next());
    repayments(renewed.repayments());
  }

  private void series(Optional<Series> series) {
    series.ifPresent(one -> json.object(Field.SERIES, o -> GrantJson.writeSeries(o, one)));
  }

  private void repayments(List<Repayment> repayments) {
    json.objects(Field.REPAYMENTS, repayments, this::repayment);
  }

  private void repayment(Repayment repayment) {
    json.text(Field.GRANT, repayment.grant().value()).amount(Field.AMOUNT, repayment.amount());
    DimensionsJson.write(json, repayment.dimensions());
  }

  private void posting(Posting posting) {
    json.text(Field.GRANT, posting.grant().value());
    if (posting.move() != Move.CONSUME) {
      json.text(Field.MOVE, posting.move().wireName());
    }
    json.amount(Field.AMOUNT, posting.amount()).amount(Field.REMAINING, posting.remaining());
  }

  private void shortfall(Change change) {
    switch (change) {
      case Change.Used used -> shortfall("", used.shortfall());
      case Change.Settled settled -> shortfall("", settled.shortfall());
      case Change.Reversed reversed -> {
        shortfall(Field.CANCELLED, reversed.cancelled());
        json.amountIfAny(Field.UNREPAID, reversed.unrepaid());
      }
      case Change.Reserved reserved -> {}
      case Change.Released released -> {}
      case Change.Lapsed lapsed -> {}
      case Change.Granted granted -> {}
      case Change.Voided voided -> {}
      case Change.Adjusted adjusted -> {}
      case Change.Confirmed confirmed -> {}
      case Change.Cancelled cancelled -> {}
      case Change.Extended extended -> {}
      case Change.Configured configured -> {}
      case Change.BecameEffective effective -> {}
      case Change.Expired expired -> {}
      case Change.Renewed renewed -> {}
      case Change.TopUpEnded ended -> {}
      case Change.Reminded reminded -> {}
    }
  }

  private void shortfall(String prefix, Shortfall shortfall) {
    if (shortfall.kind() != Shortfall.Kind.NONE) {
      json.amount(prefix + shortfall.kind().wireName(), shortfall.amount());
    }
  }

  private static void balance(JsonWriter json, UnitBalance balance) {
    json.text(Field.UNIT, balance.unit().value())
        .amount(Field.SETTLED, balance.settled())
        .amountIfAny(Field.HELD, balance.held())
        .amount(Field.AVAILABLE, balance.available())
        .amountIfAny(Field.OVERAGE, balance.overage())
        .amountIfAny(Field.OVERDRAFT, balance.overdraft());
    if (balance.level() != AlertLevel.FINE) {
      json.text(Field.LEVEL, balance.level().wireName());
    }
  }

  private static boolean choseGrants(Change change) {
    for (Posting posting : change.postings()) {
      if (posting.move() == Move.CONSUME || posting.move() == Move.HOLD) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> propertiesOf(Change change) {
    return switch (change) {
      case Change.Used used -> used.properties();
      case Change.Reserved reserved -> reserved.reservation().properties();
      case Change.Settled settled -> settled.properties();
      case Change.Released released -> Map.of();
      case Change.Lapsed lapsed -> Map.of();
      case Change.Reversed reversed -> Map.of();
      case Change.Granted granted -> Map.of();
      case Change.Voided voided -> Map.of();
      case Change.Adjusted adjusted -> Map.of();
      case Change.Confirmed confirmed -> Map.of();
      case Change.Cancelled cancelled -> Map.of();
      case Change.Extended extended -> Map.of();
      case Change.Configured configured -> Map.of();
      case Change.BecameEffective effective -> Map.of();
      case Change.Expired expired -> Map.of();
      case Change.Renewed renewed -> Map.of();
      case Change.TopUpEnded ended -> Map.of();
      case Change.Reminded reminded -> Map.of();
    };
  }
}
