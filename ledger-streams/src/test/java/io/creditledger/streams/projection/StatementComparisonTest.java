package io.creditledger.streams.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementComparisonTest {

  private final TestStatement statement = new TestStatement();
  private final List<ConsumerRecord<byte[], byte[]>> journal =
      new Journal()
          .grant("2026-10-30T10:00:00Z", "\"id\":\"g_1\",\"amount\":\"10\"")
          .usage(
              "2026-10-31T23:30:00Z",
              "\"id\":\"u_1\",\"meter\":\"llm.tokens\",\"quantity\":\"4000\","
                  + "\"properties\":{\"model\":\"m-large\"}")
          .grant("2026-11-03T10:00:00Z", "\"id\":\"g_2\",\"amount\":\"20\"")
          .usage("2026-11-04T10:00:00Z", "\"id\":\"r_1\",\"type\":\"reserve\",\"credits\":\"5\"")
          .usage("2026-11-05T10:00:00Z", "\"id\":\"v_1\",\"type\":\"reverse\",\"usage\":\"u_1\"")
          .records();

  @BeforeEach
  void the_journal_is_projected() {
    statement.project(journal);
  }

  @AfterEach
  void close() {
    statement.close();
  }

  private List<String> differences() {
    ConsumerRecord<byte[], byte[]> last = journal.getLast();
    try (StatementComparison comparison =
        StatementComparison.begin(TestStatement.url(), statement.face.schema())) {
      journal.forEach(comparison::add);
      comparison.end(last.partition(), last.offset() + 1);
      assertThat(comparison.rows()).isEqualTo(journal.size());
      assertThat(comparison.differing()).isEqualTo(comparison.differences().size());
      return comparison.differences().stream()
          .map(one -> one.table() + "@" + one.offset() + " " + one.what())
          .toList();
    }
  }

  private String at(String table, int index) {
    return table + "@" + journal.get(index).offset();
  }

  private void change(String sql) {
    assertThat(
            statement.database.jdbi().<Integer, RuntimeException>withHandle(it -> it.execute(sql)))
        .isEqualTo(1);
  }

  @Test
  void a_statement_equals_its_journal() {
    assertThat(differences()).isEmpty();
  }

  @Test
  void a_changed_row_is_named_with_its_place() {
    change("update entry set credits = credits - 1 where sequence = 2");

    assertThat(differences())
        .containsExactly(at("entry", 1) + " a row differs from this entry of the journal");
  }

  @Test
  void a_changed_body_is_named() {
    change("update entry set body = replace(body, '4000', '4001') where sequence = 2");

    assertThat(differences())
        .containsExactly(at("entry", 1) + " a row differs from this entry of the journal");
  }

  @Test
  void a_removed_row_is_missed() {
    change("delete from entry where sequence = 5");

    assertThat(differences()).containsExactly(at("entry", 4) + " a row of this entry is missing");
  }

  @Test
  void a_row_of_no_entry_is_found() {
    change(
        "insert into entry select recorded_at, partition, record_offset + 100, customer, 6, type, id,"
            + " usage, unit, meter, subscription, occurred_at, quantity, credits, amount, overage,"
            + " overdraft, forgiven, repaid, settled, held, catalog, properties, body"
            + " from entry where sequence = 2");

    assertThat(differences())
        .containsExactly(
            "entry@"
                + (journal.get(1).offset() + 100)
                + " a row stands here of which the journal has no entry");
  }

  @Test
  void a_changed_movement_or_grant_is_named() {
    change("update movement set amount = amount + 1 where sequence = 2");
    change("update grants set amount = 11 where grant_id = 'g_1'");

    assertThat(differences())
        .containsExactly(
            at("movement", 1) + " a row differs from this entry of the journal",
            "grants@-1 the row of grant g_1 differs from what the journal comes to");
  }
}
