package io.creditledger.cli.bench.rig;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.LedgerService;
import io.creditledger.streams.query.Readiness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A ledger of its own on the broker, under its own topic prefix: what is in it, and the service
 * that works on it when it runs.
 */
public final class TrialLedger {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Broker broker;
  private final LedgerConfig config;
  private final Topics topics;

  private TrialLedger(Broker broker, LedgerConfig config) {
    this.broker = broker;
    this.config = config;
    this.topics = Topics.prefixed(config.topicPrefix());
  }

  /**
   * A ledger as shipped but with a stream thread for each core, whose topics and application are
   * named so.
   */
  public static TrialLedger named(Broker broker, Path directory, String name) {
    return new TrialLedger(broker, config(broker, directory, name, 0));
  }

  /** The same with another number of stream threads. */
  public static TrialLedger withThreads(Broker broker, Path directory, String name, int threads) {
    return new TrialLedger(broker, config(broker, directory, name, threads));
  }

  /**
   * The settings of a service as shipped, but for names, port and threads, 0 for one for each core.
   */
  public static LedgerConfig config(Broker broker, Path directory, String name, int threads) {
    LedgerConfig local =
        LedgerConfig.local(broker.connection().bootstrapServers(), directory.resolve(name));
    return new LedgerConfig(
        local.bootstrapServers(),
        local.kafkaProperties(),
        name,
        local.instanceId(),
        name + ".",
        Broker.PARTITIONS,
        local.replication(),
        local.stateDir(),
        threads,
        local.standbys(),
        local.commitInterval(),
        local.timers(),
        local.timestamps(),
        local.host(),
        0,
        local.advertised(),
        local.clock(),
        local.apiKeys());
  }

  /** How it is set. */
  public LedgerConfig config() {
    return config;
  }

  /** The name of one of its topics. */
  public String topic(Topic topic) {
    return topics.name(topic);
  }

  /** The ledger while its service runs. */
  public final class Running implements AutoCloseable {
    private final LedgerService service;

    private Running(LedgerService service) {
      this.service = service;
    }

    /** The service itself. */
    public LedgerService service() {
      return service;
    }

    /** Puts a price list in force. */
    public void priceBy(String catalog) {
      try (LedgerClient client = new LedgerClient(service.address(), Optional.empty())) {
        client
            .put("/v1/catalog", "application/yaml", catalog.getBytes(StandardCharsets.UTF_8))
            .orFail();
      }
    }

    /** Returns once everything that was published is decided and committed, and tells the pace. */
    public Drain.Pace drain() throws InterruptedException {
      return drainElsewhere();
    }

    /** Stops the service; what it decided stays. */
    @Override
    public void close() {
      service.close();
    }
  }

  /** Starts the service and returns once it decides and answers. */
  public Running start() throws InterruptedException {
    LedgerService service = LedgerService.start(config);
    try {
      awaitReady(service);
      return new Running(service);
    } catch (RuntimeException | InterruptedException failed) {
      service.close();
      throw failed;
    }
  }

  private static void awaitReady(LedgerService service) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (service.readiness().state() != Readiness.State.READY) {
      if (service.readiness().state() == Readiness.State.FAILED || System.nanoTime() > deadline) {
        throw CommandFailedException.failed(
            "error: the ledger does not become ready: " + service.readiness().detail());
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  /** Gives credits and a price list to its customers, with a service that stops afterwards. */
  public void fund(Grants grants) throws InterruptedException {
    try (Running running = start()) {
      fund(running, grants);
    }
  }

  /** The same, and then has the same service work off usage. */
  public void fill(Grants grants, UsageTraffic traffic, long events) throws InterruptedException {
    try (Running running = start()) {
      fund(running, grants);
      publish(Topics.USAGE_EVENTS, events, (topic, i) -> traffic.next(topic));
      running.drain();
    }
  }

  private void fund(Running running, Grants grants) throws InterruptedException {
    running.priceBy(UsageTraffic.CATALOG);
    publish(Topics.GRANT_EVENTS, grants.count(), grants::record);
    running.drain();
  }

  /** Fills the usage topic, then has a service work it off, and tells the pace. */
  public Drain.Pace workOff(UsageTraffic traffic, long events) throws InterruptedException {
    publish(Topics.USAGE_EVENTS, events, (topic, i) -> traffic.next(topic));
    return watched();
  }

  /** The same with more credits given before, which are decided in the lead-in. */
  public Drain.Pace workOff(Refill refill, UsageTraffic traffic, long events)
      throws InterruptedException {
    publish(Topics.GRANT_EVENTS, refill.count(), refill::record);
    publish(Topics.USAGE_EVENTS, events, (topic, i) -> traffic.next(topic));
    return watched();
  }

  /** Watches from before the service starts: it decides for a while before it says it is ready. */
  private Drain.Pace watched() throws InterruptedException {
    ExecutorService watch = Executors.newSingleThreadExecutor();
    try {
      Future<Drain.Pace> pace = watch.submit(() -> drain(List.of(Topics.USAGE_EVENTS)));
      Running running = start();
      try {
        return pace.get();
      } finally {
        running.close();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the usage was not worked off", e.getCause());
    } finally {
      watch.shutdownNow();
    }
  }

  /** The same where the services run in processes of their own. */
  public Drain.Pace drainElsewhere() throws InterruptedException {
    return drain(List.of(Topics.USAGE_EVENTS, Topics.GRANT_EVENTS));
  }

  private Drain.Pace drain(List<Topic> drained) throws InterruptedException {
    return Drain.await(
        broker, config.applicationId(), drained.stream().map(this::topic).toList(), LIMIT);
  }

  /** The changelogs of its stores. */
  public List<String> changelogs() throws InterruptedException {
    return broker.topics(config.applicationId() + "-");
  }

  /** Publishes events, and returns once they are in their topic. */
  public void publish(
      Topic topic, long count, BiFunction<String, Long, ProducerRecord<byte[], byte[]>> records) {
    String name = topic(topic);
    Preload.send(broker.connection(), count, i -> records.apply(name, i));
  }

  /** Has the broker forget it. */
  public void delete() throws InterruptedException {
    broker.deleteAll(config.topicPrefix());
    broker.deleteAll(config.applicationId() + "-");
  }
}
