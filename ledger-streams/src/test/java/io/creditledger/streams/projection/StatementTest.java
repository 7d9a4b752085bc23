package io.creditledger.streams.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.event.EventType;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.relay.CopyRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementTest {

  private static final OptionalLong NOWHERE = OptionalLong.empty();

  private final TestStatement statement = new TestStatement();

  /** Two months of one customer: two grants, usage of two meters, one undone, one reservation. */
  private final Journal journal =
      new Journal()
          .grant("2026-10-30T10:00:00Z", "\"id\":\"g_1\",\"amount\":\"10\"")
          .usage(
              "2026-10-31T23:30:00Z",
              "\"id\":\"u_1\",\"meter\":\"llm.tokens\",\"quantity\":\"4000\","
                  + "\"subscription\":\"sub_1\",\"properties\":{\"model\":\"m-large\"}")
          .usage(
              "2026-11-01T00:10:00Z",
              "\"id\":\"u_2\",\"meter\":\"llm.tokens\",\"quantity\":\"5000\","
                  + "\"occurred_at\":\"2026-10-31T23:50:00Z\",\"properties\":{\"model\":\"m-\\\\x\"}")
          .usage("2026-11-02T10:00:00Z", "\"id\":\"u_3\",\"meter\":\"agent.task\"")
          .grant("2026-11-03T10:00:00Z", "\"id\":\"g_2\",\"amount\":\"20\"")
          .usage("2026-11-04T10:00:00Z", "\"id\":\"r_1\",\"type\":\"reserve\",\"credits\":\"5\"")
          .usage(
              "2026-11-04T10:05:00Z",
              "\"id\":\"s_1\",\"type\":\"settle\",\"reservation\":\"r_1\",\"credits\":\"2.5\"")
          .usage("2026-11-05T10:00:00Z", "\"id\":\"v_1\",\"type\":\"reverse\",\"usage\":\"u_3\"");

  @AfterEach
  void close() {
    statement.close();
  }

  @Test
  void entries_come_back_byte_for_byte_newest_first_and_page_by_page() {
    statement.project(journal.records());

    List<JournalLine> first =
        statement.entries.newest(Journal.CUSTOMER, EntryFilter.ALL, NOWHERE, 5);
    List<JournalLine> second =
        statement.entries.newest(
            Journal.CUSTOMER, EntryFilter.ALL, OptionalLong.of(first.getLast().sequence()), 5);

    assertThat(first).hasSize(5);
    assertThat(first.reversed())
        .extracting(JournalLine::body)
        .isEqualTo(journal.bodies().subList(3, 8));
    assertThat(second.reversed())
        .extracting(JournalLine::body)
        .isEqualTo(journal.bodies().subList(0, 3));
    assertThat(statement.entries.after(Journal.CUSTOMER, 6, 10))
        .extracting(JournalLine::sequence)
        .containsExactly(7L, 8L);
    assertThat(statement.entries.last(Journal.CUSTOMER)).isEqualTo(8);
    assertThat(first.getFirst().offset()).isEqualTo(journal.records().getLast().offset());
    assertThat(statement.entries.customersOf(new EventId("u_3"), 5))
        .containsExactly(Journal.CUSTOMER);
    assertThat(statement.entries.customersOf(new EventId("u_9"), 5)).isEmpty();
  }

  @Test
  void what_is_searched_for_is_found_and_nothing_else() {
    statement.project(journal.records());

    assertThat(found(type(EventType.USAGE))).containsExactly(4L, 3L, 2L);
    assertThat(found(grant("g_1")))
        .as("made, burned, given back")
        .containsExactly(8L, 4L, 3L, 2L, 1L);
    assertThat(found(grant("g_2"))).as("made, held, settled").containsExactly(7L, 6L, 5L);
    assertThat(found(usage("u_3"))).as("used and undone").containsExactly(8L, 4L);
    assertThat(found(usage("r_1"))).as("held and settled").containsExactly(7L, 6L);
    assertThat(found(meter("agent.task"))).containsExactly(8L, 4L);
    assertThat(found(subscription("sub_1"))).containsExactly(2L);
    Period october =
        new Period(Optional.empty(), Optional.of(Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(found(when(october, Period.ALWAYS))).as("occurred").containsExactly(3L, 2L, 1L);
    assertThat(found(when(Period.ALWAYS, october))).as("recorded").containsExactly(2L, 1L);
  }

  @Test
  void a_record_that_is_there_already_is_refused_with_all_of_its_batch() {
    statement.project(journal.records().subList(0, 4));

    assertThatThrownBy(() -> statement.project(journal.records().subList(3, 8)))
        .isInstanceOf(CopyRows.CopyException.class)
        .hasMessageContaining("duplicate key");

    assertThat(statement.rows("select count(*) from entry")).containsExactly("4");
    assertThat(statement.rows("select count(*) from grants")).containsExactly("1");
  }

  @Test
  void what_is_no_entry_is_kept_aside_and_holds_nothing_up() {
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(
            Journal.record(100, "{\"v\":99}".getBytes(StandardCharsets.UTF_8)),
            Journal.record(102, new byte[] {'{', (byte) 0xff}),
            Journal.record(104, null),
            journal.records().getFirst());

    statement.project(records);

    assertThat(statement.rows("select record_offset from unreadable order by 1"))
        .containsExactly("100", "102", "104");
    assertThat(statement.entries.last(Journal.CUSTOMER)).isEqualTo(1);
  }

  @Test
  void usage_is_summed_by_what_is_asked_and_what_was_undone_counts_where_it_was_used() {
    statement.project(journal.records());

    assertThat(summed(List.of(UsageQuery.Key.METER), "UTC"))
        .containsExactly("agent.task 1 2 - 2", "llm.tokens 2 9 - 0", "- 1 2.5 - 0");
    assertThat(summed(List.of(UsageQuery.Key.DAY), "UTC"))
        .containsExactly("2026-10-31 2 9 - 0", "2026-11-02 1 2 - 2", "2026-11-04 1 2.5 - 0");
    assertThat(summed(List.of(UsageQuery.Key.DAY), "Europe/Berlin"))
        .as("half past eleven in UTC is the next day in Berlin")
        .startsWith("2026-11-01 2 9 - 0");
    assertThat(summed(List.of(UsageQuery.Key.SUBSCRIPTION), "UTC"))
        .containsExactly("sub_1 1 4 - 0", "- 3 9.5 - 2");
    assertThat(summed(List.of(UsageQuery.Key.PROPERTY), "UTC"))
        .containsExactlyInAnyOrder("m-\\x 1 5 - 0", "m-large 1 4 - 0", "- 2 4.5 - 2");
    assertThat(summed(List.of(UsageQuery.Key.PROPERTY, UsageQuery.Key.SUBSCRIPTION), "UTC"))
        .contains("m-large sub_1 1 4 - 0");
  }

  @Test
  void a_month_that_is_not_there_yet_is_made_by_whoever_needs_it_first() {
    statement.project(journal.records().subList(0, 1));
    statement.project(journal.records().subList(1, 8));

    assertThat(statement.rows("select count(*) from entry_2026_10")).containsExactly("2");
    assertThat(statement.rows("select count(*) from entry_2026_11")).containsExactly("6");
  }

  private List<Long> found(EntryFilter filter) {
    return statement.entries.newest(Journal.CUSTOMER, filter, NOWHERE, 100).stream()
        .map(JournalLine::sequence)
        .toList();
  }

  private List<String> summed(List<UsageQuery.Key> by, String zone) {
    Optional<String> property =
        by.contains(UsageQuery.Key.PROPERTY) ? Optional.of("model") : Optional.empty();
    UsageQuery query =
        new UsageQuery(
            by,
            property,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Period.ALWAYS,
            ZoneId.of(zone));
    return statement.usage.sums(Journal.CUSTOMER, query, 100).stream()
        .map(
            sum ->
                String.join(" ", sum.keys().stream().map(key -> key.orElse("-")).toList())
                    + " "
                    + sum.events()
                    + " "
                    + sum.credits().stripTrailingZeros().toPlainString()
                    + " - "
                    + sum.reversed().stripTrailingZeros().toPlainString())
        .toList();
  }

  private static EntryFilter type(EventType type) {
    return filter(
        Optional.of(type), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static EntryFilter grant(String id) {
    return filter(
        Optional.empty(),
        Optional.of(new GrantId(id)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static EntryFilter meter(String name) {
    return filter(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new MeterName(name)),
        Optional.empty(),
        Optional.empty());
  }

  private static EntryFilter subscription(String id) {
    return filter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new SubscriptionId(id)),
        Optional.empty());
  }

  private static EntryFilter usage(String id) {
    return filter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new EventId(id)));
  }

  private static EntryFilter filter(
      Optional<EventType> type,
      Optional<GrantId> grant,
      Optional<MeterName> meter,
      Optional<SubscriptionId> subscription,
      Optional<EventId> usage) {
    return new EntryFilter(type, grant, meter, subscription, usage, Period.ALWAYS, Period.ALWAYS);
  }

  private static EntryFilter when(Period occurred, Period recorded) {
    return new EntryFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        occurred,
        recorded);
  }
}
