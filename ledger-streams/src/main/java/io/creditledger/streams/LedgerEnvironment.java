package io.creditledger.streams;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.streams.http.ApiKeys;
import io.creditledger.streams.projection.ProjectionSettings;
import io.creditledger.streams.webhook.WebhookFile;
import io.creditledger.streams.webhook.WebhookSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How the service is set from outside: by an environment variable for each setting, the same ones
 * as {@code ./ledger up} reads. A variable that is empty counts as one that is not set.
 */
public final class LedgerEnvironment {

  private static final String KAFKA = "LEDGER_KAFKA";
  private static final String POSTGRES = "LEDGER_POSTGRES";
  private static final String STRIPE_SYNC = "LEDGER_STRIPE_SYNC";

  private static final int PORT_MAX = 65535;

  private final Map<String, String> variables;

  private LedgerEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * The configuration of one instance on brokers that run elsewhere.
   *
   * @throws IllegalArgumentException if no brokers are named, or a value is not of its kind; it
   *     names the variable
   */
  public static LedgerConfig config(Map<String, String> environment) {
    return new LedgerEnvironment(environment).config();
  }

  /**
   * Where stripe-sync listens for operators, if explanations of usage are to ask it.
   *
   * @throws IllegalArgumentException if it is no address; it names the variable
   */
  public static Optional<URI> stripeSync(Map<String, String> environment) {
    return new LedgerEnvironment(environment).text(STRIPE_SYNC).map(LedgerEnvironment::address);
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
      throw new IllegalArgumentException(
          STRIPE_SYNC + " is not an address such as http://stripe-sync:8402: " + text);
    }
    return address;
  }

  private LedgerConfig config() {
    String brokers =
        text(KAFKA)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        KAFKA
                            + " is not set: name the brokers, such as kafka-1:9092,kafka-2:9092"));
    Path data = Path.of(text("LEDGER_DATA").orElse(".ledger"));
    LedgerConfig local = LedgerConfig.local(brokers, data.resolve("streams"));
    LedgerConfig config =
        new LedgerConfig(
            local.bootstrapServers(),
            KafkaConnection.propertiesOf(variables),
            text("LEDGER_APPLICATION_ID").orElse(local.applicationId()),
            text("LEDGER_INSTANCE_ID").orElse(local.instanceId()),
            text("LEDGER_TOPIC_PREFIX").orElse(local.topicPrefix()),
            number("LEDGER_PARTITIONS", local.partitions(), Integer.MAX_VALUE),
            (short) number("LEDGER_REPLICATION", local.replication(), Short.MAX_VALUE),
            local.stateDir(),
            number("LEDGER_THREADS", local.threads(), Integer.MAX_VALUE),
            number("LEDGER_STANDBYS", local.standbys(), Integer.MAX_VALUE),
            Duration.ofMillis(
                number(
                    "LEDGER_COMMIT_INTERVAL_MS",
                    Math.toIntExact(local.commitInterval().toMillis()),
                    LedgerConfig.COMMIT_INTERVAL_MILLIS_MAX)),
            local.timers(),
            local.timestamps(),
            text("LEDGER_HOST").orElse(local.host()),
            number("LEDGER_PORT", local.port(), PORT_MAX),
            text("LEDGER_ADVERTISED").orElse(local.advertised()),
            local.clock(),
            ApiKeys.parse(text(ApiKeys.VARIABLE).orElse("")));
    return withDatabase(config);
  }

  private LedgerConfig withDatabase(LedgerConfig config) {
    Optional<String> webhooks = text(WebhookFile.VARIABLE);
    Optional<String> postgres = text(POSTGRES);
    if (webhooks.isPresent() && postgres.isEmpty()) {
      throw new IllegalArgumentException(
          WebhookFile.VARIABLE + " needs " + POSTGRES + ", which keeps what is still to be sent");
    }
    return config
        .withPostgres(
            postgres.map(CompletableFuture::completedFuture).orElseGet(CompletableFuture::new))
        .withWebhooks(
            webhooks
                .map(file -> WebhookFile.read(Path.of(file), variables))
                .orElse(WebhookSettings.NONE))
        .withProjection(
            postgres.isPresent()
                ? ProjectionSettings.parse(
                    text(ProjectionSettings.VARIABLE).orElse(ProjectionSettings.SCHEMA_DEFAULT))
                : ProjectionSettings.NONE);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private int number(String name, int otherwise, int max) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get().strip());
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below, as of a number that is out of range.
    }
    throw new IllegalArgumentException(
        name + " is not a whole number from 0 to " + max + ": " + value.get());
  }
}
