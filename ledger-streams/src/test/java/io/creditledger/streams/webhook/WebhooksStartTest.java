package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.relay.KafkaConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without a database: nobody waits, and what can be done is done. */
@Timeout(30)
class WebhooksStartTest {

  private static final DeliveryFilter ALL =
      new DeliveryFilter(Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  void a_database_that_nobody_knows_yet_is_waited_for_and_the_wait_can_be_ended() {
    try (Receiver receiver = Receiver.started(call -> Receiver.OK)) {
      works(receiver, new CompletableFuture<>());
    }
  }

  @Test
  void a_database_that_does_not_answer_is_waited_for_and_the_wait_can_be_ended() {
    try (Receiver receiver = Receiver.started(call -> Receiver.OK)) {
      works(
          receiver,
          CompletableFuture.completedFuture("jdbc:postgresql://127.0.0.1:1/nowhere?user=nobody"));
    }
  }

  @Test
  void a_database_that_did_not_start_is_missed_by_nobody_else() {
    try (Receiver receiver = Receiver.started(call -> Receiver.OK)) {
      works(receiver, CompletableFuture.failedFuture(new IllegalStateException("no disk")));
    }
  }

  private static void works(Receiver receiver, CompletableFuture<String> postgres) {
    try (Webhooks webhooks = webhooks(receiver, postgres)) {
      webhooks.start();

      assertThatThrownBy(webhooks::endpoints).isInstanceOf(WebhooksUnavailableException.class);
      assertThatThrownBy(() -> webhooks.deliveries(ALL, OptionalLong.empty(), 10))
          .isInstanceOf(WebhooksUnavailableException.class);
      assertThatThrownBy(() -> webhooks.redeliverDead("billing"))
          .isInstanceOf(WebhooksUnavailableException.class);
      assertThat(webhooks.redeliverDead("nobody")).isEqualTo(OptionalInt.empty());
      assertThat(webhooks.test("billing").orElseThrow().taken()).isTrue();
      assertThat(webhooks.test("nobody")).isEmpty();
    }
    Receiver.Call call = receiver.calls().getFirst();
    assertThat(call.verified()).isTrue();
    assertThat(call.json().path("type").asText()).isEqualTo("webhook.test");
  }

  private static Webhooks webhooks(Receiver receiver, CompletableFuture<String> postgres) {
    WebhookEndpoint endpoint = TestEndpoints.at(receiver.uri());
    return new Webhooks(
        new WebhookSettings(List.of(endpoint), "webhooks", Duration.ofDays(30)),
        new AlertSource(new KafkaConnection("127.0.0.1:1", Map.of()), "ledger.alerts", "test"),
        postgres,
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }
}
