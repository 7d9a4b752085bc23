package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A customer's journal, read on from an entry as it grows. */
class FollowingTest {

  private static final String ENTRIES = "/v1/customers/cus_1/entries";

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  private JsonNode page(String query, String... headers) {
    ApiClient.Answer answer = api.client.get(ENTRIES + query, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void eachPageGoesOnWhereTheOneBeforeEnded() {
    // given
    api.grant("g_1", "5", "");
    api.use("u_1", "1", "");
    api.use("u_2", "2", "");
    // when
    JsonNode first = page("?after=0&limit=2");
    JsonNode second = page("?after=" + first.path("next").asText() + "&limit=2");
    JsonNode third = page("?after=" + second.path("next").asText() + "&limit=2");
    // then
    assertThat(first.path("entries").findValuesAsText("sequence")).containsExactly("1", "2");
    assertThat(first.path("complete").asBoolean()).isTrue();
    assertThat(second.path("entries").findValuesAsText("sequence")).containsExactly("3");
    assertThat(third.path("entries")).isEmpty();
    assertThat(third.path("next").asLong()).isEqualTo(3);
    assertThat(third.path("complete").asBoolean()).isTrue();
  }

  @Test
  void whoWaitsIsAnsweredAsSoonAsThereIsAnEntry() {
    // given
    api.grant("g_1", "5", "");
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(() -> page("?after=1", "Prefer", "wait=30"));
    await().until(() -> api.ledger.waiting() == 1);
    // when
    api.use("u_1", "1", "");
    // then
    assertThat(waiting.join().path("entries").findValuesAsText("sequence")).containsExactly("2");
  }

  @Test
  void whereNothingComesAnEmptyPageDoesAndNobodyWaitsAnyLonger() {
    api.grant("g_1", "5", "");

    ApiClient.Answer answer = api.client.get(ENTRIES + "?after=1", "Prefer", "wait=1");

    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(answer.json().path("entries")).isEmpty();
    assertThat(answer.json().path("next").asLong()).isEqualTo(1);
    assertThat(api.ledger.waiting()).isZero();
  }

  @Test
  void aServiceThatStopsAnswersWhoWaits() {
    // given
    api.grant("g_1", "5", "");
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(() -> page("?after=1", "Prefer", "wait=30"));
    await().until(() -> api.ledger.waiting() == 1);
    // when
    api.api.stop();
    // then
    assertThat(waiting.join().path("entries")).isEmpty();
  }

  @Test
  void aPageThatBeginsLaterThanAskedSaysSo() {
    api.grant("g_1", "5", "");
    api.use("u_1", "1", "");
    api.use("u_2", "2", "");
    api.ledger.forgotten = 2;

    assertThat(page("?after=0").path("complete").asBoolean()).isFalse();
    assertThat(page("?after=2").path("complete").asBoolean()).isTrue();
  }

  @Test
  void whatCannotBeFollowedIsRefused() {
    api.grant("g_1", "5", "");

    assertThat(api.client.get(ENTRIES + "?after=2").code()).isEqualTo("CURSOR_INVALID");
    assertThat(api.client.get(ENTRIES + "?after=-1").code()).isEqualTo("CURSOR_INVALID");
    assertThat(api.client.get(ENTRIES + "?after=0&before=1").code()).isEqualTo("PARAMETER_INVALID");
    assertThat(api.client.get(ENTRIES + "?after=0", "Prefer", "wait=99").code())
        .isEqualTo("PREFER_INVALID");
  }
}
