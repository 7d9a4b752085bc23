package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.cli.CliRun;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.projection.ProjectionSettings;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.simulator.SimulatorSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One usage explained by all who know of it: the journal and its statement say what it cost and who
 * paid, stripe-sync in which window it went to Stripe and how that stands. Then an audit of all
 * these, which holds until Stripe has what the journal has not.
 */
@Timeout(180)
final class ExplainIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String CATALOG =
      """
      meters:
        tokens: {name: Tokens, credits: "2", per: 1000}
      """;

  private static final String RULES =
      """
      usage: {grace: PT1S, late_grace: PT1S}
      meters:
        tokens: {event_name: tokens, send: all, in: quantity, window: PT10S,
                 price: {amount: "0", currency: usd}}
      """;

  @TempDir private Path directory;

  @Test
  void a_usage_is_explained_from_its_price_to_its_window_at_stripe() throws Exception {
    try (DevStack stack = DevStack.start(settings())) {
      // given
      stack.awaitReady(LIMIT);
      try (LedgerClient ledger = new LedgerClient(stack.address(), Optional.empty());
          LedgerClient sync =
              new LedgerClient(stack.stripe().sync().join().adminAddress(), Optional.empty())) {
        ledger
            .put("/v1/catalog", "application/yaml", CATALOG.getBytes(StandardCharsets.UTF_8))
            .orFail();
        sync.post("/v1/setup", LedgerClient.JSON, new byte[0], Duration.ZERO).orFail();
      }
      StripeShop shop = new StripeShop(stack.stripe().simulator().orElseThrow());
      shop.customer("ann");
      Instant begun = Instant.now();
      done(stack, "grant", "ann", "10", "--id", "g_1");
      done(stack, "usage", "ann", "--meter", "tokens", "--quantity", "3000", "--id", "u_1");

      // when
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> explained(stack).contains(", delivered"));

      // then
      assertThat(explained(stack).replaceAll(" +", " "))
          .contains("ann: used 6 credits for 3000 of tokens")
          .contains("input ledger.usage-events-")
          .contains("read from the statement")
          .contains("meters.tokens.rates[0] 2 per 1000 applied")
          .contains("g_1 10 0 6 paid")
          .contains("Stripe: counts 3000 in the window from ")
          .contains("of meter tokens, in events")
          .containsPattern(" event \\S+: 3000, delivered");
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(shop.usage("ann", "tokens", begun)).isEqualByComparingTo("3000"));
      assertAuditSeesStripe(stack, shop);
    }
  }

  private static void assertAuditSeesStripe(DevStack stack, StripeShop shop) throws Exception {
    String[] everywhere = {
      "--postgres",
      stack.postgres().jdbcUrl().join(),
      "--stripe",
      stack.stripe().sync().join().adminAddress().toString()
    };
    Audits.assertHolds(stack.bootstrapServers(), stack.address(), everywhere);

    shop.report("ann", "tokens", "5", Instant.now().minus(Duration.ofMinutes(10)));

    assertThat(Audits.run(stack.bootstrapServers(), stack.address(), everywhere))
        .satisfies(
            audit -> {
              assertThat(audit.status()).as(audit.toString()).isEqualTo(1);
              assertThat(audit.out())
                  .contains("VERDICT: not everything is as it must be, findings: 1")
                  .contains("stripe outbox")
                  .contains("the journal has 0, the outbox 0, Stripe 5; unexplained");
            });
  }

  private StackSettings settings() {
    return new StackSettings(
        directory,
        new StackSettings.Kafka.Embedded(0, 0),
        new StackSettings.Postgres.Embedded(),
        new StackSettings.Stripe.Simulated(
            new StackSettings.Sync(RulesYaml.parse("stripe.yaml", RULES), 0, 0),
            SimulatorSettings.defaults(),
            0),
        (bootstrap, state) ->
            LedgerConfig.local(bootstrap, state)
                .withPort(0)
                .withProjection(ProjectionSettings.parse("statement")));
  }

  private static String explained(DevStack stack) {
    return done(stack, "explain", "u_1");
  }

  private static String done(DevStack stack, String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--url";
    all[command.length + 1] = stack.address().toString();
    CliRun run = CliRun.of(all);
    assertThat(run.status()).as(run.toString()).isZero();
    return run.out();
  }
}
