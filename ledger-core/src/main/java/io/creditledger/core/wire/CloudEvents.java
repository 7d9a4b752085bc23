package io.creditledger.core.wire;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Quantity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Usage as CloudEvents 1.0.
 *
 * <p>{@code type} is the event name of a meter in the catalog, {@code subject} the customer and
 * {@code time} when it occurred. {@code source} and {@code id} together identify an event, so the
 * ledger's id is {@code source#id}, of at most 200 characters. Of {@code data}, an object or
 * absent, {@code value} is the quantity (absent: the event counts as one), {@code subscription} the
 * subscription, and every other field that is a string, a number or a truth value a property. What
 * else the event carries is ignored.
 */
public final class CloudEvents {

  /** Before each attribute's name in the headers of a Kafka record in binary mode. */
  public static final String HEADER_PREFIX = "ce_";

  /** The header that is there exactly if a Kafka record is a CloudEvent in binary mode. */
  public static final String SPECVERSION_HEADER = HEADER_PREFIX + Field.SPECVERSION;

  private static final String SPECVERSION = "1.0";

  private CloudEvents() {}

  /**
   * Reads usage in binary mode: attributes in headers, data in the value. It never throws.
   *
   * @param headers by name, such as {@code ce_id}; those that do not begin with {@code ce_} are
   *     ignored
   * @param data the JSON text of an object; null or empty where there is none
   */
  public static Reading readBinary(Map<String, String> headers, byte[] data, Catalog catalog) {
    Json.Members members = new Json.Members();
    headers.forEach(
        (name, value) -> {
          if (name.startsWith(HEADER_PREFIX)
              && !name.substring(HEADER_PREFIX.length()).startsWith(Field.DATA)) {
            members.add(name.substring(HEADER_PREFIX.length()), new Json.Text(value));
          }
        });
    if (data != null && data.length > 0) {
      Optional<Reading> unfit = EventJson.unfit(data);
      if (unfit.isPresent()) {
        return unfit.get();
      }
      try {
        members.add(Field.DATA, JsonText.readCallers(data));
      } catch (JsonText.NotAnObjectException e) {
        return EventJson.refused(Reason.UNREADABLE, e.getMessage());
      }
    }
    return read(members, catalog);
  }

  /** Reads usage in structured mode. */
  static Reading read(Json.Members members, Catalog catalog) {
    return EventJson.judged(
        members
            .textOf(Field.SOURCE)
            .flatMap(source -> members.textOf(Field.ID).map(id -> idOf(source, id))),
        members.textOf(Field.SUBJECT),
        () -> usage(members, catalog));
  }

  private static LedgerEvent usage(Json.Members members, Catalog catalog) {
    FieldReader fields = new FieldReader(members, Bounds.EVENT);
    fields.require(Field.SPECVERSION, Field.ID, Field.SOURCE, Field.TYPE, Field.SUBJECT);
    fields.required(Field.SPECVERSION, CloudEvents::supported);
    String source = fields.required(Field.SOURCE, CloudEvents::notEmpty);
    EventId id = fields.required(Field.ID, text -> Parse.callersId(idOf(source, notEmpty(text))));
    CustomerId customer = fields.required(Field.SUBJECT, Parse::customer);
    Meter meter = fields.required(Field.TYPE, text -> meter(catalog, text));
    Optional<Instant> time = fields.time(Field.TIME);
    if (fields.has(Field.DATA_BASE64)) {
      throw fields.invalid(Field.DATA_BASE64, "is not read; send data as a JSON object");
    }
    Optional<FieldReader> data = fields.object(Field.DATA);
    Charge charge =
        data.flatMap(object -> object.decimal(Field.VALUE, Quantity::parse))
            .<Charge>map(Charge.Metered::new)
            .orElseGet(Charge.Counted::new);
    Optional<SubscriptionId> subscription =
        data.flatMap(object -> object.parsed(Field.SUBSCRIPTION, Parse::subscription));
    return new LedgerEvent.Usage(
        id,
        customer,
        new Dimensions(Optional.of(meter.name()), subscription),
        charge,
        data.map(object -> object.scalarsExcept(Field.VALUE, Field.SUBSCRIPTION)).orElse(Map.of()),
        time,
        Note.NONE);
  }

  private static String idOf(String source, String id) {
    return source + '#' + id;
  }

  private static String supported(String version) {
    if (!version.equals(SPECVERSION)) {
      throw new IllegalArgumentException("is not " + SPECVERSION);
    }
    return version;
  }

  private static String notEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    return text;
  }

  private static Meter meter(Catalog catalog, String type) {
    return catalog
        .meterOfEvent(type)
        .orElseThrow(
            () ->
                new RefusedException(
                    Reason.METER_UNKNOWN,
                    Field.TYPE,
                    "no meter with event name "
                        + Excerpt.quoted(type)
                        + " in catalog "
                        + catalog.version()));
  }
}
