package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.relay.Backoff;
import io.creditledger.relay.Database;
import io.creditledger.streams.webhook.Receiver.Answer;
import io.creditledger.streams.webhook.Receiver.Call;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Senders, a real database and a receiver with a mind of its own. */
class WebhookDeliveryTest {

  private static final DeliveryFilter ALL =
      new DeliveryFilter(Optional.empty(), Optional.empty(), Optional.empty());

  private final Clock clock = Clock.systemUTC();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Poster poster = new Poster(clock);
  private final List<EndpointSender> senders = new ArrayList<>();
  private Database database;
  private OutboxDesk desk;

  @BeforeEach
  void openOutbox() {
    database = TestPostgres.outbox();
    desk = new OutboxDesk(database.jdbi());
  }

  @AfterEach
  void stop() {
    senders.forEach(EndpointSender::close);
    poster.close();
    database.close();
  }

  @Test
  void a_receiver_that_fails_five_times_gets_each_alert_verified_and_in_order_per_customer() {
    // given
    try (Receiver receiver = Receiver.stopped(call -> fifthTimeLucky(call.attempt()))) {
      WebhookEndpoint endpoint = endpoint(receiver, Duration.ofMinutes(1));
      String[] customers = {"cus_1", "cus_2", "cus_3", "Käse & Söhne. 日本"};
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(5, customers));

      // when
      start(endpoint);
      await().until(() -> detail().contains("cannot connect"));
      receiver.start();
      await().until(() -> all(DeliveryState.DELIVERED, 20));

      // then
      for (String customer : customers) {
        List<Call> calls = receiver.calls(customer);
        assertThat(calls)
            .extracting(Call::sequence)
            .containsExactlyElementsOf(
                LongStream.rangeClosed(1, 5)
                    .boxed()
                    .flatMap(sequence -> Collections.nCopies(6, sequence).stream())
                    .toList());
        assertThat(calls.stream().map(call -> call.sequence() + call.id()).distinct()).hasSize(5);
      }
      assertThat(receiver.calls()).allMatch(Call::verified);
      assertThat(receiver.calls())
          .extracting(call -> call.headers().get("Content-type"))
          .containsOnly(List.of("application/json"));
    }
  }

  private static Answer fifthTimeLucky(int attempt) {
    return switch (attempt) {
      case 1 -> new Answer.Status(500, 0);
      case 2 -> new Answer.Silence();
      case 3 -> new Answer.Break();
      case 4 -> new Answer.Status(429, 1);
      case 5 -> new Answer.Status(302, 0);
      default -> Receiver.OK;
    };
  }

  private void start(WebhookEndpoint endpoint) {
    EndpointSender sender =
        new EndpointSender(
            endpoint,
            new Outbox(database.jdbi()),
            poster,
            new WebhookMetrics(registry, clock, List.of(endpoint)),
            clock);
    senders.add(sender);
    sender.start();
  }

  private static WebhookEndpoint endpoint(Receiver receiver, Duration giveUpAfter) {
    return new WebhookEndpoint(
        "billing",
        new WebhookUrl(receiver.uri()),
        SigningSecret.parse(Receiver.SECRET),
        Set.copyOf(WebhookType.OF_ALERTS),
        Duration.ofMillis(250),
        8,
        new RetryPlan(new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)), giveUpAfter));
  }

  private boolean all(DeliveryState state, int number) {
    List<Delivery> all = deliveries();
    return all.size() == number && all.stream().allMatch(one -> one.state() == state);
  }

  private List<Delivery> deliveries() {
    return desk.deliveries(ALL, OptionalLong.empty(), 1000);
  }

  private String detail() {
    return deliveries().toString();
  }
}
