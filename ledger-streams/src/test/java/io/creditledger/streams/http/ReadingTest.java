package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.streams.query.Readiness;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Balances, grants, entries, settings, health and figures, over real HTTP. */
class ReadingTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aBalanceShowsEachPotInTheOrderInWhichItBurns() {
    // given
    api.grant("addon", "750", ",\"expires_at\":\"2027-11-05T00:00:00Z\"");
    api.grant("plan", "3900", ",\"priority\":10,\"expires_at\":\"2026-12-01T00:00:00Z\"");
    api.use("u_1", "75", "");
    // when
    ApiClient.Answer answer = api.client.get("/v1/customers/cus_1/balance");
    // then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo(
            """
            {"customer":"cus_1","sequence":3,"consistency":"latest","at":"2026-11-21T10:00:00Z",\
            "units":[{"unit":"credits","settled":"4575","held":"0","available":"4575",\
            "overage":"0","overdraft":"0","grants":[\
            {"id":"plan","amount":"3900","remaining":"3825","held":"0","available":"3825",\
            "priority":10,"category":"paid","state":"open","effective_at":"2026-11-21T10:00:00Z",\
            "expires_at":"2026-12-01T00:00:00Z","scope":{}},\
            {"id":"addon","amount":"750","remaining":"750","held":"0","available":"750",\
            "priority":50,"category":"paid","state":"open","effective_at":"2026-11-21T10:00:00Z",\
            "expires_at":"2027-11-05T00:00:00Z","scope":{}}]}]}""");
  }

  @Test
  void aGrantCountsByTheClockBeforeTheLogSaysSo() {
    // given
    api.grant("plan", "3900", ",\"expires_at\":\"2026-12-01T00:00:00Z\"");
    api.grant("next", "3900", ",\"effective_at\":\"2026-12-01T00:00:00Z\"");
    JsonNode before = unit(api.client.get("/v1/customers/cus_1/balance"));
    // when
    api.clock.forward(Duration.ofDays(10));
    JsonNode after = unit(api.client.get("/v1/customers/cus_1/balance"));
    // then
    assertThat(before.path("available").asText()).isEqualTo("3900");
    assertThat(before.path("grants").findValuesAsText("id")).containsExactly("plan", "next");
    assertThat(before.path("grants").findValuesAsText("state"))
        .containsExactly("open", "scheduled");
    assertThat(after.path("available").asText()).isEqualTo("3900");
    assertThat(after.path("grants").findValuesAsText("id")).containsExactly("next");
    assertThat(after.path("grants").findValuesAsText("state")).containsExactly("open");
  }

  @Test
  void heldCreditsAreNotAvailable() {
    api.grant("g", "100", "");
    api.client.post(
        "/v1/usage",
        "{\"type\":\"reserve\",\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"75\"}");

    JsonNode unit = unit(api.client.get("/v1/customers/cus_1/balance?consistency=committed"));

    assertThat(unit.path("settled").asText()).isEqualTo("100");
    assertThat(unit.path("held").asText()).isEqualTo("75");
    assertThat(unit.path("available").asText()).isEqualTo("25");
    assertThat(unit.path("grants").get(0).path("remaining").asText()).isEqualTo("100");
    assertThat(unit.path("grants").get(0).path("available").asText()).isEqualTo("25");
  }

  @Test
  void filtersRestrictGrantsAndSums() {
    // given
    api.grant("all", "1", "");
    api.grant("tokens", "10", ",\"scope\":{\"meters\":[\"llm.input_tokens\"]}");
    api.grant("sub", "100", ",\"scope\":{\"subscriptions\":[\"sub_1\"]}");
    // then
    assertThat(available("")).isEqualTo("111");
    assertThat(available("?meter=llm.input_tokens")).isEqualTo("11");
    assertThat(available("?subscription=sub_1")).isEqualTo("101");
    assertThat(available("?subscription=sub_1&meter=llm.input_tokens")).isEqualTo("111");
    assertThat(available("?meter=agent.task&unit=credits")).isEqualTo("1");
    JsonNode filtered = unit(api.client.get("/v1/customers/cus_1/balance?meter=agent.task"));
    assertThat(filtered.path("grants").findValuesAsText("id")).containsExactly("all");
    JsonNode other = api.client.get("/v1/customers/cus_1/balance?unit=goodies").json();
    assertThat(other.path("units")).isEmpty();
  }

  private String available(String query) {
    return unit(api.client.get("/v1/customers/cus_1/balance" + query)).path("available").asText();
  }

  private static JsonNode unit(ApiClient.Answer answer) {
    assertThat(answer.json().path("units")).as(answer.text()).hasSize(1);
    return answer.json().path("units").get(0);
  }

  @Test
  void anUnknownCustomerHasSequenceZeroAndNoUnits() {
    JsonNode balance = api.client.get("/v1/customers/nobody%2Fhere/balance").json();

    assertThat(balance.path("customer").asText()).isEqualTo("nobody/here");
    assertThat(balance.path("sequence").asLong()).isZero();
    assertThat(balance.path("units")).isEmpty();
  }

  @Test
  void aCustomerWithNothingLeftHasNoneOfTheDefaultUnit() {
    api.grant("g", "5", "");
    api.use("u", "5", "");

    JsonNode unit = unit(api.client.get("/v1/customers/cus_1/balance"));

    assertThat(unit.path("unit").asText()).isEqualTo("credits");
    assertThat(unit.path("available").asText()).isEqualTo("0");
  }

  @Test
  void grantsAreListedNewestFirstInPages() {
    // given
    api.grant("g_1", "5", ",\"name\":\"One\",\"metadata\":{\"order\":\"7\"}");
    api.grant("g_2", "6", ",\"cost_basis\":{\"amount\":\"39.00\",\"currency\":\"usd\"}");
    api.grant("g_3", "7", ",\"expires_at\":\"2026-11-22T00:00:00Z\"");
    api.use("u_1", "7", "");
    api.use("u_2", "5", "");
    // when
    JsonNode first = api.client.get("/v1/customers/cus_1/grants?limit=2").json();
    JsonNode second =
        api.client
            .get("/v1/customers/cus_1/grants?limit=2&cursor=" + first.path("next").asText())
            .json();
    // then
    assertThat(first.path("grants").findValuesAsText("id")).containsExactly("g_3", "g_2");
    assertThat(first.path("grants").get(1).path("cost_basis").path("currency").asText())
        .isEqualTo("usd");
    assertThat(second.path("grants").findValuesAsText("id")).containsExactly("g_1");
    assertThat(second.path("next").isNull()).isTrue();
    JsonNode one = second.path("grants").get(0);
    assertThat(one.path("name").asText()).isEqualTo("One");
    assertThat(one.path("consumed").asText()).isEqualTo("5");
    assertThat(one.path("remaining").asText()).isEqualTo("0");
    assertThat(one.path("metadata").path("order").asText()).isEqualTo("7");
  }

  @Test
  void grantsAreFilteredByTheirStateAsOfNow() {
    // given
    api.grant("short", "5", ",\"expires_at\":\"2026-11-22T00:00:00Z\"");
    api.grant("long", "6", "");
    api.clock.forward(Duration.ofDays(2));
    // when
    JsonNode expired = api.client.get("/v1/customers/cus_1/grants?state=expired").json();
    // then
    assertThat(expired.path("grants").findValuesAsText("id")).containsExactly("short");
    assertThat(expired.path("grants").get(0).path("expired").asText()).isEqualTo("5");
    assertThat(
            api.client
                .get("/v1/customers/cus_1/grants?state=open")
                .json()
                .path("grants")
                .findValuesAsText("id"))
        .containsExactly("long");
  }

  @Test
  void entriesAreListedNewestFirstAsTheyStandInTheJournal() {
    // given
    api.grant("g_1", "5", "");
    api.use("u_1", "1", "");
    api.use("u_2", "2", "");
    // when
    JsonNode first = api.client.get("/v1/customers/cus_1/entries?limit=2").json();
    JsonNode rest =
        api.client
            .get("/v1/customers/cus_1/entries?limit=2&before=" + first.path("next").asText())
            .json();
    // then
    assertThat(first.path("entries").findValuesAsText("id")).contains("u_2", "u_1");
    assertThat(first.path("next").asLong()).isEqualTo(2);
    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(rest.path("entries").get(0).path("type").asText()).isEqualTo("grant");
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(rest.path("complete").asBoolean()).isTrue();
  }

  @Test
  void healthFollowsTheLedger() {
    assertThat(api.client.get("/health").status()).isEqualTo(200);

    api.ledger.readiness = new Readiness(Readiness.State.STARTING, "REBALANCING");
    assertThat(api.client.get("/health").status()).isEqualTo(503);
    assertThat(api.client.get("/health/ready").json().path("status").asText())
        .isEqualTo("STARTING");
    assertThat(api.client.get("/health/live").status()).isEqualTo(200);

    api.ledger.readiness = new Readiness(Readiness.State.FAILED, "ERROR");
    assertThat(api.client.get("/health/live").status()).isEqualTo(503);
  }

  @Test
  void requestsAreCountedByRouteNotByPath() {
    api.client.get("/v1/customers/cus_1/balance");
    api.client.get("/nowhere/at/all");

    ApiClient.Answer metrics = api.client.get("/metrics");

    assertThat(metrics.header("Content-Type")).startsWith("text/plain");
    assertThat(metrics.text())
        .contains(
            "ledger_http_requests_seconds_count{method=\"GET\","
                + "route=\"/v1/customers/{customer}/balance\",status=\"200\"} 1")
        .contains("route=\"none\",status=\"404\"")
        .doesNotContain("nowhere")
        .doesNotContain("cus_1");
  }

  @Test
  void headAnswersAsGetWithoutABody() {
    ApiClient.Answer head = api.client.head("/v1/customers/cus_1/balance");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
  }
}
