package io.creditledger.streams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.replay.Books;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionAuditTest {

  private static final int HISTORIES = Integer.getInteger("ledger.audit.histories", 50);

  private final List<SpilledMemories> opened = new ArrayList<>();
  private RecordedLedger ledger = new RecordedLedger();

  @BeforeEach
  void two_customers_use_credits() {
    for (String customer : List.of("cus_1", "cus_2")) {
      ledger.grant(
          customer, "{\"id\":\"g\",\"customer\":\"%s\",\"amount\":\"100\"}".formatted(customer));
    }
    for (int i = 0; i < 5; i++) {
      for (String customer : List.of("cus_1", "cus_2")) {
        ledger.usage(
            customer,
            "{\"id\":\"u%d\",\"customer\":\"%s\",\"credits\":\"3\"}".formatted(i, customer));
      }
    }
    ledger.usage("cus_1", "{\"id\":\"u0\",\"customer\":\"cus_1\",\"credits\":\"3\"}");
    ledger.usage("cus_1", "{\"id\":\"u0\",\"customer\":\"cus_1\",\"credits\":\"4\"}");
  }

  @AfterEach
  void close() {
    ledger.close();
    opened.forEach(SpilledMemories::close);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, HISTORIES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void random_histories_hold_and_their_replay_is_what_the_stores_have(long seed) {
    // given
    ledger.close();
    ledger = new RecordedLedger();
    RandomHistory.play(seed, 200, ledger);

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(audit.findings()).as("seed %d", seed).isEmpty();
    long inputs =
        (long) ledger.topic(Topics.USAGE_EVENTS).size()
            + ledger.topic(Topics.GRANT_EVENTS).size()
            + ledger.topic(Topics.EXPIRY_EVENTS).size();
    assertThat(audit.counts().inputs()).as("seed %d", seed).isEqualTo(inputs);
    assertThat(audit.counts().derived()).as("seed %d", seed).isEqualTo(inputs);
    for (Account account : audit.books().accounts()) {
      byte[] stored = ledger.account(account.customer());
      assertThat(AccountCodec.write(account)).as("seed %d", seed).isEqualTo(stored);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_history_holds_whose_last_commit_has_reached_one_topic_alone(long seed) {
    // given
    ledger.close();
    ledger = new RecordedLedger();
    RandomHistory.play(seed, 200, ledger);
    SplittableRandom random = new SplittableRandom(seed);
    int decided = random.nextInt(ledger.commits());
    int entries = random.nextInt(decided, ledger.commits());
    int rejections = random.nextInt(decided, ledger.commits());

    // when
    PartitionAudit audit = audit(ledger.log(decided, entries, rejections));

    // then
    assertThat(audit.findings()).as("seed %d", seed).isEmpty();
    assertThat(audit.counts().entries())
        .as("seed %d", seed)
        .isBetween(
            (long) ledger.sizeAt(decided, Topics.ENTRIES),
            (long) ledger.sizeAt(entries, Topics.ENTRIES));
    assertThat(audit.counts().duplicates() + audit.counts().rejections())
        .as("seed %d", seed)
        .isBetween(
            (long) ledger.sizeAt(decided, Topics.REJECTIONS),
            (long) ledger.sizeAt(rejections, Topics.REJECTIONS));
  }

  @Test
  void an_entry_missing_before_the_last_commit_is_missed_whatever_came_later() {
    // given
    int decided = ledger.commits() - 1;
    ledger.usage("cus_1", "{\"id\":\"later\",\"customer\":\"cus_1\",\"credits\":\"1\"}");
    ledger.usage("cus_1", "not an event");
    int last = ledger.commits() - 1;
    ledger.topic(Topics.ENTRIES).remove(ledger.sizeAt(decided, Topics.ENTRIES) - 1);

    // when
    PartitionAudit audit = audit(ledger.log(decided, decided, last));

    // then
    assertThat(first(audit)).contains("has no outcome");
  }

  @Test
  void a_whole_ledger_holds() {
    PartitionAudit audit = audit();

    assertThat(audit.findings()).isEmpty();
    assertThat(audit.counts())
        .extracting(Counts::entries, Counts::duplicates, Counts::rejections, Counts::customers)
        .containsExactly(12L, 1L, 1L, 2L);
  }

  @Test
  void a_flipped_digit_in_the_journal_is_named_with_its_field() {
    // given
    change(Topics.ENTRIES, 4, "\"amount\":\"3\"", "\"amount\":\"2\"");

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .isEqualTo(
            "ledger.entries-0@4, customer cus_1: of entry 3, change.postings[0].amount is 2, and"
                + " should be 3");
    assertThat(audit.findingCount()).isEqualTo(1);
  }

  @Test
  void a_flipped_digit_in_a_refusal_is_named() {
    // given
    change(Topics.REJECTIONS, 0, "\"of\":2", "\"of\":3");

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .isEqualTo(
            "ledger.rejections-0@0, customer cus_1: of is OptionalLong[3], and should be OptionalLong[2]");
  }

  @Test
  void a_removed_entry_is_missed_where_it_stood() {
    // given
    ledger.topic(Topics.ENTRIES).remove(4);

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .isEqualTo(
            "ledger.entries-0@5, customer cus_1: input ledger.usage-events-0@2 has no outcome where"
                + " one belongs, before this entry, number 3 of cus_2: an outcome was removed, or"
                + " stands elsewhere");
    assertThat(audit.sound("cus_2")).isTrue();
  }

  @Test
  void the_last_entry_removed_is_missed_too() {
    // given
    ledger.topic(Topics.ENTRIES).removeLast();

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .startsWith(
            "ledger.rejections-0@0, customer cus_2: input ledger.usage-events-0@9 has no outcome");
  }

  @Test
  void a_swapped_pair_is_found_where_it_begins() {
    // given: two entries of one customer change places, and keep their offsets' values.
    List<ConsumerRecord<byte[], byte[]>> journal = ledger.topic(Topics.ENTRIES);
    ConsumerRecord<byte[], byte[]> third = journal.get(4);
    ConsumerRecord<byte[], byte[]> fourth = journal.get(6);
    journal.set(4, RecordedLedger.with(third, fourth.value()));
    journal.set(6, RecordedLedger.with(fourth, third.value()));

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .startsWith("ledger.entries-0@4, customer cus_1: input ledger.usage-events-0@2 has no")
        .contains("entry, number 4 of cus_1");
  }

  @Test
  void records_swapped_whole_are_found_where_they_begin() {
    // given
    Collections.swap(ledger.topic(Topics.ENTRIES), 4, 5);

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .startsWith("ledger.entries-0@5, customer cus_1: input ledger.usage-events-0@2 has no");
  }

  @Test
  void a_usage_charged_twice_is_named_with_the_second_charge() {
    // given: the same usage once more, forged to follow the customer's last entry.
    List<ConsumerRecord<byte[], byte[]>> journal = ledger.topic(Topics.ENTRIES);
    ConsumerRecord<byte[], byte[]> charge = journal.get(10);
    byte[] again =
        text(charge).replace("\"sequence\":6", "\"sequence\":7").getBytes(StandardCharsets.UTF_8);
    journal.add(
        RecordedLedger.record(
            Topics.ENTRIES, 12, charge.timestamp(), charge.key(), again, new RecordHeaders()));

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .startsWith(
            "ledger.entries-0@12, customer cus_1: it names the input ledger.usage-events-0@8")
        .contains("entry 7, after entry 6, was added, doubled or moved");
  }

  @Test
  void usage_changed_after_it_was_decided_no_longer_derives_its_entry() {
    // given
    change(Topics.USAGE_EVENTS, 2, "\"credits\":\"3\"", "\"credits\":\"9\"");

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit)).startsWith("ledger.entries-0@4, customer cus_1: of entry 3, ");
  }

  @Test
  void a_record_that_is_no_entry_is_named() {
    // given
    change(Topics.ENTRIES, 4, "\"sequence\"", "\"sequenc\"");

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(first(audit))
        .isEqualTo(
            "ledger.entries-0@4, customer cus_1: the record cannot be read: not a journal entry: it"
                + " has no sequence");
  }

  @Test
  void an_id_that_was_let_go_before_its_retention_was_raised_is_no_difference() {
    // given: an id is swept after a day, and a later catalog would have kept it for a hundred.
    ledger.publish(remembering("P1D"));
    ledger.usage("cus_1", "{\"id\":\"day\",\"customer\":\"cus_1\",\"credits\":\"2\"}");
    ledger.advance(Duration.ofDays(2));
    ledger.publish(remembering("P100D"));
    ledger.usage("cus_1", "{\"id\":\"day\",\"customer\":\"cus_1\",\"credits\":\"2\"}");

    // when
    PartitionAudit audit = audit();

    // then
    assertThat(text(ledger.topic(Topics.ENTRIES).getLast())).contains("\"id\":\"day\"");
    assertThat(ledger.topic(Topics.ENTRIES)).hasSize(14);
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.letGo()).isEqualTo(1);
  }

  private static Catalog remembering(String retention) {
    return CatalogYaml.parse(
        "test", "limits: {usage_max_age: PT1H, id_retention: %s}".formatted(retention));
  }

  private PartitionAudit audit() {
    return audit(ledger.log());
  }

  private PartitionAudit audit(PartitionLog log) {
    SpilledMemories memories = new SpilledMemories(() -> ledger.catalogs().idMemoryMax());
    opened.add(memories);
    PartitionAudit audit =
        new PartitionAudit(
            new JournalReader(log),
            new Books(memories),
            ledger::catalogs,
            1,
            AuditScope.ALL,
            account -> {});
    audit.run();
    return audit;
  }

  private static String first(PartitionAudit audit) {
    List<Finding> findings = new ArrayList<>(audit.findings());
    assertThat(findings).isNotEmpty();
    findings.sort(Finding.FIRST_FIRST);
    return findings.getFirst().toString();
  }

  private void change(Topic topic, int at, String from, String to) {
    List<ConsumerRecord<byte[], byte[]>> records = ledger.topic(topic);
    String changed = text(records.get(at)).replace(from, to);
    assertThat(changed).isNotEqualTo(text(records.get(at)));
    records.set(at, RecordedLedger.with(records.get(at), RecordedLedger.bytes(changed)));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }
}
