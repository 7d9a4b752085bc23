package io.creditledger.streams;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.streams.http.ApiKeys;
import io.creditledger.streams.projection.ProjectionSettings;
import io.creditledger.streams.topology.TimerSettings;
import io.creditledger.streams.webhook.WebhookSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that can be set of one instance of the ledger service.
 *
 * @param bootstrapServers the brokers
 * @param kafkaProperties further properties for every Kafka client, such as security
 * @param applicationId what the instances of one ledger share; names the changelogs
 * @param instanceId stable over restarts of this instance, so that it gets its partitions back
 *     without waiting for a session to time out
 * @param topicPrefix keeps several ledgers apart on the same brokers; usually empty
 * @param partitions of every topic keyed by customer; can not be changed later
 * @param replication of every topic
 * @param stateDir where the stores are kept
 * @param threads stream threads; 0 for one for each core, but no more than there are partitions
 * @param standbys copies of each store on other instances, for a quick take-over
 * @param commitInterval how often decisions are committed to the journal while inputs are decided
 *     as they come: the price of a shorter one is throughput, of a longer one latency
 * @param timers how the timers run
 * @param timestamps whose clock a record's time is
 * @param host where the REST service listens
 * @param port where the REST service listens; 0 for any free port
 * @param advertised the base address by which other instances reach this one; empty: of host and
 *     port
 * @param clock for timers and for balances as of now
 * @param apiKeys with which the REST service may be used; none: it is open to whoever reaches it
 * @param postgres the address of the database, once that is known; never completed where there is
 *     none. The ledger itself needs none.
 * @param webhooks who is told of alerts; that needs the database
 * @param projection whether the journal is projected into the database, and where to
 */
public record LedgerConfig(
    String bootstrapServers,
    Map<String, String> kafkaProperties,
    String applicationId,
    String instanceId,
    String topicPrefix,
    int partitions,
    short replication,
    Path stateDir,
    int threads,
    int standbys,
    Duration commitInterval,
    TimerSettings timers,
    Timestamps timestamps,
    String host,
    int port,
    String advertised,
    Clock clock,
    ApiKeys apiKeys,
    CompletableFuture<String> postgres,
    WebhookSettings webhooks,
    ProjectionSettings projection) {

  /** Whose clock gives records their time. */
  public enum Timestamps {
    /** The broker's, when it appends: the only setting for a ledger that money depends on. */
    LOG_APPEND_TIME,
    /** The producer's: for scenarios, which play in another time. */
    CREATE_TIME
  }

  /** Above this the transactions' time-out, 10 seconds by default, would come too close. */
  public static final int COMMIT_INTERVAL_MILLIS_MAX = 5_000;

  public LedgerConfig {
    kafkaProperties = Map.copyOf(kafkaProperties);
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is below 1: " + partitions);
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads is below 0: " + threads);
    }
    if (threads == 0) {
      threads = Math.min(Runtime.getRuntime().availableProcessors(), partitions);
    }
    if (!commitInterval.isPositive() || commitInterval.toMillis() > COMMIT_INTERVAL_MILLIS_MAX) {
      throw new IllegalArgumentException(
          "the commit interval is not in 1 to %,d ms: %s"
              .formatted(COMMIT_INTERVAL_MILLIS_MAX, commitInterval));
    }
  }

  /** An instance without a database, and so without anything that needs one. */
  public LedgerConfig(
      String bootstrapServers,
      Map<String, String> kafkaProperties,
      String applicationId,
      String instanceId,
      String topicPrefix,
      int partitions,
      short replication,
      Path stateDir,
      int threads,
      int standbys,
      Duration commitInterval,
      TimerSettings timers,
      Timestamps timestamps,
      String host,
      int port,
      String advertised,
      Clock clock,
      ApiKeys apiKeys) {
    this(
        bootstrapServers,
        kafkaProperties,
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDir,
        threads,
        standbys,
        commitInterval,
        timers,
        timestamps,
        host,
        port,
        advertised,
        clock,
        apiKeys,
        new CompletableFuture<>(),
        WebhookSettings.NONE,
        ProjectionSettings.NONE);
  }

  /** A single instance for development, on brokers of its own. */
  public static LedgerConfig local(String bootstrapServers, Path stateDir) {
    return new LedgerConfig(
        bootstrapServers,
        Map.of(),
        "credit-ledger",
        "ledger-1",
        "",
        4,
        (short) 1,
        stateDir,
        0,
        0,
        Duration.ofMillis(30),
        TimerSettings.DEFAULT,
        Timestamps.LOG_APPEND_TIME,
        "127.0.0.1",
        8400,
        "",
        Clock.systemUTC(),
        ApiKeys.NONE);
  }

  /** The brokers, for clients other than Kafka Streams. */
  public KafkaConnection kafka() {
    return new KafkaConnection(bootstrapServers, kafkaProperties);
  }

  /** The same with another port for the REST service. */
  public LedgerConfig withPort(int other) {
    return new LedgerConfig(
        bootstrapServers,
        kafkaProperties,
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDir,
        threads,
        standbys,
        commitInterval,
        timers,
        timestamps,
        host,
        other,
        advertised,
        clock,
        apiKeys,
        postgres,
        webhooks,
        projection);
  }

  /** The same with a database, whose address may not be known yet. */
  public LedgerConfig withPostgres(CompletableFuture<String> other) {
    return new LedgerConfig(
        bootstrapServers,
        kafkaProperties,
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDir,
        threads,
        standbys,
        commitInterval,
        timers,
        timestamps,
        host,
        port,
        advertised,
        clock,
        apiKeys,
        other,
        webhooks,
        projection);
  }

  /** The same with others told of alerts. */
  public LedgerConfig withWebhooks(WebhookSettings other) {
    return new LedgerConfig(
        bootstrapServers,
        kafkaProperties,
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDir,
        threads,
        standbys,
        commitInterval,
        timers,
        timestamps,
        host,
        port,
        advertised,
        clock,
        apiKeys,
        postgres,
        other,
        projection);
  }

  /** The same with the journal projected elsewhere, or not at all. */
  public LedgerConfig withProjection(ProjectionSettings other) {
    return new LedgerConfig(
        bootstrapServers,
        kafkaProperties,
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDir,
        threads,
        standbys,
        commitInterval,
        timers,
        timestamps,
        host,
        port,
        advertised,
        clock,
        apiKeys,
        postgres,
        webhooks,
        other);
  }

  /** The same playing in another time, with short waits: for scenarios. */
  public LedgerConfig inTimeOf(Clock scenarioClock) {
    return new LedgerConfig(
        bootstrapServers,
        kafkaProperties,
        applicationId,
        instanceId,
        topicPrefix,
        partitions,
        replication,
        stateDir,
        threads,
        standbys,
        Duration.ofMillis(20),
        new TimerSettings(Duration.ofMillis(5), Duration.ofDays(36500), Duration.ofDays(1)),
        Timestamps.CREATE_TIME,
        host,
        port,
        advertised,
        scenarioClock,
        apiKeys,
        postgres,
        webhooks,
        projection);
  }
}
