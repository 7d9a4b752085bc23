package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.streams.query.Owner;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances: what concerns a customer is answered by the one that owns it, one hop away. */
class ForwardingTest {

  private static final String KEY = "k_0123456789abcdef";
  private static final String USAGE = "{\"id\":\"%s\",\"customer\":\"%s\",\"credits\":\"1\"}";

  private final HttpSettings settings =
      HttpSettings.of(HttpSettings.HOST_DEFAULT, 0).withKeys(ApiKeys.parse(KEY));
  private final ApiFixture here = new ApiFixture(settings);
  private final ApiFixture there = new ApiFixture(settings);

  @BeforeEach
  void customersThatBeginWithTLiveThere() {
    here.ledger.owner =
        customer ->
            customer.value().startsWith("t")
                ? new Owner.There(there.api.address())
                : new Owner.Here();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private ApiClient.Answer get(String path) {
    return here.client.get(path, "Authorization", "Bearer " + KEY);
  }

  private ApiClient.Answer post(String body) {
    return here.client.post(
        "/v1/usage", body, "Authorization", "Bearer " + KEY, "Prefer", "wait=5");
  }

  @Test
  void readsAreAnsweredByTheOwner() {
    // given
    there.client.post("/v1/usage", USAGE.formatted("u", "t/ä 1"), "Authorization", "Bearer " + KEY);
    // when
    ApiClient.Answer balance = get("/v1/customers/t%2F%C3%A4%201/balance?unit=credits");
    // then
    assertThat(balance.status()).as(balance.text()).isEqualTo(200);
    assertThat(balance.json().path("customer").asText()).isEqualTo("t/ä 1");
    assertThat(balance.json().path("sequence").asLong()).isEqualTo(1);
    assertThat(get("/v1/customers/t1/entries").status()).isEqualTo(200);
    assertThat(get("/v1/customers/t1/grants").status()).isEqualTo(200);
    assertThat(get("/v1/customers/t1").status()).isEqualTo(200);
    assertThat(get("/v1/customers/t1/grants?limit=0").code()).isEqualTo("LIMIT_INVALID");
  }

  @Test
  void writesThatWaitAreDecidedByTheOwner() {
    ApiClient.Answer first = post(USAGE.formatted("u", "t1"));
    ApiClient.Answer second = post(USAGE.formatted("u", "t1"));

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.header("Preference-Applied")).isEqualTo("wait=5");
    assertThat(second.status()).isEqualTo(200);
    assertThat(
            there
                .client
                .get("/v1/customers/t1", "Authorization", "Bearer " + KEY)
                .json()
                .path("sequence")
                .asLong())
        .isEqualTo(1);
  }

  @Test
  void aBatchThatWaitsIsDecidedByEachOwner() {
    ApiClient.Answer answer =
        post(
            "["
                + USAGE.formatted("a", "t1")
                + ","
                + USAGE.formatted("b", "h1")
                + ",{\"type\":\"reverse\",\"id\":\"c\",\"customer\":\"t1\",\"usage\":\"none\"}]");

    assertThat(answer.status()).as(answer.text()).isEqualTo(207);
    assertThat(answer.json().path("accepted").findValuesAsText("index")).containsExactly("0", "1");
    assertThat(answer.json().path("accepted").get(0).path("entry").path("customer").asText())
        .isEqualTo("t1");
    assertThat(answer.json().path("rejected").get(0).path("code").asText())
        .isEqualTo("USAGE_UNKNOWN");
    assertThat(answer.json().path("rejected").get(0).path("position").path("offset").asInt())
        .isEqualTo(1);
  }

  @Test
  void aRequestHopsOnce() {
    there.ledger.owner = customer -> new Owner.There(here.api.address());

    ApiClient.Answer answer = get("/v1/customers/t1/balance");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void anOwnerThatDoesNotAnswerAndNoOwnerAreUnavailable() {
    here.ledger.owner = customer -> new Owner.There(URI.create("http://127.0.0.1:1"));
    assertThat(get("/v1/customers/t1/balance").code()).isEqualTo("UNAVAILABLE");
    assertThat(post("[" + USAGE.formatted("a", "t1") + "]").status()).isEqualTo(503);

    here.ledger.owner = customer -> new Owner.Nobody();
    assertThat(get("/v1/customers/t1/balance").code()).isEqualTo("UNAVAILABLE");
    assertThat(post(USAGE.formatted("a", "t1")).status()).isEqualTo(503);
  }

  @Test
  void onlyAKeyOpensTheApi() {
    String path = "/v1/customers/h1/balance";
    assertThat(get(path).status()).isEqualTo(200);
    ApiClient.Answer without = here.client.get(path);
    assertThat(without.status()).isEqualTo(401);
    assertThat(without.code()).isEqualTo("UNAUTHORIZED");
    assertThat(without.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(here.client.get(path, "Authorization", "Bearer " + KEY + "x").status())
        .isEqualTo(401);
    assertThat(here.client.get(path, "Authorization", "Basic " + KEY).status()).isEqualTo(401);
    assertThat(here.client.get("/health").status()).isEqualTo(200);
    assertThat(here.client.get("/docs").status()).isEqualTo(200);
    assertThat(settings.toString()).doesNotContain(KEY);
  }
}
