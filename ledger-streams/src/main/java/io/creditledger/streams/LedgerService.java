package io.creditledger.streams;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.http.HttpApi;
import io.creditledger.streams.http.HttpSettings;
import io.creditledger.streams.projection.EntrySource;
import io.creditledger.streams.projection.Projection;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.LocalLedger;
import io.creditledger.streams.query.Readiness;
import io.creditledger.streams.topology.CommitHandover;
import io.creditledger.streams.topology.LedgerTopology;
import io.creditledger.streams.topology.Progress;
import io.creditledger.streams.topology.TopicSetup;
import io.creditledger.streams.webhook.AlertSource;
import io.creditledger.streams.webhook.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the ledger: topology, stores and REST service, from start to close. */
public final class LedgerService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerService.class);

  private final KafkaStreams streams;
  private final LocalLedger ledger;
  private final HttpApi http;
  private final Optional<Webhooks> webhooks;
  private final Optional<Projection> projection;
  private final KafkaStreamsMetrics streamsMetrics;
  private final JvmGcMetrics gcMetrics;

  private LedgerService(
      KafkaStreams streams,
      LocalLedger ledger,
      HttpApi http,
      Optional<Webhooks> webhooks,
      Optional<Projection> projection,
      KafkaStreamsMetrics streamsMetrics,
      JvmGcMetrics gcMetrics) {
    this.streams = streams;
    this.ledger = ledger;
    this.http = http;
    this.webhooks = webhooks;
    this.projection = projection;
    this.streamsMetrics = streamsMetrics;
    this.gcMetrics = gcMetrics;
  }

  /**
   * Starts an instance: prepares the topics, begins to decide, and opens the REST service, which
   * answers 503 until the stores are restored.
   *
   * @throws io.creditledger.streams.topology.TopicMismatchException if the brokers have topics of
   *     the same names that are otherwise
   * @throws IllegalStateException if the brokers cannot be used, or the REST service's port is
   *     taken
   */
  public static LedgerService start(LedgerConfig config) throws InterruptedException {
    Topics topics = Topics.prefixed(config.topicPrefix());
    KafkaConnection kafka = config.kafka();
    prepare(config, topics, kafka);
    int port = config.port() == 0 ? freePort(config.host()) : config.port();
    HostInfo self = advertised(config, port);
    Progress progress = new Progress();
    CommitHandover handover = new CommitHandover();
    KafkaStreams streams =
        new KafkaStreams(
            LedgerTopology.durable(
                    topics,
                    config.partitions(),
                    config.clock(),
                    config.commitInterval(),
                    config.timers(),
                    progress,
                    handover)
                .build(),
            StreamsSettings.of(config, self.host() + ":" + self.port()),
            handover.clients());
    streams.setUncaughtExceptionHandler(LedgerService::afterFailure);
    LocalLedger ledger =
        new LocalLedger(
            streams, topics, config.partitions(), progress, handover, self, config.clock(), kafka);
    PrometheusMeterRegistry registry = registry();
    KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
    streamsMetrics.bindTo(registry);
    JvmGcMetrics gcMetrics = new JvmGcMetrics();
    gcMetrics.bindTo(registry);
    Optional<Webhooks> webhooks = webhooks(config, topics, registry);
    Optional<Projection> projection = projection(config, topics, registry);
    HttpApi http =
        new HttpApi(
            ledger,
            ledger.log(),
            config.clock(),
            HttpSettings.of(config.host(), port).withKeys(config.apiKeys()),
            registry,
            webhooks,
            projection);
    LedgerService service =
        new LedgerService(streams, ledger, http, webhooks, projection, streamsMetrics, gcMetrics);
    try {
      http.start();
      streams.start();
      webhooks.ifPresent(Webhooks::start);
      projection.ifPresent(Projection::start);
      return service;
    } catch (RuntimeException failed) {
      service.close();
      throw failed;
    }
  }

  private static void prepare(LedgerConfig config, Topics topics, KafkaConnection kafka)
      throws InterruptedException {
    try (Admin admin = kafka.admin()) {
      Brokers.check(admin);
      new TopicSetup(
              admin,
              topics,
              config.partitions(),
              config.replication(),
              switch (config.timestamps()) {
                case LOG_APPEND_TIME -> "LogAppendTime";
                case CREATE_TIME -> "CreateTime";
              })
          .ensure();
    }
  }

  /** What the REST service answers from, for callers in the same process. */
  public LedgerAccess ledger() {
    return ledger;
  }

  /** Has explanations of usage ask stripe-sync from now on, at its address for operators. */
  public void stripeSyncAt(URI address) {
    http.stripeSyncAt(address);
  }

  /** Where the REST service listens. */
  public URI address() {
    return http.address();
  }

  /** Whether the instance decides and answers by now. */
  public Readiness readiness() {
    return ledger.readiness();
  }

  /** Stops answering, finishes what is being decided, and closes the stores cleanly. */
  @Override
  public void close() {
    http.stop();
    webhooks.ifPresent(Webhooks::close);
    projection.ifPresent(Projection::close);
    streams.close(Duration.ofSeconds(30));
    streamsMetrics.close();
    gcMetrics
        .close(); // The JVM's collectors would hold on to the registry, and with it to all this.
    ledger.close();
  }

  private static Optional<Webhooks> webhooks(
      LedgerConfig config, Topics topics, MeterRegistry registry) {
    if (config.webhooks().endpoints().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Webhooks(
            config.webhooks(),
            new AlertSource(
                config.kafka(), topics.name(Topics.ALERTS), config.applicationId() + "-webhooks"),
            config.postgres(),
            config.clock(),
            registry));
  }

  private static Optional<Projection> projection(
      LedgerConfig config, Topics topics, MeterRegistry registry) {
    return config
        .projection()
        .schema()
        .map(
            schema ->
                new Projection(
                    schema,
                    new EntrySource(
                        config.kafka(),
                        topics.name(Topics.ENTRIES),
                        config.applicationId() + "-projection"),
                    config.postgres(),
                    registry));
  }

  /**
   * What to do after a stream thread failed. A failure of Kafka's passes, and the transaction was
   * aborted; anything else is a bug of ours, and a ledger that may be wrong does not go on.
   */
  private static StreamThreadExceptionResponse afterFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KafkaException && cause.getCause() == null) {
        LOG.warn("a stream thread failed and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    LOG.error("the ledger stops, because going on could be wrong", failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    return registry;
  }

  private static HostInfo advertised(LedgerConfig config, int port) {
    if (config.advertised().isEmpty()) {
      return new HostInfo(config.host(), port);
    }
    return HostInfo.buildFromEndpoint(config.advertised());
  }

  private static int freePort(String host) {
    try {
      return FreePort.on(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the REST service cannot listen on " + host, e);
    }
  }
}
