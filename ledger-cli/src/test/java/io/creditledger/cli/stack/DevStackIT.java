package io.creditledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.cli.client.LedgerClient;
import io.creditledger.streams.LedgerConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevStackIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void what_it_acknowledged_is_there_after_a_restart_at_the_same_address() throws Exception {
    // given
    String brokers;
    try (DevStack stack = started()) {
      brokers = stack.bootstrapServers();
      grant(stack.address());

      // a second one is refused while the first runs
      assertThatThrownBy(() -> DevStack.start(StackSettings.trial(directory)))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("a ledger runs on " + directory.toRealPath())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    // when
    try (DevStack stack = started()) {

      // then
      assertThat(stack.bootstrapServers()).isEqualTo(brokers);
      assertThat(balance(stack.address())).contains("\"available\":\"3900\"", "\"sequence\":1");
    }
  }

  @Test
  void it_does_not_run_where_nobody_can_reach_it() throws Exception {
    // given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StackSettings settings =
          new StackSettings(
              directory,
              new StackSettings.Kafka.Embedded(0, 0),
              new StackSettings.Postgres.None(),
              new StackSettings.Stripe.None(),
              (brokers, state) ->
                  LedgerConfig.local(brokers, state).withPort(taken.getLocalPort()));

      // then
      assertThatThrownBy(() -> DevStack.start(settings))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  private DevStack started() throws InterruptedException {
    DevStack stack = DevStack.start(StackSettings.trial(directory));
    stack.awaitReady(LIMIT);
    return stack;
  }

  private static void grant(URI address) {
    try (LedgerClient client = new LedgerClient(address, Optional.empty())) {
      client
          .post(
              "/v1/grants",
              LedgerClient.JSON,
              "{\"id\":\"g\",\"customer\":\"cus_1\",\"amount\":\"3900\"}"
                  .getBytes(StandardCharsets.UTF_8),
              Duration.ofSeconds(20))
          .orFail();
    }
  }

  private static String balance(URI address) {
    try (LedgerClient client = new LedgerClient(address, Optional.empty())) {
      return client.get("/v1/customers/cus_1/balance?consistency=committed").orFail().text();
    }
  }
}
