package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTopologyTest {

  private static final String MONTHLY =
      """
      {"id":"monthly","customer":"cus_1","amount":"3900","priority":10,
       "expires_at":"2026-02-01T00:00:00Z"}""";
  private static final String ADD_ON =
      """
      {"id":"add_on","customer":"cus_1","amount":"750","priority":20,
       "expires_at":"2027-01-01T00:00:00Z"}""";

  private final TopologyFixture ledger = new TopologyFixture();

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void usage_burns_the_monthly_grant_before_the_add_on() {
    // given
    ledger.grant("cus_1", MONTHLY);
    ledger.grant("cus_1", ADD_ON);

    // when
    ledger.usage("cus_1", "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"4000\"}");

    // then
    List<LedgerEntry> entries = ledger.entries();
    assertThat(entries).hasSize(3);
    Change.Used used = (Change.Used) entries.get(2).change();
    assertThat(used.postings())
        .extracting(Posting::toString)
        .containsExactly(
            "Posting[grant=monthly, move=CONSUME, amount=3900, remaining=0]",
            "Posting[grant=add_on, move=CONSUME, amount=100, remaining=650]");
    assertThat(entries.get(2).balance().orElseThrow().available()).hasToString("650");
  }

  @Test
  void entries_are_linked_by_the_hash_of_their_journal_bytes() {
    // when
    ledger.grant("cus_1", MONTHLY);
    ledger.grant("cus_1", ADD_ON);

    // then
    List<byte[]> journal = ledger.output(Topics.ENTRIES).readValuesToList();
    LedgerEntry second = EntryJson.read(journal.get(1));
    assertThat(second.header().previous()).isEqualTo(Hash.of(journal.get(0)));
    assertThat(second.header().sequence()).isEqualTo(2);
  }

  @Test
  void a_second_delivery_is_a_duplicate_and_changes_nothing() {
    // given
    ledger.grant("cus_1", MONTHLY);
    String usage = "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"1\"}";
    ledger.usage("cus_1", usage);

    // when
    ledger.usage("cus_1", usage);

    // then
    assertThat(ledger.entries()).hasSize(2);
    assertThat(ledger.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(OutcomeJson.Kind.DUPLICATE);
              assertThat(refusal.of()).hasValue(2);
              assertThat(refusal.sequence()).isEqualTo(2);
            });
  }

  @Test
  void a_timer_ends_a_grant_at_its_time_and_once() {
    // given
    ledger.grant("cus_1", MONTHLY);
    ledger.entries();

    // when
    ledger.advanceTo(Instant.parse("2026-01-31T23:59:59Z"));
    List<LedgerEntry> before = ledger.entries();
    ledger.advanceTo(Instant.parse("2026-02-01T00:00:00Z"));
    ledger.advanceTo(Instant.parse("2026-02-01T00:01:00Z"));

    // then
    assertThat(before).isEmpty();
    assertThat(ledger.entries())
        .singleElement()
        .extracting(LedgerEntry::change)
        .satisfies(
            change -> {
              Change.Expired expired = (Change.Expired) change;
              assertThat(expired.amount()).hasToString("3900");
            });
    assertThat(ledger.refusals()).isEmpty();
  }

  @Test
  void three_missed_renewals_follow_one_after_the_other() {
    // given
    ledger.grant(
        "cus_1",
        """
        {"id":"plan","customer":"cus_1","amount":"100","recurrence":{"period":"P1M"}}""");
    ledger.entries();

    // when
    ledger.advanceTo(Instant.parse("2026-04-02T00:00:00Z"));
    ledger.advanceTo(Instant.parse("2026-04-02T00:00:01Z"));
    ledger.advanceTo(Instant.parse("2026-04-02T00:00:02Z"));

    // then
    assertThat(ledger.entries())
        .extracting(entry -> ((Change.Renewed) entry.change()).period())
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void usage_is_rated_by_the_catalog_in_force_and_names_it() {
    // given
    Catalog catalog = CatalogYaml.parse("test", "meters: {tokens: {credits: \"0.5\", per: 1000}}");
    ledger.publish(catalog);

    // when
    ledger.usage(
        "cus_1", "{\"id\":\"u1\",\"customer\":\"cus_1\",\"meter\":\"tokens\",\"quantity\":1250}");

    // then
    LedgerEntry entry = ledger.entries().getFirst();
    assertThat(((Change.Used) entry.change()).credits()).hasToString("0.625");
    assertThat(entry.header().catalog()).isEqualTo(catalog.version());
  }

  @Test
  void a_refusal_keeps_the_input_and_says_where_it_stands() {
    // given
    byte[] garbage = {'{', (byte) 0xff};

    // when
    ledger.send(Topics.USAGE_EVENTS, TopologyFixture.bytes("cus_1"), garbage);
    ledger.send(Topics.USAGE_EVENTS, TopologyFixture.bytes("cus_1"), null);
    ledger.usage("cus_2", "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"1\"}");

    // then
    List<byte[]> refused = ledger.output(Topics.REJECTIONS).readValuesToList();
    assertThat(refused.stream().map(OutcomeJson::read).toList())
        .extracting(refusal -> refusal.code().orElseThrow())
        .containsExactly("UNREADABLE", "VALUE_MISSING", "KEY_MISMATCH");
    assertThat(OutcomeJson.eventOf(refused.getFirst()))
        .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(garbage));
    assertThat(OutcomeJson.read(refused.get(2)).position().offset()).isEqualTo(2);
    assertThat(ledger.entries()).isEmpty();
  }

  @Test
  void a_refused_cloud_event_keeps_its_headers() {
    // given
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_specversion", TopologyFixture.bytes("1.0"));
    headers.add("ce_type", TopologyFixture.bytes("no.such.meter"));

    // when
    ledger
        .input(Topics.USAGE_EVENTS)
        .pipeInput(
            new TestRecord<>(
                TopologyFixture.bytes("cus_1"),
                TopologyFixture.bytes("{}"),
                headers,
                TopologyFixture.START));

    // then
    TestRecord<byte[], byte[]> refused = ledger.output(Topics.REJECTIONS).readRecord();
    assertThat(refused.headers().lastHeader("ce_type").value())
        .isEqualTo(TopologyFixture.bytes("no.such.meter"));
  }

  @Test
  void ids_past_their_time_are_swept_and_count_as_forgotten() {
    // given
    String usage = "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"1\"}";
    ledger.usage("cus_1", usage);

    // when
    ledger.advanceTo(TopologyFixture.START.plus(Duration.ofDays(36)));
    ledger.usage("cus_1", usage);

    // then
    assertThat(ledger.entries()).hasSize(2);
    assertThat(ledger.refusals()).isEmpty();
  }

  @Test
  void a_batch_leads_to_the_same_bytes_as_its_inputs_one_by_one() {
    // given
    List<String> usages =
        List.of(
            "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"4000\"}",
            "{\"id\":\"u2\",\"customer\":\"cus_1\",\"credits\":\"650.000001\"}",
            "not a usage",
            "{\"id\":\"u1\",\"customer\":\"cus_1\",\"credits\":\"4000\"}",
            "{\"id\":\"u3\",\"customer\":\"cus_1\",\"credits\":\"650\"}");
    TopicPartition partition = new TopicPartition(Topics.USAGE_EVENTS.name(), 0);
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    for (String usage : usages) {
      polled.add(
          new ConsumerRecord<>(
              partition.topic(),
              partition.partition(),
              polled.size(),
              TopologyFixture.bytes("cus_1"),
              TopologyFixture.bytes(usage)));
    }
    ConsumerRecord<byte[], byte[]> batch =
        InputBatch.batched(new ConsumerRecords<>(Map.of(partition, polled), Map.of()))
            .records(partition)
            .getFirst();

    // when
    List<List<String>> batched;
    try (TopologyFixture other = new TopologyFixture()) {
      other.grant("cus_1", MONTHLY);
      other.grant("cus_1", ADD_ON);
      other
          .input(Topics.USAGE_EVENTS)
          .pipeInput(
              new TestRecord<>(batch.key(), batch.value(), batch.headers(), TopologyFixture.START));
      batched = outcomes(other);
    }
    ledger.grant("cus_1", MONTHLY);
    ledger.grant("cus_1", ADD_ON);
    usages.forEach(usage -> ledger.usage("cus_1", usage));

    // then
    List<List<String>> oneByOne = outcomes(ledger);
    assertThat(oneByOne.get(0)).hasSize(5);
    assertThat(oneByOne.get(1)).hasSize(2);
    assertThat(batched).isEqualTo(oneByOne);
  }

  private static List<List<String>> outcomes(TopologyFixture ledger) {
    return Stream.of(Topics.ENTRIES, Topics.REJECTIONS)
        .map(
            topic ->
                ledger.output(topic).readValuesToList().stream()
                    .map(json -> new String(json, StandardCharsets.UTF_8))
                    .toList())
        .toList();
  }
}
