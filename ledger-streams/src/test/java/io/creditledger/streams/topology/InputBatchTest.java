package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputBatchTest {

  private static final TopicPartition USAGE = new TopicPartition("usage", 2);
  private static final TopicPartition GRANTS = new TopicPartition("grants", 2);

  @Test
  void inputs_of_one_millisecond_become_one_record_at_the_place_of_the_first() {
    // when
    List<ConsumerRecord<byte[], byte[]>> batched =
        batched(List.of(input(USAGE, 7, 100), input(USAGE, 8, 100), input(USAGE, 11, 100)));

    // then
    assertThat(batched).hasSize(1);
    assertThat(batched.getFirst().offset()).isEqualTo(7);
    assertThat(batched.getFirst().timestamp()).isEqualTo(100);
    assertThat(inputs(batched.getFirst()))
        .extracting(InputBatchTest::offset)
        .containsExactly(7L, 8L, 11L);
  }

  @Test
  void inputs_of_different_times_stay_apart() {
    // when
    List<ConsumerRecord<byte[], byte[]>> batched =
        batched(List.of(input(USAGE, 1, 100), input(USAGE, 2, 101), input(USAGE, 3, 100)));

    // then
    assertThat(batched).extracting(ConsumerRecord::offset).containsExactly(1L, 2L, 3L);
    assertThat(batched).allMatch(record -> InputBatch.in(record.headers()).isEmpty());
  }

  @Test
  void no_batch_is_longer_than_a_commit_may_wait_for() {
    // given
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    for (int offset = 0; offset < 120; offset++) {
      polled.add(input(USAGE, offset, 100));
    }

    // when
    List<ConsumerRecord<byte[], byte[]>> batched = batched(polled);

    // then
    assertThat(batched).extracting(record -> inputs(record).size()).containsExactly(50, 50, 20);
  }

  @Test
  void where_the_consumer_goes_on_is_left_as_it_was() {
    // given
    ConsumerRecords<byte[], byte[]> polled =
        polled(Map.of(USAGE, List.of(input(USAGE, 1, 100), input(USAGE, 2, 100))));

    // when
    ConsumerRecords<byte[], byte[]> batched = InputBatch.batched(polled);

    // then
    assertThat(batched.nextOffsets()).isEqualTo(Map.of(USAGE, new OffsetAndMetadata(3)));
  }

  @Test
  void each_input_has_its_own_headers() {
    // given
    ConsumerRecord<byte[], byte[]> first = input(USAGE, 1, 100);
    first.headers().add("ce_specversion", bytes("1.0"));

    // when
    List<ConsumerRecord<byte[], byte[]>> batched = batched(List.of(first, input(USAGE, 2, 100)));

    // then
    List<InputRecord> inputs = inputs(batched.getFirst());
    assertThat(inputs.get(0).headers()).isEqualTo(first.headers());
    assertThat(inputs.get(1).headers()).isEmpty();
  }

  @Test
  void a_header_that_somebody_else_calls_so_is_no_batch() {
    // given
    RecordHeaders headers = new RecordHeaders();
    headers.add("ledger_batch", bytes("mine"));

    // then
    assertThat(InputBatch.in(headers)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatever_a_poll_brings_comes_out_whole_and_in_order(long seed) {
    // given
    SplittableRandom random = new SplittableRandom(seed);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    for (TopicPartition partition : List.of(USAGE, GRANTS)) {
      List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
      long offset = random.nextLong(1_000);
      long time = random.nextLong(1_000);
      for (int i = random.nextInt(1, 400); i > 0; i--) {
        some.add(input(partition, offset, time));
        offset += random.nextInt(10) == 0 ? 2 : 1;
        time += random.nextInt(20) == 0 ? random.nextInt(3) : 0;
      }
      records.put(partition, some);
    }

    // when
    ConsumerRecords<byte[], byte[]> batched = InputBatch.batched(polled(records));

    // then
    records.forEach(
        (partition, expected) -> {
          List<InputRecord> came = new ArrayList<>();
          for (ConsumerRecord<byte[], byte[]> record : batched.records(partition)) {
            List<InputRecord> inputs = inputs(record);
            assertThat(record.offset()).isEqualTo(offset(inputs.getFirst()));
            came.addAll(inputs);
          }
          assertThat(came).hasSameSizeAs(expected);
          for (int i = 0; i < came.size(); i++) {
            assertThat(offset(came.get(i))).isEqualTo(expected.get(i).offset());
            assertThat(came.get(i).recordedAt().toEpochMilli())
                .isEqualTo(expected.get(i).timestamp());
            assertThat(came.get(i).value()).isSameAs(expected.get(i).value());
            assertThat(came.get(i).key()).isSameAs(expected.get(i).key());
          }
        });
  }

  private static List<InputRecord> inputs(ConsumerRecord<byte[], byte[]> record) {
    Instant recordedAt = Instant.ofEpochMilli(record.timestamp());
    Optional<InputBatch> batch = InputBatch.in(record.headers());
    return batch
        .map(of -> of.inputs(Source.USAGE, recordedAt))
        .orElseGet(
            () ->
                List.of(
                    new InputRecord(
                        new Position(Source.USAGE, record.partition(), record.offset()),
                        recordedAt,
                        record.key(),
                        record.value(),
                        record.headers())));
  }

  private static long offset(InputRecord input) {
    return input.position().offset();
  }

  private static List<ConsumerRecord<byte[], byte[]>> batched(
      List<ConsumerRecord<byte[], byte[]>> usages) {
    return InputBatch.batched(polled(Map.of(USAGE, usages))).records(USAGE);
  }

  private static ConsumerRecords<byte[], byte[]> polled(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    records.forEach(
        (partition, of) -> next.put(partition, new OffsetAndMetadata(of.getLast().offset() + 1)));
    return new ConsumerRecords<>(records, next);
  }

  private static ConsumerRecord<byte[], byte[]> input(
      TopicPartition partition, long offset, long time) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        time,
        TimestampType.LOG_APPEND_TIME,
        1,
        1,
        bytes("customer"),
        bytes("input " + offset),
        new RecordHeaders(),
        Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
