package io.creditledger.core.wire;

import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Series;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.TopUpStart;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.EventType;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.reservation.Reservation;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The reverse of {@link EntryWriter}. */
final class EntryReader {

  private final FieldReader fields;

  private EntryReader(FieldReader fields) {
    this.fields = fields;
  }

  static LedgerEntry read(Json.Members members) {
    return new EntryReader(new FieldReader(members, Bounds.JOURNAL)).entry();
  }

  private LedgerEntry entry() {
    long version = fields.requiredInteger(Field.VERSION);
    if (version != EntryJson.VERSION) {
      throw fields.invalid(
          Field.VERSION, "is " + version + ", this program reads " + EntryJson.VERSION);
    }
    EntryHeader header = header();
    EventType type =
        fields.required(
            Field.TYPE,
            text ->
                EventType.ofWireName(text)
                    .orElseThrow(() -> new IllegalArgumentException("is unknown")));
    Optional<UnitBalance> balance = fields.object(Field.BALANCE).map(EntryReader::balance);
    return new LedgerEntry(
        header, change(type, header), balance, fields.objects(Field.ALERTS, AlertFields::read));
  }

  private EntryHeader header() {
    return new EntryHeader(
        fields.required(Field.CUSTOMER, Parse::customer),
        fields.requiredInteger(Field.SEQUENCE),
        fields.required(Field.ID, Parse::eventId),
        fields.required(Field.CONTENT, HexFormat::fromHexDigitsToLong),
        PositionJson.read(fields.requiredObject(Field.SOURCE)),
        fields.requiredTime(Field.OCCURRED_AT),
        fields.requiredTime(Field.RECORDED_AT),
        fields.required(Field.CATALOG, text -> text),
        fields.required(Field.PREVIOUS, Hash::parse),
        NoteJson.read(fields, Field.METADATA));
  }

  private Change change(EventType type, EntryHeader header) {
    return switch (type) {
      case USAGE ->
          new Change.Used(
              DimensionsJson.read(fields),
              fields.map(Field.PROPERTIES),
              quantity(),
              fields.requiredCredits(Field.CREDITS),
              unit(),
              postings(),
              shortfall(""),
              count());
      case RESERVE -> reserved(header);
      case SETTLE ->
          new Change.Settled(
              reservation(),
              DimensionsJson.read(fields),
              fields.map(Field.PROPERTIES),
              quantity(),
              fields.requiredCredits(Field.CREDITS),
              unit(),
              postings(),
              shortfall(""),
              count());
      case RELEASE -> new Change.Released(reservation(), unit(), postings());
      case LAPSE -> new Change.Lapsed(reservation(), unit(), postings());
      case REVERSE ->
          new Change.Reversed(
              fields.required(Field.USAGE, Parse::eventId),
              DimensionsJson.read(fields),
              amount(),
              shortfall(Field.CANCELLED),
              fields.credits(Field.UNREPAID).orElse(Credits.ZERO),
              unit(),
              postings());
      case GRANT ->
          new Change.Granted(
              made(Field.MADE, header).orElseThrow(() -> fields.missing(Field.MADE)),
              series(),
              fields.parsed(Field.TOP_UP, Parse::eventId),
              repayments(),
              unit(),
              postings());
      case VOID ->
          new Change.Voided(
              grant(), amount(), fields.credits(Field.ASKED), state(), unit(), postings());
      case ADJUST ->
          new Change.Adjusted(amount(), made(Field.MADE, header), repayments(), unit(), postings());
      case CONFIRM -> new Change.Confirmed(grant(), state(), repayments(), unit(), postings());
      case CANCEL -> new Change.Cancelled(grant(), unit(), postings());
      case EXTEND ->
          new Change.Extended(
              grant(),
              fields.time(Field.EXPIRES_AT),
              fields.map(Field.ADDED_METADATA),
              unit(),
              postings());
      case CONFIGURE ->
          new Change.Configured(
              SettingsJson.read(fields),
              fields.flag(Field.TOP_UP_ANEW).orElse(false) ? TopUpStart.ANEW : TopUpStart.GOES_ON);
      case TOP_UP ->
          new Change.TopUpEnded(
              fields.required(Field.TOP_UP, Parse::eventId),
              fields.required(Field.OUTCOME, Parse::outcome),
              unit());
      case REMIND -> new Change.Reminded(fields.parsed(Field.GRANT, Parse::grantId), unit());
      case EFFECTIVE -> new Change.BecameEffective(grant(), repayments(), unit(), postings());
      case EXPIRE -> new Change.Expired(grant(), amount(), unit(), postings());
      case RENEW ->
          new Change.Renewed(
              grant(),
              fields.requiredInteger(Field.PERIOD),
              fields.parsed(Field.ENDED, Parse::grantId),
              made(Field.MADE, header).orElseThrow(() -> fields.missing(Field.MADE)),
              made(Field.ROLLOVER, header),
              series(),
              repayments(),
              unit(),
              postings());
    };
  }

