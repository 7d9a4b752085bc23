package io.creditledger.cli.stack;

import io.creditledger.streams.LedgerConfig;
import java.nio.file.Path;

/**
 * What a ledger is started from.
 *
 * @param directory where all of it keeps its data; one ledger at a time may use it
 * @param service how the service is set, once it is known where Kafka is
 */
public record StackSettings(Path directory, Kafka kafka, Postgres postgres, Service service) {

  /** Which brokers the ledger runs on. */
  public sealed interface Kafka {
    /**
     * A broker of its own in this process.
     *
     * @param port where it listens; 0: as in the last run, or else the usual port, or any free one
     * @param usual 0: there is none, so that several beside each other do not meet
     */
    record Embedded(int port, int usual) implements Kafka {}

    /** Brokers that run elsewhere. */
    record External(String bootstrapServers) implements Kafka {}
  }

  /** Which PostgreSQL belongs to it. */
  public sealed interface Postgres {
    /** A server of its own. */
    record Embedded() implements Postgres {}

    /** One that runs elsewhere. */
    record External(String jdbcUrl) implements Postgres {}

    /** None: the ledger itself needs no database. */
    record None() implements Postgres {}
  }

  /** Sets the service. */
  @FunctionalInterface
  public interface Service {
    /** The service's configuration on those brokers, its stores in that directory. */
    LedgerConfig on(String bootstrapServers, Path stateDirectory);
  }

  /** A ledger for tests and trials: its own broker, no database, any free ports. */
  public static StackSettings trial(Path directory) {
    return new StackSettings(
        directory,
        new Kafka.Embedded(0, 0),
        new Postgres.None(),
        (bootstrap, state) -> LedgerConfig.local(bootstrap, state).withPort(0));
  }
}
