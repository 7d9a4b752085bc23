package io.creditledger.core.wire;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Inputs that became no entry, as {@code ledger.rejections} carries them: refusals with the whole
 * record kept, and duplicates with the entry they repeat.
 *
 * <p>The record's key and value stand there as text, under {@code key} and {@code event}, or under
 * {@code key_base64} and {@code event_base64} where they are not readable UTF-8. Nothing is cut.
 */
public final class OutcomeJson {

  /** Version of the format, the first field of each outcome. */
  public static final int VERSION = 1;

  /** What an outcome that is no entry can be. */
  public enum Kind {
    /** Refused. */
    REJECTION("rejection"),
    /** Accepted before. */
    DUPLICATE("duplicate");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The name on the wire. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * An outcome, without the record's bytes.
   *
   * @param code the name of a {@link Reason}, which may be newer than this program; of a rejection
   * @param of the sequence number of the entry it repeats; of a duplicate
   * @param sequence the customer's entries when it was decided
   */
  public record Parsed(
      Kind kind,
      Optional<CustomerId> customer,
      Optional<EventId> id,
      Optional<String> code,
      Optional<String> field,
      Optional<String> detail,
      Position position,
      Instant recordedAt,
      OptionalLong of,
      long sequence,
      String catalog) {}

  private OutcomeJson() {}

  /**
   * The bytes of a refusal.
   *
   * @param sequence the customer's entries when it was decided; zero where the customer is unknown
   * @param key the record's; null where it has none
   * @param value the record's; null where it has none
   */
  public static byte[] rejection(
      Optional<CustomerId> customer,
      Optional<EventId> id,
      Position position,
      Instant recordedAt,
      Reason reason,
      Optional<String> field,
      String detail,
      long sequence,
      String catalog,
      byte[] key,
      byte[] value) {
    return JsonWriter.write(
        json -> {
          json.number(Field.VERSION, VERSION)
              .text(Field.TYPE, Kind.REJECTION.wireName())
              .text(Field.CUSTOMER, customer)
              .text(Field.ID, id)
              .text(Field.CODE, reason.name())
              .text(Field.FIELD, field.map(Excerpt::unquoted))
              .text(Field.DETAIL, Excerpt.unquoted(detail))
              .text(Field.REMEDY, reason.remedy());
          PositionJson.write(json, position);
          json.time(Field.RECORDED_AT, recordedAt)
              .number(Field.SEQUENCE, sequence)
              .text(Field.CATALOG, catalog);
          bytes(json, Field.KEY, Field.KEY_BASE64, key);
          bytes(json, Field.EVENT, Field.EVENT_BASE64, value);
        });
  }

  /**
   * The bytes of a duplicate.
   *
   * @param of the sequence number of the entry it repeats
   * @param sequence the customer's entries when it was decided
   */
  public static byte[] duplicate(
      CustomerId customer,
      EventId id,
      Position position,
      Instant recordedAt,
      long of,
      long sequence,
      String catalog) {
    return JsonWriter.write(
        json -> {
          json.number(Field.VERSION, VERSION)
              .text(Field.TYPE, Kind.DUPLICATE.wireName())
              .text(Field.CUSTOMER, customer.value())
              .text(Field.ID, id.value())
              .number(Field.OF, of);
          PositionJson.write(json, position);
          json.time(Field.RECORDED_AT, recordedAt)
              .number(Field.SEQUENCE, sequence)
              .text(Field.CATALOG, catalog);
        });
  }

  /**
   * The outcome of these bytes.
   *
   * @throws IllegalStateException if they are not an outcome of this version; the message says why
   */
  public static Parsed read(byte[] bytes) {
    try {
      FieldReader fields = open(bytes);
      return new Parsed(
          fields.required(Field.TYPE, OutcomeJson::kind),
          fields.parsed(Field.CUSTOMER, Parse::customer),
          fields.parsed(Field.ID, Parse::eventId),
          fields.text(Field.CODE),
          fields.text(Field.FIELD),
          fields.text(Field.DETAIL),
          PositionJson.read(fields.requiredObject(Field.SOURCE)),
          fields.requiredTime(Field.RECORDED_AT),
          fields.integer(Field.OF),
          fields.requiredInteger(Field.SEQUENCE),
          fields.required(Field.CATALOG, text -> text));
    } catch (RefusedException e) {
      throw notAnOutcome(e);
    }
  }

  /** The refused record's key, exactly as it was; absent where it had none. */
  public static Optional<byte[]> keyOf(byte[] bytes) {
    return bytesOf(bytes, Field.KEY, Field.KEY_BASE64);
  }

  /** The refused record's value, exactly as it was; absent where it had none. */
  public static Optional<byte[]> eventOf(byte[] bytes) {
    return bytesOf(bytes, Field.EVENT, Field.EVENT_BASE64);
  }

  private static Optional<byte[]> bytesOf(byte[] bytes, String textField, String base64Field) {
    try {
      FieldReader fields = open(bytes);
      return fields
          .parsed(textField, text -> text.getBytes(StandardCharsets.UTF_8))
          .or(() -> fields.parsed(base64Field, Base64.getDecoder()::decode));
    } catch (RefusedException e) {
      throw notAnOutcome(e);
    }
  }

  private static FieldReader open(byte[] bytes) {
    try {
      FieldReader fields = new FieldReader(JsonText.readOwn(bytes), Bounds.JOURNAL);
      long version = fields.requiredInteger(Field.VERSION);
      if (version != VERSION) {
        throw fields.invalid(Field.VERSION, "is " + version + ", this program reads " + VERSION);
      }
      return fields;
    } catch (JsonText.NotAnObjectException e) {
      throw notAnOutcome(e);
    }
  }

  private static IllegalStateException notAnOutcome(Exception e) {
    return new IllegalStateException("not an outcome: " + e.getMessage(), e);
  }

  private static Kind kind(String text) {
    for (Kind kind : Kind.values()) {
      if (kind.wireName().equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("is neither a rejection nor a duplicate");
  }

  private static void bytes(JsonWriter json, String textField, String base64Field, byte[] bytes) {
    if (bytes == null) {
      return;
    }
    if (isReadable(bytes)) {
      json.text(textField, new String(bytes, StandardCharsets.UTF_8));
    } else {
      json.text(base64Field, Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** UTF-8 without the control characters that JSON would write in six bytes each. */
  private static boolean isReadable(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return Utf8.decodes(bytes);
  }
}
