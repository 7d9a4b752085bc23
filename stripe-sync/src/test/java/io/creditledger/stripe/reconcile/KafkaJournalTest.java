package io.creditledger.stripe.reconcile;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.stripe.usage.Journal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaJournalTest {

  private static final TopicPartition PARTITION = new TopicPartition("ledger.entries", 0);

  @Test
  void it_is_read_up_to_the_fence_and_no_further_and_what_is_unreadable_is_left_out() {
    // given
    Journal journal = new Journal("meters: {tokens: {rates: [{credits: 1}]}}");
    journal.use("ann", "tokens", "1", START);
    journal.use("ann", "tokens", "2", START);
    journal.use("ann", "tokens", "3", START);
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.schedulePollTask(
        () -> {
          journal.records().subList(0, 2).forEach(consumer::addRecord);
          consumer.addRecord(
              new ConsumerRecord<>(
                  PARTITION.topic(), 0, 2, new byte[0], "?".getBytes(StandardCharsets.UTF_8)));
        });
    consumer.schedulePollTask(
        () -> {
          for (LedgerEntry late : journal.entries().subList(2, 3)) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, 3, new byte[0], EntryJson.write(late)));
          }
        });
    List<LedgerEntry> read = new ArrayList<>();

    // when
    new KafkaJournal(() -> consumer).read(new Fence(Map.of(PARTITION, 3L)), read::addAll);

    // then
    assertThat(read).isEqualTo(journal.entries().subList(0, 2));
    assertThat(consumer.closed()).isTrue();
  }
}
