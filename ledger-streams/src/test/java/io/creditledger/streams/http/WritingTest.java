package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.catalog.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Usage, grants, voids and settings, over real HTTP. */
class WritingTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void usageIsAnsweredWithItsPosition() {
    ApiClient.Answer answer =
        api.client.post(
            "/v1/usage",
            """
            {"id":"e_1","customer":"cus_1","meter":"llm.input_tokens","quantity":1250}""");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"id":"e_1","position":{"topic":"test.ledger.usage-events","partition":0,"offset":0}}""");
  }

  @Test
  void whoWaitsIsToldTheOutcome() {
    // given
    String event =
        """
        {"id":"g_1","customer":"cus_1","amount":"10"}""";
    // when
    ApiClient.Answer first = api.client.post("/v1/grants", event, "Prefer", "wait=5");
    ApiClient.Answer second =
        api.client.post("/v1/grants", event, "Prefer", "respond-async, wait=5");
    ApiClient.Answer reused =
        api.client.post("/v1/grants", event.replace("10", "11"), "Prefer", "wait=5");
    // then
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Preference-Applied")).isEqualTo("wait=5");
    assertThat(first.json().path("outcome").asText()).isEqualTo("accepted");
    assertThat(first.json().path("sequence").asLong()).isEqualTo(1);
    assertThat(first.json().path("entry").path("type").asText()).isEqualTo("grant");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().path("outcome").asText()).isEqualTo("duplicate");
    assertThat(second.json().path("of").asLong()).isEqualTo(1);
    assertThat(reused.status()).isEqualTo(409);
    assertThat(reused.code()).isEqualTo("ID_REUSED");
    assertThat(reused.field()).isEqualTo("id");
    assertThat(reused.json().path("position").path("offset").asLong()).isEqualTo(2);
    assertThat(reused.json().path("outcome").asText()).isEqualTo("rejected");
  }

  @Test
  void aDuplicateIsOneWhateverHasBecomeOfTheCatalog() {
    // given
    String event = "{\"id\":\"u\",\"customer\":\"cus_1\",\"meter\":\"agent.task\"}";
    api.client.post("/v1/usage", event);
    api.ledger.publish(Catalog.EMPTY);
    // when
    ApiClient.Answer waited = api.client.post("/v1/usage", event, "Prefer", "wait=5");
    ApiClient.Answer unknown =
        api.client.post("/v1/usage", event.replace("\"u\"", "\"v\""), "Prefer", "wait=5");
    // then
    assertThat(waited.json().path("outcome").asText()).isEqualTo("duplicate");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("METER_UNKNOWN");
    assertThat(unknown.field()).isEqualTo("meter");
  }

  @Test
  void anOutcomeThatDoesNotComeInTimeIsPending() {
    api.ledger.undecided = true;

    ApiClient.Answer answer =
        api.client.post(
            "/v1/usage",
            "{\"id\":\"u\",\"customer\":\"cus_1\",\"credits\":\"1\"}",
            "Prefer",
            "wait=1");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("outcome").asText()).isEqualTo("pending");
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
  }

  @Test
  void usageBeyondTheGrantsIsPaymentRequired() {
    // given
    api.client.put(
        "/v1/customers/cus_1", "{\"overdraft_policy\":\"reject\"}", "Idempotency-Key", "conf");
    api.grant("g", "3", "");
    // when
    ApiClient.Answer answer =
        api.client.post(
            "/v1/usage",
            "{\"id\":\"u\",\"customer\":\"cus_1\",\"credits\":\"12\"}",
            "Prefer",
            "wait=5");
    // then
    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.code()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(answer.field()).isEqualTo("credits");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").asText()).isEqualTo("/docs#INSUFFICIENT_CREDITS");
    assertThat(answer.json().path("title").asText()).isEqualTo("Insufficient credits");
    assertThat(answer.json().path("remedy").asText()).isNotEmpty();
  }

  @Test
  void aGrantIsTakenBackInPartAndThenWhole() {
    // given
    api.grant("g/1", "10", "");
    // when
    ApiClient.Answer part =
        api.client.post(
            "/v1/grants/g%2F1/void",
            "{\"id\":\"v_1\",\"customer\":\"cus_1\",\"amount\":\"4\"}", "Prefer", "wait=5");
    ApiClient.Answer whole =
        api.client.post(
            "/v1/grants/g%2F1/void",
            "{\"customer\":\"cus_1\"}", "Prefer", "wait=5", "Idempotency-Key", "\"v_2\"");
    ApiClient.Answer again =
        api.client.post(
            "/v1/grants/g%2F1/void", "{\"id\":\"v_3\",\"customer\":\"cus_1\"}", "Prefer", "wait=5");
    // then
    assertThat(part.status()).as(part.text()).isEqualTo(201);
    assertThat(whole.status()).as(whole.text()).isEqualTo(201);
    assertThat(whole.json().path("id").asText()).isEqualTo("v_2");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("GRANT_ENDED");
  }

  @Test
  void settingsAreSetAndShown() {
    // when
    ApiClient.Answer put =
        api.client.put(
            "/v1/customers/cus_1",
            """
            {"id":"c_1","overdraft_policy":"carry","overdraft_limit":"100.50",
             "time_zone":"Europe/Berlin","plan":"plus"}""",
            "Prefer",
            "wait=5");
    // then
    assertThat(put.status()).as(put.text()).isEqualTo(201);
    assertThat(api.client.get("/v1/customers/cus_1").text())
        .isEqualTo(
            """
            {"customer":"cus_1","sequence":1,"overdraft_policy":"carry","overdraft_limit":"100.5",\
            "time_zone":"Europe/Berlin","plan":"plus","alerts":{},"top_up":null}""");
    assertThat(api.client.get("/v1/customers/cus_2").text())
        .isEqualTo(
            """
            {"customer":"cus_2","sequence":0,"overdraft_policy":null,"overdraft_limit":null,\
            "time_zone":"Z","plan":null,"alerts":{},"top_up":null}""");
  }

  @Test
  void aBatchIsAnsweredItemByItem() {
    // when
    ApiClient.Answer answer =
        api.client.post(
            "/v1/usage",
            """
             [ {"id":"a","customer":"cus_1","credits":"1"},
             {"id":"b","customer":"cus_1","meter":"nope","quantity":"1"}, 7,
             {"id":"d","customer":"cus_2","credits":"é"},{"id":"e","customer":"cus_2","credits":"1"}]""");
    // then
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.json().path("accepted").findValuesAsText("index")).containsExactly("0", "4");
    assertThat(answer.json().path("accepted").get(1).path("position").path("offset").asInt())
        .isEqualTo(1);
    JsonNode rejected = answer.json().path("rejected");
    assertThat(rejected.findValuesAsText("index")).containsExactly("1", "2", "3");
    assertThat(rejected.findValuesAsText("code"))
        .containsExactly("METER_UNKNOWN", "UNREADABLE", "FIELD_INVALID");
    assertThat(rejected.get(0).path("field").asText()).isEqualTo("meter");
  }

  @Test
  void aBatchThatIsWaitedForTellsEachOutcome() {
    // given
    api.grant("g", "10", "");
    api.use("dup", "1", "");
    String events =
        """
        [{"id":"dup","customer":"cus_1","credits":"1"},{"id":"new","customer":"cus_1","credits":"2"},
         {"type":"reverse","id":"r","customer":"cus_1","usage":"unheard of"}]""";
    // when
    ApiClient.Answer answer = api.client.post("/v1/usage", events, "Prefer", "wait=5");
    // then
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.json().path("accepted").findValuesAsText("outcome"))
        .containsExactly("duplicate", "accepted");
    assertThat(answer.json().path("accepted").get(1).path("entry").path("credits").asText())
        .isEqualTo("2");
    JsonNode rejected = answer.json().path("rejected").get(0);
    assertThat(rejected.path("code").asText()).isEqualTo("USAGE_UNKNOWN");
    assertThat(rejected.path("status").asInt()).isEqualTo(404);
    assertThat(rejected.path("position").path("offset").asInt()).isEqualTo(3);
  }

  @Test
  void aBatchOfWhichNothingWasTakenIsAProblem() {
    ApiClient.Answer answer =
        api.client.post("/v1/usage", "[{\"id\":\"a\"},{\"customer\":\"c\",\"credits\":\"1\"}]");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("BATCH_REFUSED");
    assertThat(answer.json().path("rejected").findValuesAsText("field"))
        .containsExactly("customer", "id");
    assertThat(answer.json().path("accepted")).isEmpty();
  }

  @Test
  void aThousandEventsAreTakenAndOneMoreIsNot() {
    assertThat(api.client.post("/v1/usage", events(1000)).status()).isEqualTo(202);
    ApiClient.Answer tooMany = api.client.post("/v1/usage", events(1001));
    assertThat(tooMany.status()).isEqualTo(413);
    assertThat(tooMany.code()).isEqualTo("BATCH_TOO_LARGE");
  }

  private static String events(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"e_" + i + "\",\"customer\":\"cus_1\",\"credits\":\"1\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void linesOfJsonAreABatch() {
    ApiClient.Answer answer =
        send(
            "application/x-ndjson; charset=utf-8",
            """
            {"id":"a","customer":"cus_1","credits":"1"}\r

            {"id":"b","customer":"cus_1","credits":"1"}
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("accepted").findValuesAsText("id")).containsExactly("a", "b");
  }

  private static final String CLOUD_EVENT =
      """
      {"specversion":"1.0","id":"9","source":"/agents/7","type":"llm.input_tokens",
       "subject":"cus_1","data":{"value":"2000","model":"m"}}""";

  @Test
  void cloudEventsAreRead() {
    ApiClient.Answer one = send("application/cloudevents+json", CLOUD_EVENT);
    ApiClient.Answer batch =
        send(
            "application/cloudevents-batch+json",
            "[" + CLOUD_EVENT + "," + CLOUD_EVENT.replace("\"9\"", "\"10\"") + "]");

    assertThat(one.status()).isEqualTo(202);
    assertThat(one.json().path("id").asText()).isEqualTo("/agents/7#9");
    assertThat(batch.json().path("accepted")).hasSize(2);
    assertThat(overage()).isEqualTo("2");
  }

  @Test
  void cloudEventsAreReadFromHeaders() {
    ApiClient.Answer answer =
        send(
            "application/json",
            "{\"value\":4000}",
            "ce-specversion",
            "1.0",
            "ce-id",
            "9",
            "ce-source",
            "/agents/%C3%A9",
            "ce-type",
            "llm.input_tokens",
            "ce-subject",
            "cus_1",
            "ce-time",
            "2026-11-21T09:59:00Z");

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().path("id").asText()).isEqualTo("/agents/é#9");
    assertThat(overage()).isEqualTo("2");
  }

  private String overage() {
    JsonNode balance = api.client.get("/v1/customers/cus_1/balance").json();
    return balance.path("units").get(0).path("overage").asText();
  }

  private ApiClient.Answer send(String mediaType, String body, String... headers) {
    return api.client.send(
        "POST", "/v1/usage", body.getBytes(StandardCharsets.UTF_8), mediaType, headers);
  }
}
