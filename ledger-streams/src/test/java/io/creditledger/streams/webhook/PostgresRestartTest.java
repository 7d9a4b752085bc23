package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.relay.Database;
import io.creditledger.streams.webhook.Receiver.Call;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestartTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void what_was_taken_while_the_database_restarted_is_recorded_once_it_is_back()
      throws IOException {
    // given
    CountDownLatch restarted = new CountDownLatch(1);
    Clock clock = Clock.systemUTC();
    EmbeddedPostgres server = start(0);
    int port = server.getPort();
    try (Receiver receiver =
            Receiver.started(
                call -> {
                  awaitQuietly(restarted);
                  return Receiver.OK;
                });
        Database database = TestPostgres.outbox(server);
        Poster poster = new Poster(clock)) {
      WebhookEndpoint endpoint = TestEndpoints.at(receiver.uri());
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(3, "cus_1", "cus_2"));
      WebhookMetrics metrics =
          new WebhookMetrics(new SimpleMeterRegistry(), clock, List.of(endpoint));
      try (EndpointSender sender =
          new EndpointSender(endpoint, new Outbox(database.jdbi()), poster, metrics, clock)) {
        sender.start();
        await().atMost(LIMIT).until(() -> receiver.calls().size() == 2);

        // when
        server.close();
        restarted.countDown();
        server = start(port);

        // then
        await().atMost(LIMIT).until(() -> receiver.calls().size() == 6);
      }
      for (String customer : List.of("cus_1", "cus_2")) {
        assertThat(receiver.calls(customer)).extracting(Call::sequence).containsExactly(1L, 2L, 3L);
      }
    } finally {
      server.close();
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .start();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
