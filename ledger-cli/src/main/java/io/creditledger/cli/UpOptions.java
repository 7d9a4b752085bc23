package io.creditledger.cli;

import io.creditledger.cli.stack.StackSettings;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.http.ApiKeys;
import io.creditledger.streams.projection.ProjectionSettings;
import io.creditledger.streams.webhook.WebhookFile;
import io.creditledger.streams.webhook.WebhookSettings;
import io.creditledger.stripe.StripeSyncEnvironment;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How {@code ./ledger up} is set: by flags, or by an environment variable for each. */
final class UpOptions {

  private static final int KAFKA_PORT_USUAL = 9092;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:LEDGER_DATA:-.ledger}",
      description = "Where data is kept; default .ledger (LEDGER_DATA).")
  Path data;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:LEDGER_HOST:-127.0.0.1}",
      description = "Where the REST service listens; default 127.0.0.1 (LEDGER_HOST).")
  String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:LEDGER_PORT:-8400}",
      description = "Its port, 0 for any free one; default 8400 (LEDGER_PORT).")
  int port;

  @Option(
      names = "--advertised",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LEDGER_ADVERTISED:-}",
      description =
          "How other instances reach this one; default host and port (LEDGER_ADVERTISED).")
  String advertised;

  @Option(
      names = "--kafka",
      paramLabel = "BOOTSTRAP",
      defaultValue = "${env:LEDGER_KAFKA:-}",
      description = "Brokers that run elsewhere; default an embedded one (LEDGER_KAFKA).")
  String kafka;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "${env:LEDGER_KAFKA_PORT:-0}",
      description =
          "The embedded broker's port; default that of the last run, or 9092, or any free one"
              + " (LEDGER_KAFKA_PORT).")
  int kafkaPort;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description =
          "A property of every Kafka client, as often as needed. Secrets belong in the environment:"
              + " LEDGER_KAFKA_PROPERTY_SASL_JAAS_CONFIG sets sasl.jaas.config.")
  Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Option(
      names = "--postgres",
      paramLabel = "JDBC_URL",
      defaultValue = "${env:LEDGER_POSTGRES:-}",
      description =
          "A PostgreSQL that runs elsewhere; default an embedded one beside an embedded broker, or"
              + " none (LEDGER_POSTGRES).")
  String postgres;

  @Option(
      names = "--projection",
      paramLabel = "SCHEMA",
      defaultValue = "${env:LEDGER_PROJECTION:-statement}",
      description =
          "Where in PostgreSQL the journal is kept for statements and SQL, off for nowhere; default"
              + " statement, where there is a PostgreSQL (LEDGER_PROJECTION).")
  String projection;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "${env:LEDGER_APPLICATION_ID:-credit-ledger}",
      description =
          "What the instances of one ledger share; default credit-ledger (LEDGER_APPLICATION_ID).")
  String applicationId;

  @Option(
      names = "--instance-id",
      paramLabel = "ID",
      defaultValue = "${env:LEDGER_INSTANCE_ID:-ledger-1}",
      description =
          "Names this instance, the same at each restart and no other's; default ledger-1"
              + " (LEDGER_INSTANCE_ID).")
  String instanceId;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "${env:LEDGER_TOPIC_PREFIX:-}",
      description = "Keeps several ledgers apart on the same brokers (LEDGER_TOPIC_PREFIX).")
  String topicPrefix;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "${env:LEDGER_PARTITIONS:-4}",
      description =
          "Partitions of every topic keyed by customer, for ever; default 4 (LEDGER_PARTITIONS).")
  int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "${env:LEDGER_REPLICATION:-1}",
      description = "Copies of every topic; default 1, use 3 on a cluster (LEDGER_REPLICATION).")
  short replication;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "${env:LEDGER_THREADS:-0}",
      description =
          "Stream threads; 0, the default, for one for each core, at most one for each partition"
              + " (LEDGER_THREADS).")
  int threads;

  @Option(
      names = "--standbys",
      paramLabel = "N",
      defaultValue = "${env:LEDGER_STANDBYS:-0}",
      description = "Copies of each store on other instances; default 0 (LEDGER_STANDBYS).")
  int standbys;

  @Option(
      names = "--commit-interval-ms",
      paramLabel = "MS",
      defaultValue = "${env:LEDGER_COMMIT_INTERVAL_MS:-30}",
      description =
          "How often decisions are committed: what a reservation waits for; default 30"
              + " (LEDGER_COMMIT_INTERVAL_MS).")
  int commitIntervalMillis;

  @Option(
      names = "--webhooks",
      paramLabel = "FILE",
      defaultValue = "${env:LEDGER_WEBHOOKS:-}",
      description =
          "Who is told of alerts over HTTP; default nobody (LEDGER_WEBHOOKS). The secrets stay in"
              + " the environment.")
  String webhooks;

  @Option(
      names = "--stripe-rules",
      paramLabel = "FILE",
      defaultValue = "${env:STRIPE_RULES:-}",
      description =
          "What Stripe is told and what its payments grant; default nothing (STRIPE_RULES).")
  String stripeRules;

  @Option(
      names = "--stripe-sync-port",
      paramLabel = "N",
      defaultValue = "${env:STRIPE_SYNC_PORT:-0}",
      description =
          "Where stripe-sync listens for webhooks; default that of the last run, or 8401, or any"
              + " free port (STRIPE_SYNC_PORT).")
  int stripeSyncPort;

  @Option(
      names = "--stripe-sync-admin-port",
      paramLabel = "N",
      defaultValue = "${env:STRIPE_SYNC_ADMIN_PORT:-0}",
      description =
          "Where stripe-sync listens for operators, on this machine only; default that of the last"
              + " run, or 8402, or any free port (STRIPE_SYNC_ADMIN_PORT).")
  int stripeAdminPort;

  @Option(
      names = "--stripe-simulator-port",
      paramLabel = "N",
      defaultValue = "${env:STRIPE_SIMULATOR_PORT:-0}",
      description =
          "Where the simulator of Stripe listens that stands in unless STRIPE_API_KEY is set;"
              + " default that of the last run, or any free port (STRIPE_SIMULATOR_PORT).")
  int stripeSimulatorPort;

  StackSettings settings(Map<String, String> environment) {
    WebhookSettings told = webhookSettings(environment);
    ProjectionSettings projected = projectionSettings();
    return new StackSettings(
        data,
        kafka.isEmpty()
            ? new StackSettings.Kafka.Embedded(kafkaPort, KAFKA_PORT_USUAL)
            : new StackSettings.Kafka.External(kafka),
        postgresChoice(),
        stripeChoice(environment),
        (bootstrapServers, stateDirectory) ->
            config(bootstrapServers, stateDirectory, environment)
                .withWebhooks(told)
                .withProjection(projected));
  }

  private ProjectionSettings projectionSettings() {
    try {
      return postgresChoice() instanceof StackSettings.Postgres.None
          ? ProjectionSettings.NONE
          : ProjectionSettings.parse(projection);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailedException.misused("error: --projection: " + wrong.getMessage());
    }
  }

  private WebhookSettings webhookSettings(Map<String, String> environment) {
    if (webhooks.isEmpty()) {
      return WebhookSettings.NONE;
    }
    if (!kafka.isEmpty() && postgres.isEmpty()) {
      throw CommandFailedException.misused(
          "error: --webhooks needs a PostgreSQL, which keeps what is still to be sent: name one with"
              + " --postgres");
    }
    try {
      return WebhookFile.read(Path.of(webhooks), environment);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailedException.misused("error: " + wrong.getMessage());
    }
  }

  private StackSettings.Postgres postgresChoice() {
    if (!postgres.isEmpty()) {
      return new StackSettings.Postgres.External(postgres);
    }
    return kafka.isEmpty()
        ? new StackSettings.Postgres.Embedded()
        : new StackSettings.Postgres.None();
  }

  /** Stripe itself where there is a key; a simulator beside servers of our own; else none. */
  private StackSettings.Stripe stripeChoice(Map<String, String> environment) {
    try {
      StripeSyncEnvironment variables = new StripeSyncEnvironment(environment);
      StackSettings.Sync sync =
          new StackSettings.Sync(
              stripeRules.isEmpty()
                  ? StripeRules.NONE
                  : StripeSyncEnvironment.rules(Path.of(stripeRules)),
              stripeSyncPort,
              stripeAdminPort);
      if (environment.containsKey(StripeSyncEnvironment.API_KEY)) {
        return new StackSettings.Stripe.Live(sync, variables.stripe(), variables.webhookSecrets());
      }
      return kafka.isEmpty()
          ? new StackSettings.Stripe.Simulated(
              sync, SimulatorSettings.defaults(), stripeSimulatorPort)
          : new StackSettings.Stripe.None();
    } catch (IllegalArgumentException wrong) {
      throw CommandFailedException.misused("error: " + wrong.getMessage());
    }
  }

  private LedgerConfig config(
      String bootstrapServers, Path stateDirectory, Map<String, String> environment) {
    try {
      return checked(bootstrapServers, stateDirectory, environment);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailedException.misused("error: " + wrong.getMessage());
    }
  }

  private LedgerConfig checked(
      String bootstrapServers, Path stateDirectory, Map<String, String> environment) {
    LedgerConfig local = LedgerConfig.local(bootstrapServers, stateDirectory);
    return new LedgerConfig(
        bootstrapServers,
        properties(environment),
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDirectory,
        threads,
        standbys,
        Duration.ofMillis(commitIntervalMillis),
        local.timers(),
        local.timestamps(),
        host,
        port,
        advertised,
        local.clock(),
        ApiKeys.parse(environment.getOrDefault(ApiKeys.VARIABLE, "")));
  }

  /** The variables' properties, over which a flag of the same name wins. */
  private Map<String, String> properties(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>(KafkaConnection.propertiesOf(environment));
    properties.putAll(kafkaProperties);
    return properties;
  }
}
