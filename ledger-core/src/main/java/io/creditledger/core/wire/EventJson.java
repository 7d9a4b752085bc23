package io.creditledger.core.wire;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Events as the input topics and the REST service carry them.
 *
 * <p>An event is one JSON object in UTF-8. Amounts and quantities are decimals, as strings or as
 * JSON numbers, whose digits are taken as they stand; exponents are refused. Times are RFC 3339
 * with any offset, from the years 1970 to 9999. A field with null counts as absent. Fields that an
 * event's type does not know are ignored; whatever a producer wants kept belongs under {@code
 * metadata}, or {@code properties} for what usage is rated and reported by. Each of the two takes
 * at most 50 entries, keys of at most 100 and values of at most 1,000 characters; numbers and truth
 * values are kept as their text. An event's own {@code id} has at most 200 characters, because the
 * ledger derives other ids from it.
 *
 * <p>On the usage topic the type may be left out and is then {@code usage}, on the grant topic
 * {@code grant}. An object on the usage topic that has a {@code specversion} is a CloudEvent, see
 * {@link CloudEvents}.
 */
public final class EventJson {

  /** The largest record that is read: one mebibyte. */
  public static final int BYTES_MAX = 1 << 20;

  private EventJson() {}

  /** Reads an event where no CloudEvent is expected. */
  public static Reading read(Source source, byte[] value) {
    return read(source, value, Catalog.EMPTY);
  }

  /**
   * Reads an event. It never throws, whatever the bytes.
   *
   * @param source the topic it came by, which limits its types
   * @param value null where the record has none
   * @param catalog in which a CloudEvent's type finds its meter
   */
  public static Reading read(Source source, byte[] value, Catalog catalog) {
    Optional<Reading> unfit = unfit(value);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    if (source == Source.USAGE) {
      Optional<LedgerEvent> usual = UsageScan.of(value);
      if (usual.isPresent()) {
        return new Reading.Read(usual.get());
      }
    }
    Json.Members members;
    try {
      members = JsonText.readCallers(value);
    } catch (JsonText.NotAnObjectException e) {
      return refused(Reason.UNREADABLE, e.getMessage());
    }
    if (source == Source.USAGE && members.contains(Field.SPECVERSION)) {
      return CloudEvents.read(members, catalog);
    }
    return judged(
        members.textOf(Field.ID),
        members.textOf(Field.CUSTOMER),
        () -> EventReader.read(typeOf(source, members), members));
  }

  /** An event in its canonical form, which {@link #read} gives back equal to what was written. */
  public static byte[] write(LedgerEvent event) {
    return JsonWriter.write(json -> EventWriter.write(json, event));
  }

  /** The refusal of a value for its size alone. */
  static Optional<Reading> unfit(byte[] value) {
    if (value == null) {
      return Optional.of(refused(Reason.VALUE_MISSING, "the record has no value"));
    }
    if (value.length > BYTES_MAX) {
      return Optional.of(
          refused(
              Reason.TOO_LARGE,
              "the record has " + value.length + " bytes, at most " + BYTES_MAX + " are read"));
    }
    return Optional.empty();
  }

  static Reading refused(Reason reason, String detail) {
    return new Reading.Unreadable(
        reason, Optional.empty(), detail, Optional.empty(), Optional.empty());
  }

  /** Reads, and turns a refusal into a value that says whose event it was, if that can be told. */
  static Reading judged(
      Optional<String> id, Optional<String> customer, Supplier<LedgerEvent> reading) {
    try {
      return new Reading.Read(reading.get());
    } catch (RefusedException e) {
      return new Reading.Unreadable(
          e.reason(),
          Optional.of(e.field()),
          e.getMessage(),
          salvaged(id, EventId::new),
          salvaged(customer, CustomerId::new));
    }
  }

  private static <T> Optional<T> salvaged(Optional<String> text, Function<String, T> make) {
    try {
      return text.map(make);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static EventType typeOf(Source source, Json.Members members) {
    return switch (members.get(Field.TYPE)) {
      case Json.Nothing nothing ->
          switch (source) {
            case USAGE -> EventType.USAGE;
            case GRANT -> EventType.GRANT;
            case EXPIRY ->
                throw new RefusedException(
                    Reason.FIELD_MISSING, Field.TYPE, Field.TYPE + " is missing");
          };
      case Json.Text text ->
          EventType.ofWireName(text.value())
              .filter(type -> type.source() == source)
              .orElseThrow(() -> unknownType(source, Excerpt.quoted(text.value())));
      case Json.Numeral number -> throw unknownType(source, Excerpt.unquoted(number.digits()));
      case Json.Flag flag -> throw unknownType(source, String.valueOf(flag.value()));
      case Json.Items items -> throw unknownType(source, "an array");
      case Json.Members object -> throw unknownType(source, "an object");
    };
  }

  private static RefusedException unknownType(Source source, String what) {
    return new RefusedException(
        Reason.TYPE_UNKNOWN, Field.TYPE, source.topic() + " carries no type " + what);
  }
}
