package io.creditledger.streams.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.relay.Database;
import io.creditledger.relay.Relay;
import io.creditledger.relay.RelayStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The projector as a relay drives it, against a real PostgreSQL. */
class ProjectorTest {

  private static final TopicPartition PARTITION = new TopicPartition(Journal.TOPIC, 2);
  private static final int ENTRIES = 40;

  private final TestStatement statement = new TestStatement();
  private final List<ConsumerRecord<byte[], byte[]>> records = journal().records();

  private static Journal journal() {
    Journal journal =
        new Journal().grant("2026-10-30T10:00:00Z", "\"id\":\"g_1\",\"amount\":\"10\"");
    IntStream.range(1, ENTRIES)
        .forEach(
            i ->
                journal.usage(
                    "2026-11-01T10:00:00Z", "\"id\":\"u_" + i + "\",\"credits\":\"0.5\""));
    return journal;
  }

  @AfterEach
  void close() {
    statement.close();
  }

  @Test
  void a_projector_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing() {
    // given
    AtomicInteger kills = new AtomicInteger(3);
    EntryProjector projector = new EntryProjector();
    MockConsumer<byte[], byte[]> consumer = consumer();

    // when
    try (Relay relay =
        relay(
            statement.database,
            consumer,
            (transaction, batch) -> {
              projector.write(transaction, batch);
              if (kills.getAndDecrement() > 0) {
                // The rows are written and not committed: the server ends the connection.
                transaction.execute("select pg_terminate_backend(pg_backend_pid())");
              }
            })) {
      deliver(consumer, ENTRIES);
      relay.start();
      // A broker would deliver again what is sought; this consumer is given it again.
      await()
          .until(
              () -> {
                consumer.schedulePollTask(
                    () -> {
                      if (consumer.position(PARTITION) == 0) {
                        add(consumer, 0, ENTRIES);
                      }
                    });
                return statement.entries.last(Journal.CUSTOMER) == ENTRIES;
              });
    }

    // then
    assertThat(kills).hasValueLessThan(0);
    assertThat(statement.rows("select count(*), min(sequence), max(sequence) from entry"))
        .containsExactly(ENTRIES + " 1 " + ENTRIES);
    assertThat(statement.rows("select next_offset from relay_offset"))
        .containsExactly(Long.toString(records.getLast().offset() + 1));
    assertThat(statement.rows("select sum(amount)::float8 from movement where move = 'consume'"))
        .containsExactly("10");
  }

  @Test
  void tables_made_anew_take_the_place_of_those_in_use_and_the_projector_goes_on_in_them()
      throws InterruptedException {
    // given
    int first = ENTRIES / 2;
    MockConsumer<byte[], byte[]> live = consumer();
    Database fresh = TestStatement.open(statement.face.beside());
    try (Relay projector = relay(statement.database, live, new EntryProjector())) {
      deliver(live, first);
      projector.start();
      await().until(() -> statement.entries.last(Journal.CUSTOMER) == first);
      statement.database.jdbi().useTransaction(statement.face::show);
      String schema = statement.face.schema();
      statement
          .database
          .jdbi()
          .useHandle(
              it -> {
                it.execute("update entry set credits = 1000 where sequence = 5");
                it.execute(
                    "create view "
                        + schema
                        + ".of_finance as select sum(credits) from "
                        + schema
                        + ".entry");
              });
      MockConsumer<byte[], byte[]> again = consumer();
      try (Relay rebuild = relay(fresh, again, new EntryProjector())) {
        deliver(again, first);
        rebuild.start();
        await().until(() -> rebuild.status().state() == RelayStatus.State.RUNNING);

        // when
        boolean swapped =
            new Swap(statement.face, statement.database, fresh).swapOnceLevel(rebuild);

        // then
        assertThat(swapped).isTrue();
      }
      live.schedulePollTask(() -> add(live, first, ENTRIES));
      await().until(() -> statement.entries.last(Journal.CUSTOMER) == ENTRIES);

      assertThat(statement.rows("select sum(credits)::float8 from entry")).containsExactly("19.5");
      assertThat(statement.rows("select * from " + schema + ".of_finance"))
          .as("what was built on the views sees the new tables")
          .containsExactly("19.5");
      assertThat(statement.rows("select count(*) from " + statement.face.replaced() + ".entry"))
          .as("the old tables until they are dropped")
          .containsExactly(Integer.toString(first));
    }
  }

  @Test
  void tables_that_have_less_than_those_in_use_do_not_take_their_place()
      throws InterruptedException {
    MockConsumer<byte[], byte[]> live = consumer();
    MockConsumer<byte[], byte[]> slow = consumer();
    Database fresh = TestStatement.open(statement.face.beside());
    try (Relay projector = relay(statement.database, live, new EntryProjector());
        Relay rebuild = relay(fresh, slow, new EntryProjector())) {
      deliver(live, ENTRIES);
      deliver(slow, 3);
      projector.start();
      rebuild.start();
      await().until(() -> statement.entries.last(Journal.CUSTOMER) == ENTRIES);

      boolean swapped = new Swap(statement.face, statement.database, fresh).swapOnceLevel(rebuild);

      assertThat(swapped).isFalse();
      assertThat(statement.entries.last(Journal.CUSTOMER)).isEqualTo(ENTRIES);
    } finally {
      fresh.close();
    }
  }

  private static Relay relay(
      Database database, MockConsumer<byte[], byte[]> consumer, Relay.Sink sink) {
    return new Relay(
        RunningProjection.RELAY,
        Set.of(Journal.TOPIC),
        Relay.Beginning.EARLIEST,
        consumer,
        database,
        sink);
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    return new MockConsumer<>("earliest");
  }

  private void deliver(MockConsumer<byte[], byte[]> consumer, int to) {
    consumer.schedulePollTask(
        () -> {
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          consumer.updateEndOffsets(Map.of(PARTITION, records.get(to - 1).offset() + 1));
          consumer.rebalance(List.of(PARTITION));
          add(consumer, 0, to);
        });
  }

  private void add(MockConsumer<byte[], byte[]> consumer, int from, int to) {
    records.subList(from, to).forEach(consumer::addRecord);
  }
}
