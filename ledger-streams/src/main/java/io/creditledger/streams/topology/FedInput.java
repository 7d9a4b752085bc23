package io.creditledger.streams.topology;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * An input as a replay feeds it: the record as it was, and in one more header where it first stood,
 * when it was recorded, and the catalog it was decided by.
 *
 * @param catalog version
 */
public record FedInput(InputRecord input, String catalog) {

  private static final String HEADER = "ledger_replay";

  private static final Pattern ORIGIN = Pattern.compile("(\\w+) (\\d+) (\\d+) (-?\\d+) (\\S*)");

  /** The record that feeds it, in the partition it first stood in. */
  public ProducerRecord<byte[], byte[]> record(String topic) {
    Position position = input.position();
    RecordHeaders headers = new RecordHeaders(input.headers().toArray());
    String origin =
        position.source()
            + " "
            + position.partition()
            + " "
            + position.offset()
            + " "
            + input.recordedAt().toEpochMilli()
            + " "
            + catalog;
    headers.add(HEADER, origin.getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(
        topic, position.partition(), null, input.key(), input.value(), headers);
  }

  /** The input that a record of the feed stands for. */
  static FedInput of(Record<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(HEADER);
    String origin = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    Matcher matcher = ORIGIN.matcher(origin);
    if (!matcher.matches()) {
      throw new IllegalStateException("a record of the feed without its origin: " + origin);
    }
    Headers headers = new RecordHeaders(record.headers().toArray());
    headers.remove(HEADER);
    return new FedInput(
        new InputRecord(
            new Position(
                Source.valueOf(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Long.parseLong(matcher.group(3))),
            Instant.ofEpochMilli(Long.parseLong(matcher.group(4))),
            record.key(),
            record.value(),
            headers),
        matcher.group(5));
  }
}
