package io.creditledger.streams.query;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.StoreKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The log as the brokers have it, read with a consumer of its own for each question. */
final class TopicLog implements CustomerLog {

  /** Readings at a time: each takes what a network and a processor give. */
  private static final int READERS_MAX = 2;

  private final LogReader reader;
  private final Topics topics;
  private final int partitions;
  private final Function<String, Optional<Catalog>> catalogs;
  private final Semaphore readers = new Semaphore(READERS_MAX);

  TopicLog(
      LogReader reader,
      Topics topics,
      int partitions,
      Function<String, Optional<Catalog>> catalogs) {
    this.reader = reader;
    this.topics = topics;
    this.partitions = partitions;
    this.catalogs = catalogs;
  }

  @Override
  public void entries(CustomerId customer, long from, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    ofCustomer(Topics.ENTRIES, customer, from, to);
  }

  @Override
  public void refusals(CustomerId customer, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    ofCustomer(Topics.REJECTIONS, customer, 0, to);
  }

  private void ofCustomer(
      Topic topic, CustomerId customer, long from, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    byte[] key = StoreKeys.customer(customer);
    read(
        List.of(new TopicPartition(topics.name(topic), StoreKeys.partition(key, partitions))),
        from,
        record -> {
          if (Arrays.equals(key, record.key())) {
            to.accept(record);
          }
        });
  }

  @Override
  public Set<CustomerId> customersOf(EventId id) {
    Needle needle = Needle.of(id);
    Set<CustomerId> found = new LinkedHashSet<>();
    String journal = journal();
    read(
        IntStream.range(0, partitions)
            .boxed()
            .flatMap(
                partition ->
                    List.of(journal, topics.name(Topics.REJECTIONS)).stream()
                        .map(topic -> new TopicPartition(topic, partition)))
            .toList(),
        0,
        record -> {
          if (needle.mayBeIn(record.value())) {
            (record.topic().equals(journal) ? ofEntry(record, id) : ofRefusal(record, id))
                .ifPresent(found::add);
          }
        });
    return found;
  }

  private static Optional<CustomerId> ofEntry(ConsumerRecord<byte[], byte[]> record, EventId id) {
    var header = EntryJson.read(record.value()).header();
    return header.id().equals(id) ? Optional.of(header.customer()) : Optional.empty();
  }

  private static Optional<CustomerId> ofRefusal(ConsumerRecord<byte[], byte[]> record, EventId id) {
    OutcomeJson.Parsed outcome = OutcomeJson.read(record.value());
    return outcome.id().filter(id::equals).flatMap(same -> outcome.customer());
  }

  @Override
  public Optional<Catalog> catalog(String version) {
    return catalogs.apply(version);
  }

  @Override
  public String journal() {
    return topics.name(Topics.ENTRIES);
  }

  @Override
  public int partitions() {
    return partitions;
  }

  private void read(
      List<TopicPartition> places, long from, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    if (!readers.tryAcquire()) {
      throw new LedgerUnavailableException(
          "the log is being read for " + READERS_MAX + " other questions");
    }
    try {
      reader.read(places, (beginning, end) -> Math.max(beginning, from), () -> true, to);
    } catch (KafkaException e) {
      throw new LedgerUnavailableException("the log cannot be read: " + e.getMessage());
    } finally {
      readers.release();
    }
  }

  /** Tells cheaply that an id is not in a record, so that few records are parsed. */
  private static final class Needle {
    private final byte[] bytes;

    private Needle(byte[] bytes) {
      this.bytes = bytes;
    }

    /** What may be written otherwise in JSON than it is cannot be looked for. */
    static Needle of(EventId id) {
      boolean plain =
          id.value().chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
      return new Needle(
          plain ? ('"' + id.value() + '"').getBytes(StandardCharsets.US_ASCII) : new byte[0]);
    }

    boolean mayBeIn(byte[] text) {
      int last = text.length - bytes.length;
      for (int i = 0; i <= last; i++) {
        if (Arrays.equals(text, i, i + bytes.length, bytes, 0, bytes.length)) {
          return true;
        }
      }
      return false;
    }
  }
}
