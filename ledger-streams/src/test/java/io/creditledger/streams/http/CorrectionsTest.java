package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reversals, adjustments, debits, changes of grants, top-ups and previews, over real HTTP. */
class CorrectionsTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiClient.Answer post(String path, String fields) {
    return api.client.post(path, "{\"customer\":\"cus_1\"" + fields + "}", "Prefer", "wait=5");
  }

  private ApiClient.Answer patch(String path, String fields) {
    return api.client.send(
        "PATCH",
        path,
        ("{\"customer\":\"cus_1\"" + fields + "}").getBytes(StandardCharsets.UTF_8),
        ApiClient.JSON,
        "Prefer",
        "wait=5");
  }

  private String available() {
    return api.client
        .get("/v1/customers/cus_1/balance")
        .json()
        .path("units")
        .get(0)
        .path("available")
        .asText();
  }

  @Test
  void usageIsReversedInPartAndThenWhole() {
    api.grant("g", "100", "");
    api.use("u/1", "10", "");

    ApiClient.Answer part =
        post("/v1/usage/u%2F1/reverse", ",\"id\":\"v_1\",\"amount\":\"4\",\"actor\":\"ann\"");
    assertThat(part.status()).as(part.text()).isEqualTo(201);
    assertThat(part.json().path("entry").path("actor").asText()).isEqualTo("ann");
    assertThat(available()).isEqualTo("94");
    ApiClient.Answer rest = post("/v1/usage/u%2F1/reverse", "");
    assertThat(rest.json().path("id").asText()).isEqualTo("reverse:u/1");
    assertThat(available()).isEqualTo("100");
    assertThat(post("/v1/usage/u%2F1/reverse", "").status()).isEqualTo(200);
    assertThat(post("/v1/usage/u%2F1/reverse", ",\"id\":\"v_2\"").code())
        .isEqualTo("REVERSAL_EXCEEDS_USAGE");
  }

  @Test
  void theLongestIdHasAnIdForItsReversalToo() {
    String id = "u".repeat(200);
    api.grant("g", "100", "");
    api.use(id, "10", "");

    ApiClient.Answer answer = post("/v1/usage/" + id + "/reverse", "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("id").asText()).matches("reverse:[\\w-]{43}");
    assertThat(post("/v1/usage/" + id + "/reverse", "").json().path("outcome").asText())
        .isEqualTo("duplicate");
  }

  @Test
  void adjustmentsGoBothWaysAndDebitsBurn() {
    api.grant("g", "100", "");

    assertThat(post("/v1/adjustments", ",\"id\":\"a_1\",\"amount\":\"5\"").status()).isEqualTo(201);
    assertThat(available()).isEqualTo("105");
    assertThat(
            post("/v1/adjustments", ",\"id\":\"a_2\",\"amount\":\"-20\",\"grant\":\"g\"").status())
        .isEqualTo(201);
    assertThat(available()).isEqualTo("85");
    ApiClient.Answer fee =
        post("/v1/debits", ",\"id\":\"f_1\",\"credits\":\"3\",\"description\":\"rush fee\"");
    assertThat(fee.status()).isEqualTo(201);
    assertThat(fee.json().path("entry").path("description").asText()).isEqualTo("rush fee");
    assertThat(available()).isEqualTo("82");
  }

  @Test
  void aGrantsEndAndMetadataCanBeChanged() {
    api.grant("g", "100", ",\"expires_at\":\"2026-12-01T00:00:00Z\"");

    ApiClient.Answer moved =
        patch(
            "/v1/grants/g",
            ",\"id\":\"x_1\",\"expires_at\":\"2027-01-01T00:00:00Z\",\"metadata\":{\"a\":\"b\"}");
    assertThat(moved.status()).as(moved.text()).isEqualTo(201);
    JsonNode grant = api.client.get("/v1/customers/cus_1/grants").json().path("grants").get(0);
    assertThat(grant.path("expires_at").asText()).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(grant.path("metadata").path("a").asText()).isEqualTo("b");
    assertThat(patch("/v1/grants/g", ",\"id\":\"x_2\",\"expires_at\":null").status())
        .isEqualTo(201);
    grant = api.client.get("/v1/customers/cus_1/grants").json().path("grants").get(0);
    assertThat(grant.path("expires_at").isNull()).isTrue();
    ApiClient.Answer other = patch("/v1/grants/g", ",\"id\":\"x_3\",\"amount\":\"7\"");
    assertThat(other.code()).isEqualTo("FIELD_INVALID");
    assertThat(other.field()).isEqualTo("amount");
  }

  @Test
  void aPendingGrantCountsOnceConfirmedAndNeverOnceCancelled() {
    api.grant("g_1", "100", ",\"pending\":true");
    api.grant("g_2", "10", ",\"pending\":true");

    assertThat(available()).isEqualTo("0");
    assertThat(post("/v1/grants/g_1/confirm", "").status()).isEqualTo(201);
    assertThat(post("/v1/grants/g_1/confirm", "").status()).isEqualTo(200);
    assertThat(post("/v1/grants/g_2/cancel", "").status()).isEqualTo(201);
    assertThat(available()).isEqualTo("100");
    assertThat(post("/v1/grants/g_1/cancel", "").code()).isEqualTo("GRANT_NOT_PENDING");
  }

  @Test
  void alertsAndTopUpsAreSetAndATopUpThatFailsIsSaid() {
    // given
    ApiClient.Answer put =
        api.client.put(
            "/v1/customers/cus_1",
            """
            {"id":"c","alerts":{"credits":{"low":"20","expiring_soon":"P7D"}},
             "top_up":{"unit":"credits","threshold":"10","amount":"100","failures_max":1}}""",
            "Prefer",
            "wait=5");
    assertThat(put.status()).as(put.text()).isEqualTo(201);
    // when
    JsonNode before = api.client.get("/v1/customers/cus_1").json();
    String pending = before.path("top_up").path("pending").asText();
    ApiClient.Answer failed = post("/v1/top-ups/" + pending + "/fail", "");
    JsonNode after = api.client.get("/v1/customers/cus_1").json().path("top_up");
    // then
    assertThat(before.path("alerts").path("credits").path("low").asText()).isEqualTo("20");
    assertThat(before.path("top_up").path("amount").asText()).isEqualTo("100");
    assertThat(failed.status()).as(failed.text()).isEqualTo(201);
    assertThat(after.path("pending").isNull()).isTrue();
    assertThat(after.path("paused").asBoolean()).isTrue();
    ApiClient.Answer none = post("/v1/top-ups/none/cancel", "");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.code()).isEqualTo("TOP_UP_UNKNOWN");
    assertThat(none.field()).isEqualTo("top_up");
    api.client.put(
        "/v1/customers/cus_1",
        "{\"id\":\"d\",\"top_up\":null,\"alerts\":{\"credits\":null}}",
        "Prefer",
        "wait=5");
    JsonNode dropped = api.client.get("/v1/customers/cus_1").json();
    assertThat(dropped.path("top_up").isNull()).isTrue();
    assertThat(dropped.path("alerts")).isEmpty();
  }

  @Test
  void aPreviewTellsWhatWouldBeAndWritesNothing() {
    // given
    api.grant("g", "100", "");
    // when
    JsonNode used = post("/v1/preview", ",\"credits\":\"100\"").json();
    JsonNode granted = post("/v1/preview", ",\"type\":\"grant\",\"amount\":\"5\"").json();
    JsonNode reserved = post("/v1/preview", ",\"type\":\"reserve\",\"credits\":\"400\"").json();
    JsonNode again =
        post("/v1/preview", ",\"type\":\"grant\",\"id\":\"g\",\"amount\":\"100\"").json();
    // then
    assertThat(used.path("outcome").asText()).isEqualTo("accepted");
    assertThat(used.path("entry").path("allocations").get(0).path("grant").asText()).isEqualTo("g");
    assertThat(used.path("balances").get(0).path("before").path("available").asText())
        .isEqualTo("100");
    assertThat(used.path("balances").get(0).path("after").path("available").asText())
        .isEqualTo("0");
    assertThat(used.path("alerts").get(0).path("type").asText()).isEqualTo("depleted");
    assertThat(granted.path("balances").get(0).path("after").path("available").asText())
        .isEqualTo("105");
    assertThat(reserved.path("outcome").asText()).isEqualTo("rejected");
    assertThat(reserved.path("problem").path("code").asText()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(again.path("outcome").asText()).isEqualTo("duplicate");
    assertThat(again.path("of").asInt()).isEqualTo(1);
    assertThat(available()).isEqualTo("100");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/preview|nonsense|400|UNREADABLE|''",
        "/v1/preview|''|400|VALUE_MISSING|''",
        "/v1/preview|[]|400|UNREADABLE|''",
        "/v1/preview|{}|400|FIELD_MISSING|customer",
        "/v1/preview|{\"type\":\"nonsense\",\"customer\":\"c\"}|400|TYPE_UNKNOWN|type",
        "/v1/preview|{\"type\":\"expire\",\"customer\":\"c\"}|400|TYPE_UNKNOWN|type",
        "/v1/preview|{\"type\":7,\"customer\":\"c\"}|400|TYPE_UNKNOWN|type",
        "/v1/preview|{\"customer\":\"c\",\"credits\":\"many\"}|400|FIELD_INVALID|credits",
        "/v1/usage/u/reverse|{\"customer\":\"c\"}|404|USAGE_UNKNOWN|usage",
        "/v1/usage/u/reverse|{\"customer\":\"c\",\"usage\":\"v\"}|400|PATH_MISMATCH|usage",
        "/v1/adjustments|{\"customer\":\"c\",\"id\":\"a\"}|400|FIELD_MISSING|amount",
        "/v1/adjustments|{\"customer\":\"c\",\"id\":\"a\",\"amount\":\"1\",\"grant\":\"g\"}|404|GRANT_UNKNOWN|grant",
        "/v1/debits|{\"customer\":\"c\",\"id\":\"a\"}|400|FIELD_MISSING|quantity",
        "/v1/debits|{\"customer\":\"c\",\"id\":\"a\",\"quantity\":1}|400|FIELD_MISSING|credits",
        "/v1/debits|{\"customer\":\"c\",\"id\":\"a\",\"meter\":\"agent.task\"}|400|FIELD_INVALID|meter",
        "/v1/grants/g/confirm|{\"customer\":\"c\"}|404|GRANT_UNKNOWN|grant",
        "/v1/grants/g/cancel|{\"customer\":\"c\",\"grant\":\"h\"}|400|PATH_MISMATCH|grant",
        "/v1/top-ups/t/fail|{\"customer\":\"c\",\"outcome\":\"cancelled\"}|400|PATH_MISMATCH|outcome",
      })
  void badRequests(String path, String body, int status, String code, String field) {
    ApiClient.Answer answer = api.client.post(path, body, "Prefer", "wait=5");

    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.field()).isEqualTo(field);
  }
}
