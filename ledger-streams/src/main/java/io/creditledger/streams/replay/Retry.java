package io.creditledger.streams.replay;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * Sends inputs again to the topics they came from, and tells what became of them. An id that was
 * refused may be tried again, and one that was accepted since changes nothing, so that sending
 * twice is harmless.
 */
public final class Retry {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConnection kafka;
  private final Topics topics;
  private final Duration patience;

  /** An input to be sent. Its arrays are not copied and not to be changed. */
  public static final class Again {
    private final Source source;
    private final byte[] key;
    private final byte[] value;
    private final Headers headers;

    /**
     * An input.
     *
     * @param key decides the partition; null where there is none
     * @param value null where there is none
     */
    public Again(Source source, byte[] key, byte[] value, Headers headers) {
      this.source = source;
      this.key = key;
      this.value = value;
      this.headers = headers;
    }

    private ProducerRecord<byte[], byte[]> record(Topics topics) {
      return new ProducerRecord<>(topics.name(source), null, null, key, value, headers);
    }
  }

  /** What became of an input that was sent again. */
  public sealed interface Became {
    /** Where it stands now. */
    Position position();

    /** An entry of that sequence number. */
    record Entry(Position position, long sequence) implements Became {}

    /** A duplicate of an entry: it had been accepted since. */
    record Duplicate(Position position, long of) implements Became {}

    /** Rejected again. */
    record Rejected(Position position, String code, String detail) implements Became {}

    /** Not decided in the time that was waited; it will be. */
    record Pending(Position position) implements Became {}
  }

  /**
   * How to send.
   *
   * @param patience how long to wait for outcomes
   */
  public Retry(KafkaConnection kafka, Topics topics, Duration patience) {
    this.kafka = kafka;
    this.topics = topics;
    this.patience = patience;
  }

  /**
   * Sends all of them, and waits for what becomes of each, in their order.
   *
   * @param partitions of the ledger's topics
   * @throws ReplayException if the brokers do not take one
   */
  public List<Became> send(List<Again> inputs, int partitions) throws InterruptedException {
    try (Consumer<byte[], byte[]> outcomes = kafka.reader();
        Producer<byte[], byte[]> producer = kafka.writer()) {
      begin(outcomes, partitions);
      List<Future<RecordMetadata>> sending = new ArrayList<>();
      for (Again input : inputs) {
        sending.add(producer.send(input.record(topics)));
      }
      Map<Position, Optional<Became>> became = new LinkedHashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        became.put(position(inputs.get(i).source, sending.get(i)), Optional.empty());
      }
      await(outcomes, became);
      return became.entrySet().stream()
          .map(one -> one.getValue().orElseGet(() -> new Became.Pending(one.getKey())))
          .toList();
    }
  }

  /** Outcomes are looked for from where the topics end before anything is sent. */
  private void begin(Consumer<byte[], byte[]> outcomes, int partitions) {
    List<TopicPartition> places = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      places.add(new TopicPartition(topics.name(Topics.ENTRIES), partition));
      places.add(new TopicPartition(topics.name(Topics.REJECTIONS), partition));
    }
    outcomes.assign(places);
    new HashMap<>(outcomes.endOffsets(places)).forEach(outcomes::seek);
  }

  private static Position position(Source source, Future<RecordMetadata> sending)
      throws InterruptedException {
    try {
      RecordMetadata sent = sending.get();
      return new Position(source, sent.partition(), sent.offset());
    } catch (ExecutionException e) {
      throw new ReplayException(
          "the brokers did not take an input: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void await(Consumer<byte[], byte[]> outcomes, Map<Position, Optional<Became>> became) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (became.containsValue(Optional.<Became>empty()) && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : outcomes.poll(POLL)) {
        Became one =
            record.topic().equals(topics.name(Topics.ENTRIES))
                ? new Became.Entry(
                    EntryJson.positionOf(record.value()), EntryJson.sequenceOf(record.value()))
                : refusal(OutcomeJson.read(record.value()));
        became.replace(one.position(), Optional.of(one));
      }
    }
  }

  private static Became refusal(OutcomeJson.Parsed outcome) {
    return outcome.of().isPresent()
        ? new Became.Duplicate(outcome.position(), outcome.of().getAsLong())
        : new Became.Rejected(
            outcome.position(), outcome.code().orElse(""), outcome.detail().orElse(""));
  }
}
