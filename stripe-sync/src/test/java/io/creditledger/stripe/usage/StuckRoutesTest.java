package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.creditledger.stripe.SyncFixture;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StuckRoutesTest {

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench;
  private WebServer server;

  @BeforeEach
  void three_events_two_of_them_parked() throws StripeException {
    bench = new UsageBench(sync, "meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    bench.customer("ann");
    for (int minute = 0; minute < 3; minute++) {
      bench.journal.use("ann", "tokens", "1", START.plus(Duration.ofMinutes(minute)));
    }
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(5));
    bench.cutter.cutAllDue();
    execute("update meter_event set state = 'parked', reason = 'no_meter' where id = 1");
    execute("update meter_event set state = 'parked', reason = 'archived_meter' where id = 2");
    HttpRouting.Builder routing = HttpRouting.builder();
    new StuckRoutes(sync.database()).addTo(routing);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(routing)
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void what_was_parked_for_a_reason_is_sent_again() throws Exception {
    assertThat(post("/v1/usage/resend?reason=no_meter").body()).contains("\"events\":1");
    bench.work();

    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("2");
    assertThat(bench.status().parked()).isEqualTo(1);
  }

  @Test
  void all_that_was_parked_is_sent_again() throws Exception {
    assertThat(post("/v1/usage/resend").body()).contains("\"events\":2");
    bench.work();

    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("3");
  }

  @Test
  void an_event_that_stripe_turns_out_to_have_is_confirmed() throws Exception {
    execute("update meter_event set state = 'unknown', attempted_at = created_at where id = 2");

    assertThat(post("/v1/usage/confirm?event=2&event=3").body()).contains("\"events\":1");

    assertThat(bench.outbox())
        .containsExactly(
            "tokens 1 1 parked no_meter",
            "tokens 1 1 delivered archived_meter",
            "tokens 1 1 pending");
  }

  @Test
  void what_is_no_id_is_refused_with_a_code() throws Exception {
    HttpResponse<String> answer = post("/v1/usage/confirm?event=two");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_VALUE");
    assertThat(bench.status().parked()).isEqualTo(2);
  }

  private HttpResponse<String> post(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .POST(BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  private void execute(String statement) {
    sync.database().jdbi().useHandle(handle -> handle.execute(statement));
  }
}
