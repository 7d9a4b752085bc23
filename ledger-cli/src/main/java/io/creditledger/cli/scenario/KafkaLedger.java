package io.creditledger.cli.scenario;

import io.creditledger.cli.embedded.EmbeddedKafka;
import io.creditledger.cli.embedded.PlayTime;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.scenario.ScenarioDriver;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.LedgerService;
import io.creditledger.streams.query.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The service as it is deployed, on a broker of its own, playing in the time of scenarios. One such
 * ledger runs any number of scenarios: it puts each catalog in force in turn, and goes back in time
 * for it. That is safe because no two scenarios share a customer, and what time still brings about
 * for customers of earlier ones concerns nobody any more.
 */
public final class KafkaLedger implements ScenarioDriver.Factory, AutoCloseable {

  private static final Duration READY_LIMIT = Duration.ofMinutes(2);

  /** The stream thread looks at the clock as often as it polls. */
  private static final Map<String, String> QUICK = Map.of("poll.ms", "2");

  private final EmbeddedKafka kafka;
  private final ScenarioClock clock;
  private final LedgerService service;

  private KafkaLedger(EmbeddedKafka kafka, ScenarioClock clock, LedgerService service) {
    this.kafka = kafka;
    this.clock = clock;
    this.service = service;
  }

  /** Starts one in a directory that is empty. */
  public static KafkaLedger start(Path directory) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    try {
      PlayTime.allow(kafka.bootstrapServers());
      ScenarioClock clock = new ScenarioClock(Instant.EPOCH);
      LedgerService service =
          LedgerService.start(
              config(kafka.bootstrapServers(), directory.resolve("streams")).inTimeOf(clock));
      return new KafkaLedger(kafka, clock, service).ready();
    } catch (RuntimeException | InterruptedException failed) {
      kafka.close();
      throw failed;
    }
  }

  private static LedgerConfig config(String bootstrapServers, Path stateDirectory) {
    LedgerConfig local = LedgerConfig.local(bootstrapServers, stateDirectory);
    return new LedgerConfig(
        bootstrapServers,
        QUICK,
        local.applicationId(),
        local.instanceId(),
        local.topicPrefix(),
        2,
        local.replication(),
        stateDirectory,
        local.threads(),
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

  private KafkaLedger ready() throws InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (service.readiness().state() != Readiness.State.READY) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the service is not ready: " + service.readiness());
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return this;
  }

  @Override
  public ScenarioDriver open(Catalog catalog) {
    clock.set(Instant.EPOCH);
    service.ledger().publish(catalog).toCompletableFuture().join();
    return new KafkaDriver(service.ledger(), kafka.bootstrapServers(), clock, catalog);
  }

  @Override
  public void close() {
    service.close();
    kafka.close();
  }
}
