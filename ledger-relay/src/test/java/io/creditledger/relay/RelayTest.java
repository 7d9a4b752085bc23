package io.creditledger.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.relay.Relay.Beginning;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

  private static final TopicPartition PARTITION = new TopicPartition("entries", 0);
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private static EmbeddedPostgres postgres;

  private Database database;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void openDatabase() {
    database =
        Database.open(
            new DatabaseSettings(
                postgres.getJdbcUrl("postgres", "postgres"),
                "relay_" + SCHEMAS.incrementAndGet(),
                "io/creditledger/relay/test",
                4));
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void carries_each_record_once_and_goes_on_after_a_restart_where_it_was() {
    // given
    MockConsumer<byte[], byte[]> first = consumer(0, 3);
    try (Relay relay = relay(first, Beginning.EARLIEST, RelayTest::keep)) {
      relay.start();
      await().until(() -> seen().size() == 3);
    }

    // when
    MockConsumer<byte[], byte[]> second = consumer(0, 5);
    try (Relay relay = relay(second, Beginning.EARLIEST, RelayTest::keep)) {
      relay.start();
      await().until(() -> seen().size() >= 5);
    }

    // then
    assertThat(seen()).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void a_batch_that_fails_leaves_nothing_behind_and_is_tried_again() {
    // given
    AtomicInteger failures = new AtomicInteger(2);

    // when
    MockConsumer<byte[], byte[]> consumer = consumer(0, 3);
    try (Relay relay =
        relay(
            consumer,
            Beginning.EARLIEST,
            (transaction, records) -> {
              keep(transaction, records);
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the sink fails");
              }
            })) {
      relay.start();
      // A broker would send them again; the mock has them taken, so they are added until carried.
      await()
          .until(
              () -> {
                addAgainIfTaken(consumer, 3);
                return seen().size() >= 3;
              });
    }

    // then
    assertThat(seen()).containsExactly("0", "1", "2");
    assertThat(failures).hasValueLessThan(0);
  }

  @Test
  void a_member_that_was_overtaken_writes_nothing() {
    // given
    AtomicInteger calls = new AtomicInteger();
    MockConsumer<byte[], byte[]> consumer = consumer(0, 2);

    // when
    try (Relay relay =
        relay(
            consumer,
            Beginning.EARLIEST,
            (transaction, records) -> {
              calls.incrementAndGet();
              keep(transaction, records);
            })) {
      relay.start();
      await().until(() -> seen().size() == 2);
      database.jdbi().useHandle(other -> other.execute("update relay_offset set next_offset = 4"));
      consumer.schedulePollTask(() -> add(consumer, 2, 4));
      await().until(() -> relay.status().failures() > 0);
    }

    // then
    assertThat(seen()).containsExactly("0", "1");
    assertThat(calls).hasValue(1);
  }

  @Test
  void begins_after_what_is_there_where_that_is_asked_for() {
    MockConsumer<byte[], byte[]> consumer = consumer(0, 3);
    try (Relay relay = relay(consumer, Beginning.LATEST, RelayTest::keep)) {
      relay.start();
      await().until(() -> nextOffsets().equals(List.of(3L)));
      consumer.schedulePollTask(() -> add(consumer, 3, 5));
      await().until(() -> seen().size() >= 2);
    }
    assertThat(seen()).containsExactly("3", "4");
  }

  private Relay relay(MockConsumer<byte[], byte[]> consumer, Beginning beginning, Relay.Sink sink) {
    return new Relay("test", Set.of("entries"), beginning, consumer, database, sink);
  }

  private static MockConsumer<byte[], byte[]> consumer(int from, int to) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.schedulePollTask(
        () -> {
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          consumer.updateEndOffsets(Map.of(PARTITION, (long) to));
          consumer.rebalance(List.of(PARTITION));
          add(consumer, from, to);
        });
    return consumer;
  }

  private static void add(MockConsumer<byte[], byte[]> consumer, int from, int to) {
    IntStream.range(from, to)
        .forEach(
            i ->
                consumer.addRecord(
                    new ConsumerRecord<>("entries", 0, i, bytes("customer"), bytes("" + i))));
  }

  private static void addAgainIfTaken(MockConsumer<byte[], byte[]> consumer, int to) {
    consumer.schedulePollTask(
        () -> {
          if (consumer.position(PARTITION) == 0) {
            add(consumer, 0, to);
          }
        });
  }

  private static void keep(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(
        record ->
            transaction.execute(
                "insert into seen values (?)", new String(record.value(), StandardCharsets.UTF_8)));
  }

  private List<String> seen() {
    return database
        .jdbi()
        .withHandle(handle -> handle.select("select value from seen").mapTo(String.class).list());
  }

  private List<Long> nextOffsets() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.select("select next_offset from relay_offset").mapTo(Long.class).list());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
