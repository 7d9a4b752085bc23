package io.creditledger.cli.bench;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What can be set of a measurement beside its rate. */
final class BenchOptions {

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long it is measured; default ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = {
        "How long the same load goes on before, while the JVM compiles what is hot;",
        "default ${DEFAULT-VALUE}."
      })
  int warmUpSeconds;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Customers among whom the load is spread; default ${DEFAULT-VALUE}.")
  int customers;

  LoadPlan plan(int rate) {
    return new LoadPlan(rate, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds));
  }
}
