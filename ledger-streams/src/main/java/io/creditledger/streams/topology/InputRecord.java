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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/** An input record as the broker gave it, read into an event if it is one. Never throws. */
final class InputRecord {

  private InputRecord() {}

  static Reading read(
      Record<byte[], byte[]> record, Position position, Catalog catalog, int partitions) {
    Reading reading = content(record, position.source(), catalog);
    return switch (reading) {
      case Reading.Unreadable unreadable -> unreadable;
      case Reading.Read read ->
          misaddressed(record, position, read.event(), partitions).orElse(read);
    };
  }

  private static Reading content(Record<byte[], byte[]> record, Source source, Catalog catalog) {
    if (source == Source.USAGE
        && record.headers().lastHeader(CloudEvents.SPECVERSION_HEADER) != null) {
      return CloudEvents.readBinary(cloudEventAttributes(record), record.value(), catalog);
    }
    return EventJson.read(source, record.value(), catalog);
  }

  private static Map<String, String> cloudEventAttributes(Record<byte[], byte[]> record) {
    Map<String, String> attributes = new HashMap<>();
    for (Header header : record.headers()) {
      String name = header.key().toLowerCase(Locale.ROOT);
      if (name.startsWith(CloudEvents.HEADER_PREFIX) && header.value() != null) {
        attributes.put(name, new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return attributes;
  }

  /** The refusal of an event whose record would bring it to another customer's account. */
  private static Optional<Reading> misaddressed(
      Record<byte[], byte[]> record, Position position, LedgerEvent event, int partitions) {
    if (record.key() == null || record.key().length == 0) {
      return refused(event, Reason.KEY_MISSING, "the record has no key");
    }
    if (!Arrays.equals(record.key(), StoreKeys.customer(event.customer()))) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      return refused(
          event,
          Reason.KEY_MISMATCH,
          "the record's key is \""
              + shortened(key)
              + "\", its customer \""
              + event.customer()
              + "\"");
    }
    int home = Utils.toPositive(Utils.murmur2(record.key())) % partitions;
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