  private Change reserved(EntryHeader header) {
    List<Posting> postings = postings();
    Unit unit = unit().orElseThrow(() -> fields.missing(Field.UNIT));
    Reservation made =
        new Reservation(
            header.id(),
            unit,
            DimensionsJson.read(fields),
            fields.map(Field.PROPERTIES),
            quantity(),
            EntryWriter.holds(postings),
            fields.requiredTime(Field.EXPIRES_AT),
            header.sequence());
    return new Change.Reserved(made, Optional.of(unit), postings);
  }

  private Optional<Unit> unit() {
    return fields.parsed(Field.UNIT, Parse::unit);
  }

  private Optional<MeterCount> count() {
    return fields
        .object(Field.COUNT)
        .map(
            one ->
                new MeterCount(
                    fields.required(Field.METER, Parse::meter),
                    one.requiredTime(Field.SINCE),
                    one.decimal(Field.USED, Quantity::parse)
                        .orElseThrow(() -> one.missing(Field.USED)),
                    one.requiredTime(Field.UNTIL)));
  }

  private Optional<Quantity> quantity() {
    return fields.decimal(Field.QUANTITY, Quantity::parse);
  }

  private Credits amount() {
    return fields.requiredCredits(Field.AMOUNT);
  }

  private GrantId grant() {
    return fields.required(Field.GRANT, Parse::grantId);
  }

  private GrantState state() {
    return fields.required(Field.STATE, Parse::grantState);
  }

  private EventId reservation() {
    return fields.required(Field.RESERVATION, Parse::eventId);
  }

  private Optional<NewGrant> made(String name, EntryHeader header) {
    return fields.object(name).map(grant -> GrantJson.made(grant, header.sequence()));
  }

  private Optional<Series> series() {
    return fields.object(Field.SERIES).map(GrantJson::series);
  }

  private List<Repayment> repayments() {
    return List.copyOf(
        fields.objects(
            Field.REPAYMENTS,
            one ->
                new Repayment(
                    one.required(Field.GRANT, Parse::grantId),
                    DimensionsJson.read(one),
                    one.requiredCredits(Field.AMOUNT))));
  }

  private List<Posting> postings() {
    return List.copyOf(
        fields.objects(
            Field.ALLOCATIONS,
            one ->
                new Posting(
                    one.required(Field.GRANT, Parse::grantId),
                    one.parsed(Field.MOVE, EntryReader::move).orElse(Move.CONSUME),
                    one.requiredCredits(Field.AMOUNT),
                    one.requiredCredits(Field.REMAINING))));
  }

  private static Move move(String text) {
    return Move.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("is no move of credits"));
  }

  private Shortfall shortfall(String prefix) {
    for (Shortfall.Kind kind : Shortfall.Kind.values()) {
      Optional<Credits> amount = fields.credits(prefix + kind.wireName());
      if (amount.isPresent()) {
        return new Shortfall(kind, amount.get());
      }
    }
    return Shortfall.NONE;
  }

  private static UnitBalance balance(FieldReader fields) {
    return new UnitBalance(
        fields.required(Field.UNIT, Parse::unit),
        fields.requiredCredits(Field.SETTLED),
        fields.credits(Field.HELD).orElse(Credits.ZERO),
        fields.credits(Field.OVERAGE).orElse(Credits.ZERO),
        fields.credits(Field.OVERDRAFT).orElse(Credits.ZERO),
        fields.parsed(Field.LEVEL, Parse::level).orElse(AlertLevel.FINE));
  }
}
