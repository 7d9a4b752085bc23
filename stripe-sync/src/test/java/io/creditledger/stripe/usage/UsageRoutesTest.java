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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsageRoutesTest {

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench;
  private WebServer server;
  private String usage;

  @BeforeEach
  void a_usage_in_the_journal() throws StripeException {
    bench = new UsageBench(sync, "meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    bench.customer("ann");
    usage = bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    HttpRouting.Builder routing = HttpRouting.builder();
    new UsageRoutes(sync.database()).addTo(routing);
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
  void a_usage_tells_its_window_before_and_after_it_was_sent() throws Exception {
    // given
    String before = get("?customer=ann&usage=" + usage).body();
    // when
    sync.clock().advance(Duration.ofMinutes(5));
    bench.cutter.cutAllDue();
    bench.work();
    String after = get("?customer=ann&usage=" + usage).body();
    // then
    assertThat(before)
        .contains("\"meter\":\"tokens\"")
        .contains("\"window_start\":\"" + START + "\"")
        .contains("\"counts\":\"3\"")
        .contains("\"events\":[]")
        .contains("\"state\":\"waiting\"");
    assertThat(after)
        .contains("\"state\":\"delivered\"")
        .contains("\"window_sent\":\"3\"")
        .contains("\"state\":\"in_events\"");
  }

  @Test
  void a_usage_that_is_not_sent_is_told_as_that() throws Exception {
    assertThat(get("?customer=ann&usage=none").body()).contains("\"state\":\"not_counted\"");
  }

  @Test
  void a_question_without_an_id_is_refused_with_a_code() throws Exception {
    // when
    HttpResponse<String> answer = get("?customer=ann");
    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_VALUE");
  }

  private HttpResponse<String> get(String query) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.port() + "/v1/usage" + query))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
