package io.creditledger.core.wire;

import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Alerts that somebody else than the ledger has decided, as {@code ledger.alerts} carries them
 * beside the ledger's own: a customer's usage, as another system counts it, has reached a bound
 * that was set there. They name no entry, since none brought them about, and change nothing.
 */
public final class UsageThresholdJson {

  /** Version of the format, the first field of each. */
  public static final int VERSION = 1;

  /** The type, which none of the ledger's own alerts has. */
  public static final String TYPE = "usage_threshold";

  /**
   * Such an alert.
   *
   * @param id its own, for ever; it begins with the source and a colon
   * @param source who decided it: {@code stripe}
   * @param alert which of the source's alerts it is
   * @param meter as the source calls it
   * @param threshold the bound, in the meter's quantity
   * @param value what the source counted
   * @param occurredAt when, by the source's clock
   * @param recordedAt when it was put here
   */
  public record UsageThreshold(
      String id,
      CustomerId customer,
      String source,
      String alert,
      Optional<String> title,
      String meter,
      String threshold,
      String value,
      Instant occurredAt,
      Instant recordedAt) {}

  private UsageThresholdJson() {}

  /** The bytes of one. */
  public static byte[] write(UsageThreshold alert) {
    return JsonWriter.write(
        json ->
            json.number(Field.VERSION, VERSION)
                .text(Field.ID, alert.id())
                .text(Field.TYPE, TYPE)
                .text(Field.CUSTOMER, alert.customer().value())
                .text(Field.SOURCE, alert.source())
                .text(Field.ALERT, alert.alert())
                .text(Field.TITLE, alert.title())
                .text(Field.METER, alert.meter())
                .text(Field.THRESHOLD, alert.threshold())
                .text(Field.VALUE, alert.value())
                .time(Field.OCCURRED_AT, alert.occurredAt())
                .time(Field.RECORDED_AT, alert.recordedAt()));
  }

  /**
   * The alert of these bytes; empty if they are one of the ledger's own.
   *
   * @throws IllegalStateException if they are of this type and cannot be read; the message says why
   */
  public static Optional<UsageThreshold> read(byte[] bytes) {
    try {
      FieldReader fields = new FieldReader(JsonText.readOwn(bytes), Bounds.JOURNAL);
      return fields.text(Field.TYPE).filter(TYPE::equals).isPresent()
          ? Optional.of(read(fields))
          : Optional.empty();
    } catch (JsonText.NotAnObjectException | RefusedException | IllegalArgumentException e) {
      throw new IllegalStateException("not an alert: " + e.getMessage(), e);
    }
  }

  private static UsageThreshold read(FieldReader fields) {
    long version = fields.requiredInteger(Field.VERSION);
    if (version != VERSION) {
      throw fields.invalid(Field.VERSION, "is " + version + ", this program reads " + VERSION);
    }
    return new UsageThreshold(
        fields.required(Field.ID, text -> text),
        fields.required(Field.CUSTOMER, Parse::customer),
        fields.required(Field.SOURCE, text -> text),
        fields.required(Field.ALERT, text -> text),
        fields.text(Field.TITLE),
        fields.required(Field.METER, text -> text),
        fields.required(Field.THRESHOLD, text -> text),
        fields.required(Field.VALUE, text -> text),
        fields.requiredTime(Field.OCCURRED_AT),
        fields.requiredTime(Field.RECORDED_AT));
  }
}
