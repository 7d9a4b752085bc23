package io.creditledger.cli.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;

/** The images that are deployed, as they are deployed: what they decide, keep and may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ContainersIT {

  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final Duration STRIPE_LIMIT = Duration.ofMinutes(2);
  private static final String FORM = "application/x-www-form-urlencoded";

  @AutoClose private ContainerStack stack;

  @BeforeAll
  void start() throws IOException {
    stack = ContainerStack.start();
  }

  @Test
  void what_is_used_and_held_is_not_available_any_more() {
    try (LedgerClient client = stack.client()) {
      // given
      useAndReserve(client, "cus_use");

      // when
      LedgerClient.Answer refused =
          post(client, "/v1/reservations", "{'id':'r_2','customer':'cus_use','credits':'50'}");

      // then
      assertThat(refused.status()).isEqualTo(402);
      assertThat(refused.json().path("code").asText()).isEqualTo("INSUFFICIENT_CREDITS");
      assertThat(refused.json().path("available").asText()).isEqualTo("47.5");
      JsonNode unit = balance(client, "cus_use").path("units").path(0);
      assertThat(unit.path("settled").asText()).isEqualTo("87.5");
      assertThat(unit.path("held").asText()).isEqualTo("40");
      assertThat(unit.path("available").asText()).isEqualTo("47.5");
    }
  }

  @Test
  void a_ledger_that_is_restarted_has_the_same_balances() {
    assertSameBalanceAfter("cus_restart", () -> stack.restartLedger());
  }

  @Test
  void a_ledger_that_is_killed_has_the_same_balances() {
    assertSameBalanceAfter("cus_kill", () -> stack.killLedger());
  }

  @Test
  void a_new_ledger_without_the_volume_has_the_same_balances_from_kafka() {
    assertSameBalanceAfter("cus_replace", () -> stack.replaceLedger());
  }

  @Test
  void stripe_is_told_what_was_used() {
    try (LedgerClient client = stack.client();
        LedgerClient operators = stack.operators();
        LedgerClient stripe = stack.stripe()) {
      // given
      String meter = made(operators, "credits");
      String customer = made(stripe, "/v1/customers", "name=Ann");

      // when
      useAndReserve(client, customer);

      // then
      await()
          .atMost(STRIPE_LIMIT)
          .untilAsserted(() -> assertThat(toldStripe(stripe, meter, customer)).isEqualTo("12.5"));
    }
  }

  @Test
  void what_is_paid_in_stripe_is_granted_by_its_webhook() {
    try (LedgerClient client = stack.client();
        LedgerClient operators = stack.operators();
        LedgerClient stripe = stack.stripe()) {
      // given
      String price = made(operators, "credit_ledger_add_on_pack-750_price");
      String buyer = made(stripe, "/v1/customers", "metadata[credit_ledger_customer]=cus_buys");
      String session =
          made(
              stripe,
              "/v1/checkout/sessions",
              "mode=payment&success_url=https://example.com/thanks&customer=%s".formatted(buyer)
                  + "&line_items[0][quantity]=1&line_items[0][price]="
                  + price);

      // when
      post(stripe, "/_sim/checkout/" + session + "/complete", "{'outcome':'paid'}").orFail();

      // then
      await()
          .atMost(STRIPE_LIMIT)
          .untilAsserted(
              () ->
                  assertThat(
                          balance(client, "cus_buys")
                              .path("units")
                              .path(0)
                              .path("available")
                              .asText())
                      .isEqualTo("750"));
    }
  }

  /** The id of what the setup has made, or finds there. */
  private static String made(LedgerClient operators, String key) {
    for (JsonNode item : post(operators, "/v1/setup", "").orFail().json().path("items")) {
      if (item.path("key").asText().equals(key)) {
        return item.path("id").asText();
      }
    }
    throw new AssertionError("the setup makes no " + key);
  }

  private static String made(LedgerClient stripe, String path, String form) {
    return stripe.post(path, FORM, bytes(form), Duration.ZERO).orFail().json().path("id").asText();
  }

  @Test
  void nobody_is_root() throws Exception {
    for (GenericContainer<?> container : stack.containers()) {
      // when
      String user = container.execInContainer("id", "-u").getStdout().strip();

      // then
      assertThat(user).as(container.getDockerImageName()).matches("[1-9][0-9]*");
    }
  }

  @Test
  void the_ledger_cannot_write_to_its_image() throws Exception {
    // when
    int status =
        stack.ledger().execInContainer("touch", "/opt/credit-ledger/app/other.jar").getExitCode();

    // then
    assertThat(status).isNotZero();
  }

  private void assertSameBalanceAfter(String customer, Runnable interruption) {
    // given
    JsonNode before;
    try (LedgerClient client = stack.client()) {
      useAndReserve(client, customer);
      before = balance(client, customer);
    }

    // when
    interruption.run();

    // then
    try (LedgerClient client = stack.client()) {
      JsonNode after = balance(client, customer);
      assertThat(after.path("sequence").asLong()).isEqualTo(3);
      assertThat(after.path("units")).isEqualTo(before.path("units"));
      // and it goes on
      LedgerClient.Answer settled =
          post(
              client,
              "/v1/reservations/r_1/settle",
              "{'id':'s_1','customer':'%s','credits':'30'}".formatted(customer));
      assertThat(settled.ok()).as(settled.text()).isTrue();
      assertThat(balance(client, customer).path("units").path(0).path("available").asText())
          .isEqualTo("57.5");
    }
  }

  /** 100 granted, 12.5 used, 40 held. */
  private static void useAndReserve(LedgerClient client, String customer) {
    committed(client, "/v1/grants", "{'id':'g_1','customer':'%s','amount':'100'}", customer);
    committed(client, "/v1/usage", "{'id':'u_1','customer':'%s','credits':'12.5'}", customer);
    committed(client, "/v1/reservations", "{'id':'r_1','customer':'%s','credits':'40'}", customer);
  }

  private static void committed(LedgerClient client, String path, String body, String customer) {
    LedgerClient.Answer answer = post(client, path, body.formatted(customer));
    assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(201);
  }

  private static LedgerClient.Answer post(LedgerClient client, String path, String body) {
    return client.post(path, LedgerClient.JSON, bytes(body.replace('\'', '"')), WAIT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The customer's sum of today and tomorrow, as Stripe's meter has it. */
  private static String toldStripe(LedgerClient stripe, String meter, String customer) {
    Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    JsonNode summaries =
        stripe
            .get(
                "/v1/billing/meters/%s/event_summaries?customer=%s&start_time=%d&end_time=%d"
                    .formatted(
                        meter,
                        customer,
                        today.getEpochSecond(),
                        today.plus(Duration.ofDays(2)).getEpochSecond()))
            .orFail()
            .json();
    return summaries.path("data").path(0).path("aggregated_value").asText();
  }

  private static JsonNode balance(LedgerClient client, String customer) {
    return client
        .get("/v1/customers/" + customer + "/balance?consistency=committed")
        .orFail()
        .json();
  }
}
