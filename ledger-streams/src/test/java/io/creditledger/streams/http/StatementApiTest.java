package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.event.EventType;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.streams.projection.JournalLine;
import io.creditledger.streams.projection.UsageQuery;
import io.creditledger.streams.projection.UsageSum;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementApiTest {

  private static final String CUSTOMER = "/v1/customers/cus_1";
  private static final String ENTRIES = CUSTOMER + "/entries";

  private final FakeStatement statement = new FakeStatement();
  private final ApiFixture api =
      new ApiFixture(HttpSettings.of(HttpSettings.HOST_DEFAULT, 0), Optional.of(statement));

  @AfterEach
  void stop() {
    api.close();
  }

  /** Entries 1 to 5, of which the statement has the first so many. */
  private void five(int projected) {
    api.grant("g_1", "100", "");
    for (int i = 2; i <= 5; i++) {
      api.use("u_" + i, "1", "");
    }
    api.ledger.entriesAfter(new CustomerId("cus_1"), 0, projected).entries().stream()
        .map(entry -> new JournalLine(entry.sequence(), entry.sequence() - 1, entry.json()))
        .forEach(statement.lines::add);
  }

  private JsonNode page(String query) {
    ApiClient.Answer answer = api.client.get(ENTRIES + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static List<Long> sequences(JsonNode page) {
    List<Long> sequences = new ArrayList<>();
    page.path("entries").forEach(entry -> sequences.add(entry.path("sequence").asLong()));
    return sequences;
  }

  @Test
  void a_page_goes_on_in_the_statement_where_the_recent_past_ends() {
    five(4);
    api.ledger.forgotten = 3;

    JsonNode page = page("?limit=10");

    assertThat(sequences(page)).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(page.path("complete").asBoolean()).isTrue();
    assertThat(page.path("next").isNull()).isTrue();
    assertThat(page.path("statement_through").asLong()).isEqualTo(4);
    assertThat(sequences(page("?before=3&limit=1"))).containsExactly(2L);
    assertThat(page("?before=3&limit=1").path("next").asLong()).isEqualTo(2);
  }

  @Test
  void what_the_statement_does_not_have_yet_is_no_gap_in_a_page() {
    five(2);
    api.ledger.forgotten = 3;

    JsonNode page = page("");

    assertThat(sequences(page)).containsExactly(5L, 4L);
    assertThat(page.path("complete").asBoolean()).isFalse();
    assertThat(page.path("next").asLong()).isEqualTo(4);
  }

  @Test
  void while_the_statement_is_away_the_recent_past_is_answered() {
    five(5);
    api.ledger.forgotten = 3;
    statement.away = true;

    assertThat(sequences(page(""))).containsExactly(5L, 4L);
    assertThat(api.client.get(ENTRIES + "?before=4").code()).isEqualTo("UNAVAILABLE");
    assertThat(api.client.get(ENTRIES + "?type=usage").code()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void who_follows_a_journal_is_given_from_the_statement_what_is_no_longer_recent() {
    five(5);
    api.ledger.forgotten = 3;

    JsonNode page = page("?after=1&limit=2");

    assertThat(sequences(page)).containsExactly(2L, 3L);
    assertThat(page.path("complete").asBoolean()).isTrue();
    assertThat(page.path("next").asLong()).isEqualTo(3);
  }

  @Test
  void what_is_searched_for_is_asked_of_the_statement() {
    five(5);

    JsonNode page = page("?type=usage&grant=g_1&from=2026-11-01T00:00:00Z&limit=2");

    assertThat(sequences(page)).containsExactly(5L, 4L);
    assertThat(page.path("next").asLong()).isEqualTo(4);
    assertThat(statement.searches.getLast().type()).contains(EventType.USAGE);
    assertThat(statement.searches.getLast().grant()).contains(new GrantId("g_1"));
    assertThat(statement.searches.getLast().occurred().from())
        .contains(Instant.parse("2026-11-01T00:00:00Z"));
  }

  @Test
  void a_search_that_makes_no_sense_is_refused() {
    assertThat(api.client.get(ENTRIES + "?type=usages").field()).isEqualTo("type");
    assertThat(api.client.get(ENTRIES + "?from=yesterday").field()).isEqualTo("from");
    assertThat(
            api.client.get(ENTRIES + "?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z").field())
        .isEqualTo("to");
    assertThat(api.client.get(ENTRIES + "?after=0&type=usage").field()).isEqualTo("after");
    assertThat(api.client.get(CUSTOMER + "/usage?group_by=week").field()).isEqualTo("group_by");
    assertThat(api.client.get(CUSTOMER + "/usage?group_by=property").field()).isEqualTo("property");
    assertThat(api.client.get(CUSTOMER + "/usage?time_zone=Berlin").field()).isEqualTo("time_zone");
    assertThat(api.client.get(CUSTOMER + "/balance?as_of=soon").field()).isEqualTo("as_of");
  }

  @Test
  void a_service_without_a_statement_says_so() {
    try (ApiFixture bare = new ApiFixture()) {
      for (String path : List.of(ENTRIES + "?type=usage", CUSTOMER + "/usage", "/v1/projection")) {
        assertThat(bare.client.get(path).code()).as(path).isEqualTo("STATEMENT_NOT_CONFIGURED");
      }
    }
  }

  @Test
  void usage_is_summed_by_what_is_asked() {
    statement.sums.add(
        new UsageSum(
            List.of(Optional.of("2026-11-01"), Optional.empty()),
            "credits",
            2,
            Optional.of(new BigDecimal("1500.000")),
            new BigDecimal("3.500"),
            new BigDecimal("1.5"),
            BigDecimal.ZERO));

    JsonNode sums =
        api.client
            .get(CUSTOMER + "/usage?group_by=day,subscription&time_zone=Europe/Berlin")
            .json();

    assertThat(sums.path("sums").toString())
        .isEqualTo(
            "[{\"day\":\"2026-11-01\",\"subscription\":null,\"unit\":\"credits\",\"events\":2,"
                + "\"quantity\":\"1500\",\"credits\":\"3.5\",\"reversed\":\"1.5\",\"net\":\"2\","
                + "\"overage\":\"0\"}]");
    assertThat(statement.queries.getLast().by())
        .containsExactly(UsageQuery.Key.DAY, UsageQuery.Key.SUBSCRIPTION);
    assertThat(statement.queries.getLast().timeZone().getId()).isEqualTo("Europe/Berlin");
  }

  @Test
  void each_way_of_grouping_is_asked_of_the_statement_and_named_in_its_sums() {
    statement.sums.add(
        new UsageSum(
            List.of(Optional.of("one")),
            "credits",
            1,
            Optional.empty(),
            BigDecimal.ONE,
            BigDecimal.ZERO,
            BigDecimal.ZERO));

    for (UsageQuery.Key key : UsageQuery.Key.values()) {
      String property = key == UsageQuery.Key.PROPERTY ? "&property=model" : "";

      JsonNode sums =
          api.client.get(CUSTOMER + "/usage?group_by=" + key.wireName() + property).json();

      assertThat(sums.at("/group_by/0").asText()).isEqualTo(key.wireName());
      assertThat(sums.at("/sums/0/" + key.wireName()).asText()).isEqualTo("one");
      assertThat(statement.queries.getLast().by()).containsExactly(key);
    }
    assertThat(statement.queries.getLast().property()).contains("model");
  }

  @Test
  void a_rebuild_is_begun_once_and_its_course_can_be_seen() {
    assertThat(api.client.get("/v1/projection").json().path("rebuild").isNull()).isTrue();

    ApiClient.Answer begun = api.client.post("/v1/projection/rebuild", "");
    ApiClient.Answer again = api.client.post("/v1/projection/rebuild", "");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().path("rebuild").path("state").asText()).isEqualTo("running");
    assertThat(begun.json().path("behind").asLong()).isEqualTo(3);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("REBUILD_RUNNING");
  }

  @Test
  void a_balance_of_the_past_counts_what_occurred_or_what_was_known() {
    // given
    api.grant("g_1", "100", ",\"effective_at\":\"2026-11-01T00:00:00Z\"");
    api.clock.forward(Duration.ofHours(2));
    api.use("u_1", "30", ",\"occurred_at\":\"2026-11-21T10:30:00Z\"");

    // when
    JsonNode inBusiness = past("as_of=2026-11-21T10:45:00Z");
    JsonNode known = past("known_at=2026-11-21T10:45:00Z");
    JsonNode both = past("as_of=2026-11-21T10:45:00Z&known_at=2026-11-21T10:45:00Z");
    JsonNode before = past("as_of=2026-11-10T00:00:00Z");

    // then
    assertThat(available(inBusiness)).as("the usage had occurred").isEqualTo("70");
    assertThat(available(known)).as("nobody knew of it").isEqualTo("100");
    assertThat(known.path("sequence").asLong()).isEqualTo(1);
    assertThat(available(both)).isEqualTo("100");
    assertThat(available(before)).as("the grant was in effect").isEqualTo("100");
    assertThat(inBusiness.path("units").get(0).path("grants").get(0).path("remaining").asText())
        .isEqualTo("70");
    assertThat(
            api.client
                .get(CUSTOMER + "/balance?as_of=2026-11-21T10:45:00Z&consistency=latest")
                .field())
        .isEqualTo("consistency");
  }

  @Test
  void a_balance_of_the_past_is_read_from_the_log_where_there_is_no_statement() {
    try (ApiFixture bare = new ApiFixture()) {
      bare.grant("g_1", "100", "");

      JsonNode known = bare.client.get(CUSTOMER + "/balance?known_at=2026-11-21T10:00:00Z").json();

      assertThat(available(known)).isEqualTo("100");
    }
  }

  @Test
  void a_usage_is_explained_from_the_statement_and_only_what_it_lacks_from_the_topic() {
    five(4);

    JsonNode told = api.client.get("/v1/usage/u_3").json();
    JsonNode newer = api.client.get("/v1/usage/u_5").json();

    assertThat(told.path("read_from").asText()).isEqualTo("statement");
    assertThat(told.at("/entry/sequence").asLong()).isEqualTo(3);
    assertThat(told.at("/journal/topic").asText()).isEqualTo("ledger.entries");
    assertThat(told.at("/journal/offset").asLong()).isEqualTo(2);
    assertThat(told.at("/balance/before/available").asText()).isEqualTo("99");
    assertThat(newer.at("/entry/sequence").asLong()).as("not in the statement yet").isEqualTo(5);
    assertThat(newer.at("/balance/before/available").asText()).isEqualTo("97");
    assertThat(api.ledger.readFrom).as("where the topic was read from").isEqualTo(4);
  }

  @Test
  void a_usage_is_explained_from_the_topic_while_the_statement_is_away() {
    five(4);
    statement.away = true;

    JsonNode told = api.client.get("/v1/usage/u_3").json();

    assertThat(told.path("read_from").asText()).isEqualTo("topic");
    assertThat(told.at("/entry/sequence").asLong()).isEqualTo(3);
    assertThat(api.ledger.readFrom).isZero();
  }

  private JsonNode past(String query) {
    ApiClient.Answer answer = api.client.get(CUSTOMER + "/balance?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static String available(JsonNode balance) {
    return balance.path("units").path(0).path("available").asText();
  }
}
