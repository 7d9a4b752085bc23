package io.creditledger.cli.bench;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be set of a run's sizes. */
final class Sizes {

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each.")
  Optional<Integer> rounds = Optional.empty();

  @Option(names = "--events", paramLabel = "N", description = "Usage events of each round.")
  Optional<Integer> events = Optional.empty();

  @Option(names = "--copied", paramLabel = "N", description = "Records that are only copied.")
  Optional<Integer> copied = Optional.empty();

  @Option(names = "--customers", paramLabel = "N", description = "Customers who use credits.")
  Optional<Integer> customers = Optional.empty();

  @Option(
      names = "--customers-max",
      paramLabel = "N",
      description = "growth: to how many customers.")
  Optional<Integer> customersMax = Optional.empty();

  @Option(
      names = "--grants-max",
      paramLabel = "N",
      description = "growth: to how many open grants each.")
  Optional<Integer> grantsMax = Optional.empty();

  @Option(
      names = "--closed-max",
      paramLabel = "N",
      description = "growth: to how many closed grants each.")
  Optional<Integer> closedMax = Optional.empty();

  @Option(
      names = "--postgres-millis",
      paramLabel = "N",
      description = "postgres: how long each round loads it.")
  Optional<Integer> postgresMillis = Optional.empty();

  @Option(
      names = "--load-seconds",
      paramLabel = "N",
      description = "latency, rest: how long a load goes on.")
  Optional<Integer> loadSeconds = Optional.empty();
}
