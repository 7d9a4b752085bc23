package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.streams.query.Owner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credits held for tasks, over real HTTP. */
class ReservationsTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiClient.Answer reserve(String id, String credits, String more) {
    return api.client.post(
        "/v1/reservations",
        "{\"id\":\"%s\",\"customer\":\"cus_1\",\"credits\":\"%s\"%s}".formatted(id, credits, more));
  }

  private ApiClient.Answer settle(String id, String more) {
    return api.client.post(
        "/v1/reservations/" + id + "/settle", "{\"customer\":\"cus_1\"" + more + "}");
  }

  private ApiClient.Answer release(String id) {
    return api.client.post("/v1/reservations/" + id + "/release", "{\"customer\":\"cus_1\"}");
  }

  private ApiClient.Answer show(String id) {
    return api.client.get("/v1/reservations/" + id + "?customer=cus_1");
  }

  private void lapse(String id) {
    api.clock.forward(Duration.ofMinutes(16));
    api.ledger
        .publish(
            new LedgerEvent.ReservationExpiry(
                new EventId("lapse:" + id), new CustomerId("cus_1"), new EventId(id)))
        .toCompletableFuture()
        .join();
  }

  @Test
  void aReservationHoldsGrantByGrant() {
    // given
    api.grant("plan", "50", ",\"priority\":10");
    api.grant("addon", "100", "");
    // when
    ApiClient.Answer answer = reserve("r_1", "75", ",\"ttl\":\"PT1H\"");
    // then
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"id":"r_1","customer":"cus_1","state":"open","unit":"credits","credits":"75",\
            "allocations":[{"grant":"plan","amount":"50"},{"grant":"addon","amount":"25"}],\
            "expires_at":"2026-11-21T11:00:00Z","sequence":3,"available":"75"}""");
  }

  @Test
  void whatTheGrantsDoNotCoverIsRefusedWithTheFigures() {
    api.grant("g", "500", "");

    assertThat(reserve("r_1", "400", "").status()).isEqualTo(201);
    ApiClient.Answer second = reserve("r_2", "400", "");

    assertThat(second.status()).isEqualTo(402);
    assertThat(second.code()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(second.json().path("asked").asText()).isEqualTo("400");
    assertThat(second.json().path("available").asText()).isEqualTo("100");
    assertThat(second.field()).isEqualTo("credits");
  }

  @Test
  void ofManyAtOnceOnlyAsManyAsFitAreHeld() {
    api.grant("g", "500", "");

    List<Integer> statuses =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> reserve("r_" + i, "75", "").status())
            .toList();

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(6);
    assertThat(statuses).filteredOn(status -> status == 402).hasSize(14);
    JsonNode unit = api.client.get("/v1/customers/cus_1/balance").json().path("units").get(0);
    assertThat(unit.path("held").asText()).isEqualTo("450");
  }

  @Test
  void theSameCallAgainIsAnsweredAsTheFirstTime() {
    // given
    api.grant("g", "500", "");
    ApiClient.Answer first = reserve("r_1", "400", "");
    api.use("u_1", "50", "");
    // when
    ApiClient.Answer second = reserve("r_1", "400", "");
    release("r_1");
    ApiClient.Answer third = reserve("r_1", "400", "");
    // then
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.text()).isEqualTo(first.text().replace("\"open\"", "\"released\""));
    assertThat(reserve("r_1", "401", "").code()).isEqualTo("ID_REUSED");
  }

  @Test
  void theIdMayStandInIdempotencyKeyAndTheMeterPrices() {
    api.grant("g", "10", "");

    ApiClient.Answer answer =
        api.client.post(
            "/v1/reservations",
            """
            {"customer":"cus_1","meter":"llm.input_tokens","quantity":"4000",\
            "subscription":"sub_1","expires_at":"2026-11-21T10:05:00Z"}""",
            "Idempotency-Key",
            "r_9",
            "Prefer",
            "wait=5");

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=5");
    assertThat(answer.json().path("id").asText()).isEqualTo("r_9");
    assertThat(answer.json().path("credits").asText()).isEqualTo("2");
    assertThat(answer.json().path("meter").asText()).isEqualTo("llm.input_tokens");
    assertThat(answer.json().path("subscription").asText()).isEqualTo("sub_1");
    assertThat(answer.json().path("expires_at").asText()).isEqualTo("2026-11-21T10:05:00Z");
  }

  @Test
  void lessThanHeldReturnsTheRestFromTheLastGrant() {
    // given
    api.grant("plan", "50", ",\"priority\":10");
    api.grant("addon", "100", "");
    reserve("r_1", "75", "");
    // when
    ApiClient.Answer first = settle("r_1", ",\"credits\":\"60\"");
    ApiClient.Answer again = settle("r_1", ",\"credits\":\"60\"");
    // then
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text())
        .isEqualTo(
            """
            {"id":"settle:r_1","reservation":"r_1","customer":"cus_1","state":"settled",\
            "unit":"credits","credits":"60",\
            "consumed":[{"grant":"plan","amount":"50"},{"grant":"addon","amount":"10"}],\
            "returned":[{"grant":"addon","amount":"15","to":"available"}],\
            "overage":"0","overdraft":"0","forgiven":"0","sequence":4,"available":"90"}""");
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(settle("r_1", ",\"credits\":\"61\"").code()).isEqualTo("ID_REUSED");
    assertThat(settle("r_1", ",\"id\":\"other\"").code()).isEqualTo("RESERVATION_SETTLED");
    assertThat(show("r_1").text())
        .isEqualTo(
            """
            {"id":"r_1","customer":"cus_1","state":"settled","unit":"credits","credits":"60",\
            "consumed":[{"grant":"plan","amount":"50"},{"grant":"addon","amount":"10"}],\
            "overage":"0","overdraft":"0","forgiven":"0","sequence":3}""");
  }

  @Test
  void aRepeatedCallWaitsForTheEntryThatIsNotReadYet() {
    // given
    api.grant("g", "100", "");
    reserve("r_1", "75", "");
    ApiClient.Answer first = settle("r_1", ",\"credits\":\"60\"");
    api.ledger.forgotten = Long.MAX_VALUE;
    CompletableFuture<ApiClient.Answer> again =
        CompletableFuture.supplyAsync(() -> settle("r_1", ",\"credits\":\"60\""));
    await().until(() -> api.ledger.waiting() == 1);
    // when
    api.ledger.forgotten = 0;
    api.use("u_1", "1", "");
    // then
    assertThat(again.join().text()).isEqualTo(first.text());
    assertThat(api.ledger.waiting()).isZero();
  }

  @Test
  void moreThanHeldBurnsOnAsUsageWould() {
    api.grant("g", "100", "");
    reserve("r_1", "75", "");

    JsonNode settled = settle("r_1", ",\"credits\":\"130\"").json();

    assertThat(settled.path("consumed").get(0).path("amount").asText()).isEqualTo("100");
    assertThat(settled.path("returned")).isEmpty();
    assertThat(settled.path("overage").asText()).isEqualTo("30");
    assertThat(settled.path("available").asText()).isEqualTo("0");
  }

  @Test
  void settlingAboveWhatRejectAllowsLeavesTheReservationOpen() {
    // given
    api.client.put(
        "/v1/customers/cus_1",
        "{\"id\":\"c\",\"overdraft_policy\":\"reject\"}",
        "Prefer",
        "wait=5");
    api.grant("g", "100", "");
    reserve("r_1", "75", "");
    // when
    ApiClient.Answer refused = settle("r_1", ",\"credits\":\"130\"");
    // then
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.code()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(refused.json().path("available").asText()).isNotEmpty();
    assertThat(show("r_1").json().path("state").asText()).isEqualTo("open");
    assertThat(settle("r_1", "").json().path("credits").asText()).isEqualTo("75");
  }

  @Test
  void releasingReturnsAllOnce() {
    api.grant("g", "100", "");
    reserve("r_1", "75", "");

    ApiClient.Answer first = release("r_1");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("state").asText()).isEqualTo("released");
    assertThat(first.json().path("available").asText()).isEqualTo("100");
    assertThat(release("r_1").text()).isEqualTo(first.text());
    assertThat(settle("r_1", "").code()).isEqualTo("RESERVATION_RELEASED");
    assertThat(show("r_1").json().path("state").asText()).isEqualTo("released");
  }

  @Test
  void whatRanOutCanNeitherBeSettledNorReleased() {
    // given
    api.grant("g", "100", "");
    reserve("r_1", "75", "");
    // when
    lapse("r_1");
    // then
    assertThat(show("r_1").json().path("state").asText()).isEqualTo("expired");
    for (ApiClient.Answer late : List.of(settle("r_1", ""), release("r_1"))) {
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.code()).isEqualTo("RESERVATION_EXPIRED");
      assertThat(late.field()).isEqualTo("reservation");
    }
  }

  @Test
  void openReservationsAreListedInPages() {
    // given
    api.grant("g", "100", "");
    IntStream.range(0, 5).forEach(i -> reserve("r_" + i, "10", ""));
    release("r_1");
    String path = "/v1/customers/cus_1/reservations?limit=3";
    // when
    JsonNode first = api.client.get(path).json();
    JsonNode second = api.client.get(path + "&cursor=" + first.path("next").asText()).json();
    // then
    assertThat(first.path("reservations").findValuesAsText("id"))
        .containsExactly("r_0", "r_2", "r_3");
    assertThat(second.path("reservations").findValuesAsText("id")).containsExactly("r_4");
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(api.client.get(path + "&cursor=x").code()).isEqualTo("CURSOR_INVALID");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"1\",\"ttl\":\"P365D\"}'|422|TTL_TOO_LONG|ttl",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"1\",\"ttl\":\"PT0S\"}'|422|TTL_NOT_POSITIVE|ttl",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"1\",\"ttl\":\"P1Y\"}'|400|FIELD_INVALID|ttl",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"0\"}'|422|AMOUNT_NOT_POSITIVE|credits",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\"}'|400|FIELD_MISSING|quantity",
        "/v1/reservations|'{\"customer\":\"cus_1\",\"credits\":\"1\"}'|400|FIELD_MISSING|id",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"1\",\"type\":\"usage\"}'|400|TYPE_UNKNOWN|type",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"meter\":\"m\",\"quantity\":1}'|404|METER_UNKNOWN|meter",
        "/v1/reservations|'{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"1\"}'|402|INSUFFICIENT_CREDITS|credits",
        "/v1/reservations/none/settle|'{\"customer\":\"cus_1\"}'|404|RESERVATION_UNKNOWN|reservation",
        "/v1/reservations/none/release|'{\"customer\":\"cus_1\"}'|404|RESERVATION_UNKNOWN|reservation",
        "/v1/reservations/r/settle|'{\"customer\":\"cus_1\",\"reservation\":\"s\"}'|400|PATH_MISMATCH|reservation",
        "/v1/reservations/r/settle|'{}'|400|FIELD_MISSING|customer",
        "/v1/reservations/r/release|''|400|VALUE_MISSING|''",
        "/v1/reservations/%20/release|'{}'|400|PARAMETER_INVALID|reservation",
      })
  void badRequests(String path, String body, int status, String code, String field) {
    ApiClient.Answer answer = api.client.post(path, body);

    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.field()).isEqualTo(field);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void unknownReservationsAreNotFound() {
    api.use("u_1", "1", "");

    assertThat(show("none").code()).isEqualTo("RESERVATION_UNKNOWN");
    assertThat(show("none").status()).isEqualTo(404);
    assertThat(show("u_1").code()).isEqualTo("RESERVATION_UNKNOWN");
    assertThat(api.client.get("/v1/reservations/r").field()).isEqualTo("customer");
  }

  @Test
  void withoutADecisionNothingLooksLikeOne() {
    api.ledger.undecided = true;

    ApiClient.Answer answer =
        api.client.post(
            "/v1/reservations",
            "{\"id\":\"r\",\"customer\":\"cus_1\",\"credits\":\"1\"}",
            "Prefer",
            "wait=1");

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.code()).isEqualTo("OUTCOME_PENDING");
    api.ledger.away = true;
    api.ledger.undecided = false;
    assertThat(reserve("r", "1", "").status()).isEqualTo(503);
  }

  @Test
  void theOwnerDecidesWhoeverIsAsked() {
    try (ApiFixture elsewhere = new ApiFixture()) {
      elsewhere.ledger.owner = customer -> new Owner.There(api.api.address());
      api.grant("g", "100", "");

      ApiClient.Answer answer =
          elsewhere.client.post(
              "/v1/reservations", "{\"id\":\"r_1\",\"customer\":\"cus_1\",\"credits\":\"75\"}");

      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      assertThat(elsewhere.client.get("/v1/reservations/r_1?customer=cus_1").text())
          .contains("\"state\":\"open\"");
      assertThat(
              elsewhere
                  .client
                  .post("/v1/reservations/r_1/release", "{\"customer\":\"cus_1\"}")
                  .status())
          .isEqualTo(200);
    }
  }
}
