package io.creditledger.core.wire;

import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.AlertType;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;

/**
 * Alerts as {@code ledger.alerts} carries them: what is to be told, of whom, and the entry at which
 * it was decided. Equal entries give equal bytes, so an alert that is told again has the same id.
 */
public final class AlertJson {

  /** Version of the format, the first field of each alert. */
  public static final int VERSION = 1;

  /**
   * An alert.
   *
   * @param id {@code customer:sequence:index}; each alert has its own, for ever
   * @param sequence the entry's
   * @param index which of the entry's alerts, from 0
   */
  public record Parsed(
      String id,
      AlertType type,
      CustomerId customer,
      long sequence,
      int index,
      Alert alert,
      Instant occurredAt,
      Instant recordedAt) {}

  private AlertJson() {}

  /**
   * The bytes of an alert of an entry.
   *
   * @param index which of the entry's alerts it is, from 0
   */
  public static byte[] write(CustomerId customer, LedgerEntry entry, Alert alert, int index) {
    EntryHeader header = entry.header();
    return JsonWriter.write(
        json -> {
          json.number(Field.VERSION, VERSION)
              .text(Field.ID, id(customer, header.sequence(), index))
              .text(Field.TYPE, alert.type().wireName())
              .text(Field.CUSTOMER, customer.value())
              .text(Field.UNIT, alert.unit().value())
              .number(Field.SEQUENCE, header.sequence());
          AlertFields.writeDetails(json, alert);
          json.time(Field.OCCURRED_AT, header.occurredAt())
              .time(Field.RECORDED_AT, header.recordedAt());
        });
  }

  /**
   * The alert of these bytes.
   *
   * @throws IllegalStateException if they are not an alert of this version; the message says why
   */
  public static Parsed read(byte[] bytes) {
    try {
      return read(new FieldReader(JsonText.readOwn(bytes), Bounds.JOURNAL));
    } catch (JsonText.NotAnObjectException | RefusedException | IllegalArgumentException e) {
      throw new IllegalStateException("not an alert: " + e.getMessage(), e);
    }
  }

  private static Parsed read(FieldReader fields) {
    long version = fields.requiredInteger(Field.VERSION);
    if (version != VERSION) {
      throw fields.invalid(Field.VERSION, "is " + version + ", this program reads " + VERSION);
    }
    CustomerId customer = fields.required(Field.CUSTOMER, Parse::customer);
    long sequence = fields.requiredInteger(Field.SEQUENCE);
    String id = fields.required(Field.ID, text -> text);
    int index = index(fields, id, customer.value() + ":" + sequence + ":");
    Alert alert = AlertFields.read(fields);
    return new Parsed(
        id,
        alert.type(),
        customer,
        sequence,
        index,
        alert,
        fields.requiredTime(Field.OCCURRED_AT),
        fields.requiredTime(Field.RECORDED_AT));
  }

  private static int index(FieldReader fields, String id, String before) {
    String index = id.startsWith(before) ? id.substring(before.length()) : "";
    if (!index.matches("[0-9]{1,9}")) {
      throw fields.invalid(Field.ID, "is not " + before + "index: " + Excerpt.quoted(id));
    }
    return Integer.parseInt(index);
  }

  private static String id(CustomerId customer, long sequence, int index) {
    return customer + ":" + sequence + ":" + index;
  }
}
