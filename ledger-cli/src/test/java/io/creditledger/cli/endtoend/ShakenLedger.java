package io.creditledger.cli.endtoend;

import static org.awaitility.Awaitility.await;

import io.creditledger.cli.bench.rig.Broker;
import io.creditledger.cli.bench.rig.Instance;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.replay.RandomTraffic;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.LedgerService;
import io.creditledger.streams.query.Readiness;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;

/**
 * A ledger of its own on a shared broker, whose instances come and go under random traffic: one in
 * a process that can be killed, the others in this one.
 */
final class ShakenLedger implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Broker broker;
  private final Path directory;
  private final TrialLedger ledger;
  private final RandomTraffic traffic;
  private final UnaryOperator<LedgerConfig> more;
  private final Map<String, Instance> apart = new HashMap<>();
  private final Map<String, LedgerService> here = new HashMap<>();

  ShakenLedger(Broker broker, Path directory, long seed) {
    this(broker, directory, seed, UnaryOperator.identity());
  }

  /**
   * A ledger without instances.
   *
   * @param more what else is set of its instances in this process
   */
  ShakenLedger(Broker broker, Path directory, long seed, UnaryOperator<LedgerConfig> more) {
    this.broker = broker;
    this.directory = directory;
    this.more = more;
    this.ledger = TrialLedger.named(broker, directory, "history-" + seed);
    this.traffic = new RandomTraffic(seed, InstantSource.system(), topics());
  }

  private Topics topics() {
    return Topics.prefixed(ledger.config().topicPrefix());
  }

  /** Starts an instance that can be killed, and returns once it decides. */
  void startApart(String name) throws InterruptedException {
    Instance instance = Instance.start(ledger.config(), name, directory);
    apart.put(name, instance);
    instance.awaitReady();
  }

  /** Starts an instance in this process, on the stores of its name, and returns at once. */
  void start(String name) throws InterruptedException {
    LedgerConfig shared = ledger.config();
    LedgerConfig one =
        new LedgerConfig(
            shared.bootstrapServers(),
            shared.kafkaProperties(),
            shared.applicationId(),
            name,
            shared.topicPrefix(),
            shared.partitions(),
            shared.replication(),
            directory.resolve(name),
            shared.threads(),
            shared.standbys(),
            shared.commitInterval(),
            shared.timers(),
            shared.timestamps(),
            shared.host(),
            0,
            shared.advertised(),
            shared.clock(),
            shared.apiKeys());
    here.put(name, LedgerService.start(more.apply(one)));
  }

  /** Kills it without giving it a chance to tidy up. */
  void kill(String name) {
    apart.remove(name).kill();
  }

  /** Has an instance of this process leave, as for a shutdown. */
  void leave(String name) {
    here.remove(name).close();
  }

  /** Returns once the instances of this process decide and answer. */
  void awaitReady() {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                here.values().stream()
                    .allMatch(one -> one.readiness().state() == Readiness.State.READY));
  }

  /** Where that instance of this process answers. */
  URI address(String name) {
    return here.get(name).address();
  }

  /** Where any instance answers. */
  URI address() {
    return here.isEmpty()
        ? apart.values().iterator().next().address()
        : here.values().iterator().next().address();
  }

  void priceBy(String catalog) {
    try (LedgerClient client = new LedgerClient(address(), Optional.empty())) {
      client
          .put("/v1/catalog", "application/yaml", catalog.getBytes(StandardCharsets.UTF_8))
          .orFail();
    }
  }

  /** Sends so many random events, and returns as soon as the broker has them. */
  void burst(int events) {
    traffic.send(broker.connection(), events);
  }

  /** How many inputs no committed transaction has decided. */
  long undecided() throws InterruptedException {
    Map<TopicPartition, Long> committed = broker.committed(ledger.config().applicationId());
    return broker
        .ends(List.of(name(Topics.USAGE_EVENTS), name(Topics.GRANT_EVENTS)))
        .entrySet()
        .stream()
        .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  /** Returns once all that was sent is decided and committed. */
  void drain() throws InterruptedException {
    ledger.drainElsewhere();
  }

  String name(Topic topic) {
    return ledger.topic(topic);
  }

  String prefix() {
    return ledger.config().topicPrefix();
  }

  String applicationId() {
    return ledger.config().applicationId();
  }

  /** Stops all instances and has the broker forget the ledger. */
  @Override
  public void close() {
    apart.values().forEach(Instance::kill);
    here.values().forEach(LedgerService::close);
    try {
      ledger.delete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
