package io.creditledger.streams.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Memory;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.GrantId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FinanceTest {

  private final TestStatement statement = new TestStatement();

  @AfterEach
  void close() {
    statement.close();
  }

  /** 100 credits bought for $10, and 50 as a present; a third of the bought ones is used. */
  private static Journal bought() {
    return new Journal()
        .grant(
            "2026-10-05T10:00:00Z",
            "\"id\":\"g_1\",\"amount\":\"100\",\"priority\":1,"
                + "\"expires_at\":\"2026-12-10T00:00:00Z\","
                + "\"cost_basis\":{\"amount\":\"10.00\",\"currency\":\"usd\"}")
        .grant(
            "2026-10-05T10:00:00Z",
            "\"id\":\"g_2\",\"amount\":\"50\",\"category\":\"promotional\","
                + "\"expires_at\":\"2026-11-20T00:00:00Z\"")
        .usage("2026-10-20T10:00:00Z", "\"id\":\"u_1\",\"credits\":\"33.333333\"")
        .usage("2026-11-10T10:00:00Z", "\"id\":\"u_2\",\"credits\":\"33.333333\"")
        .usage(
            "2026-11-11T10:00:00Z",
            "\"id\":\"v_1\",\"type\":\"reverse\",\"usage\":\"u_2\",\"amount\":\"10\"")
        .timersUntil("2026-12-10T00:00:00Z");
  }

  @Test
  void of_each_grant_each_month_tells_what_became_of_its_credits_and_what_remained() {
    Journal journal = bought();

    statement.project(journal.records());

    assertThat(
            statement.rows(
                "select grant_id, month, granted::float8, consumed::float8, expired::float8,"
                    + " voided::float8, remaining::float8 from grant_month order by 1, 2"))
        .containsExactly(
            "g_1 2026-10-01 100 33.333333 0 0 66.666667",
            "g_1 2026-11-01 0 23.333333 0 0 43.333334",
            "g_1 2026-12-01 0 0 43.333334 0 0",
            "g_2 2026-10-01 50 0 0 0 50",
            "g_2 2026-11-01 0 0 50 0 0");
    matchesTheLedger(journal, List.of("g_1", "g_2"));
  }

  @Test
  void what_was_paid_is_recognised_as_credits_are_used_and_broken_as_they_expire_to_the_cent() {
    statement.project(bought().records());

    assertThat(
            statement.rows(
                "select month, paid, recognised, breakage, voided, deferred"
                    + " from revenue_month order by 1"))
        .containsExactly(
            "2026-10-01 10 3.33 0.00 0.00 6.67",
            "2026-11-01 0 2.34 0.00 0.00 4.33",
            "2026-12-01 0 0.00 4.33 0.00 0.00");
    assertThat(
            statement.rows(
                "select month, category, currency, expired::float8, breakage"
                    + " from breakage_month order by 1"))
        .containsExactly(
            "2026-11-01 promotional null 50 null", "2026-12-01 paid usd 43.333334 4.33");
  }

  @Test
  void a_rest_that_is_carried_over_takes_its_money_along_and_is_no_breakage() {
    Journal journal =
        new Journal()
            .grant(
                "2026-10-01T00:00:00Z",
                "\"id\":\"g_1\",\"amount\":\"30\","
                    + "\"cost_basis\":{\"amount\":\"10\",\"currency\":\"usd\"},"
                    + "\"recurrence\":{\"period\":\"P1M\",\"count\":2,"
                    + "\"rollover\":{\"cap\":\"10\"}}")
            .usage("2026-10-10T00:00:00Z", "\"id\":\"u_1\",\"credits\":\"12\"")
            .timersUntil("2026-11-01T00:00:00Z");

    statement.project(journal.records());

    assertThat(
            statement.rows(
                "select grant_id, month, paid, carried_in, recognised, breakage, carried_out,"
                    + " deferred from grant_revenue_month order by 1, 2"))
        .containsExactly(
            "g_1 2026-10-01 10 0 4.00 0.00 0.00 6.00",
            "g_1 2026-11-01 0 0 0.00 2.67 3.33 0.00",
            "g_1#2 2026-11-01 10 0 0.00 0.00 0.00 10.00",
            "g_1#2-rollover 2026-11-01 0 3.33 0.00 0.00 0.00 3.33");
  }

  @Test
  void what_waits_to_be_confirmed_counts_from_then_on() {
    Journal journal =
        new Journal()
            .grant(
                "2026-10-31T10:00:00Z",
                "\"id\":\"g_1\",\"amount\":\"30\",\"pending\":true,"
                    + "\"cost_basis\":{\"amount\":\"9\",\"currency\":\"jpy\"}")
            .grant("2026-10-31T11:00:00Z", "\"id\":\"g_2\",\"amount\":\"30\",\"pending\":true")
            .grant("2026-11-01T10:00:00Z", "\"id\":\"c_1\",\"type\":\"confirm\",\"grant\":\"g_1\"")
            .grant("2026-11-01T10:00:00Z", "\"id\":\"c_2\",\"type\":\"cancel\",\"grant\":\"g_2\"")
            .usage("2026-11-02T10:00:00Z", "\"id\":\"u_1\",\"credits\":\"10\"");

    statement.project(journal.records());

    assertThat(
            statement.rows(
                "select grant_id, month, granted::float8, remaining::float8 from grant_month"))
        .containsExactly("g_1 2026-11-01 30 20");
    assertThat(statement.rows("select currency, paid, recognised, deferred from revenue_month"))
        .as("yen have no parts")
        .containsExactly("jpy 9 3 6");
  }

  @Test
  void what_no_grant_covers_is_overage_until_it_is_undone() {
    Journal journal =
        new Journal()
            .usage(
                "2026-10-31T10:00:00Z",
                "\"id\":\"u_1\",\"meter\":\"llm.tokens\",\"quantity\":\"5000\"")
            .usage(
                "2026-11-01T10:00:00Z",
                "\"id\":\"v_1\",\"type\":\"reverse\",\"usage\":\"u_1\",\"amount\":\"2\"");

    statement.project(journal.records());

    assertThat(
            statement.rows(
                "select month, meter, overage::float8 from overage_month order by month"))
        .containsExactly("2026-10-01 llm.tokens 5", "2026-11-01 llm.tokens -2");
    assertThat(
            statement.rows(
                "select day, events, quantity::float8, credits::float8, reversed::float8"
                    + " from usage_day"))
        .containsExactly("2026-10-31 1 5000 5 2");
  }

  /** The sums over all months are what the ledger itself keeps of the grant. */
  private void matchesTheLedger(Journal journal, List<String> grants) {
    Memory memory = journal.ledger().memory(Journal.CUSTOMER);
    for (String id : grants) {
      Grant grant = memory.grant(new GrantId(id)).orElseThrow().grant();
      assertThat(
              statement.rows(
                  "select sum(granted) = "
                      + grant.granted()
                      + ", sum(consumed) = "
                      + grant.consumed()
                      + ", sum(expired) = "
                      + grant.expired()
                      + ", sum(voided) = "
                      + grant.voided()
                      + " from grant_month where grant_id = '"
                      + id
                      + "'"))
          .as(id)
          .containsExactly("t t t t");
    }
  }
}
