package io.creditledger.streams.topology;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.CloudEvents;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** An input record as the broker gave it. Its arrays are the record's own and not to be changed. */
public final class InputRecord {

  private final Position position;
  private final Instant recordedAt;
  private final byte[] key;
  private final byte[] value;
  private final Headers headers;

  /**
   * An input record.
   *
   * @param recordedAt the broker's append time
   * @param key null where the record has none
   * @param value null where the record has none
   */
  public InputRecord(
      Position position, Instant recordedAt, byte[] key, byte[] value, Headers headers) {
    this.position = position;
    this.recordedAt = recordedAt;
    this.key = key;
    this.value = value;
    this.headers = headers;
  }

  /** Where it stands. */
  public Position position() {
    return position;
  }

  /** When the broker appended it. */
  public Instant recordedAt() {
    return recordedAt;
  }

  /** Its key; null where it has none. */
  public byte[] key() {
    return key;
  }

  /** Its value; null where it has none. */
  public byte[] value() {
    return value;
  }

  /** Its headers. */
  public Headers headers() {
    return headers;
  }

  /**
   * Reads it into an event, if it is one that stands where it belongs. Never throws.
   *
   * @param partitions of the input topics
   */
  public Reading read(Catalog catalog, int partitions) {
    Reading reading = content(catalog);
    return switch (reading) {
      case Reading.Unreadable unreadable -> unreadable;
      case Reading.Read read -> misaddressed(read.event(), partitions).orElse(read);
    };
  }

  private Reading content(Catalog catalog) {
    if (position.source() == Source.USAGE
        && headers.lastHeader(CloudEvents.SPECVERSION_HEADER) != null) {
      return CloudEvents.readBinary(cloudEventAttributes(), value, catalog);
    }
    return EventJson.read(position.source(), value, catalog);
  }

  private Map<String, String> cloudEventAttributes() {
    Map<String, String> attributes = new HashMap<>();
    for (Header header : headers) {
      String name = header.key().toLowerCase(Locale.ROOT);
      if (name.startsWith(CloudEvents.HEADER_PREFIX) && header.value() != null) {
        attributes.put(name, new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return attributes;
  }

  /** The refusal of an event whose record would bring it to another customer's account. */
  private Optional<Reading> misaddressed(LedgerEvent event, int partitions) {
    if (key == null || key.length == 0) {
      return refused(event, Reason.KEY_MISSING, "the record has no key");
    }
    if (!Arrays.equals(key, StoreKeys.customer(event.customer()))) {
      return refused(
          event,
          Reason.KEY_MISMATCH,
          "the record's key is \""
              + shortened(new String(key, StandardCharsets.UTF_8))
              + "\", its customer \""
              + event.customer()
              + "\"");
    }
    int home = StoreKeys.partition(key, partitions);
    if (position.partition() != home) {
      return refused(
          event,
          Reason.WRONG_PARTITION,
          "the key belongs in partition "
              + home
              + ", the record stands in "
              + position.partition());
    }
    return Optional.empty();
  }

  private static Optional<Reading> refused(LedgerEvent event, Reason reason, String detail) {
    return Optional.of(
        new Reading.Unreadable(
            reason,
            Optional.empty(),
            detail,
            Optional.of(event.id()),
            Optional.of(event.customer())));
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
