package io.creditledger.cli.stack;

import io.creditledger.streams.LedgerConfig;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a ledger is started from.
 *
 * @param directory where all of it keeps its data; one ledger at a time may use it
 * @param service how the service is set, once it is known where Kafka is
 */
public record StackSettings(
    Path directory, Kafka kafka, Postgres postgres, Stripe stripe, Service service) {

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

  /** Which Stripe stripe-sync works with. */
  public sealed interface Stripe {
    /** None: there is no stripe-sync. */
    record None() implements Stripe {}

    /**
     * A simulator of Stripe in this process, whose state is kept in the directory.
     *
     * @param simulator how it is set, but for its address and where it keeps its state
     * @param simulatorPort where it listens; 0: as in the last run, or any free port
     */
    record Simulated(Sync sync, SimulatorSettings simulator, int simulatorPort) implements Stripe {}

    /** Stripe itself. */
    record Live(Sync sync, StripeSettings stripe, List<String> webhookSecrets) implements Stripe {
      /** Copies the secrets. */
      public Live {
        webhookSecrets = List.copyOf(webhookSecrets);
      }
    }
  }

  /**
   * How stripe-sync is set.
   *
   * @param port where it listens for webhooks; 0: as in the last run, or else the usual port, or
   *     any free one
   * @param adminPort where it listens for operators; 0: likewise
   */
  public record Sync(StripeRules rules, int port, int adminPort) {}

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
        new Stripe.None(),
        (bootstrap, state) -> LedgerConfig.local(bootstrap, state).withPort(0));
  }
}
