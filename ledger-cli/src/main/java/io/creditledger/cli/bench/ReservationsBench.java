package io.creditledger.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long a task waits for its credits. */
@Command(
    name = "reservations",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures POST /v1/reservations, from when it was due to the durable decision.")
final class ReservationsBench implements Callable<Integer> {

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Reservations a second; default ${DEFAULT-VALUE}.")
  private int rate;

  @Mixin private BenchOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LoadPlan plan = options.plan(rate);
    LoadResult result =
        BenchLedger.measure(
            spec.commandLine().getOut(),
            "POST /v1/reservations",
            options,
            ledger -> LoadGenerator.run(plan, i -> ledger.post("/v1/reservations", body(i))));
    return result.count("201") == result.count() ? 0 : 1;
  }

  private String body(long i) {
    return """
        {"id":"r%d","customer":"%s","credits":"1"}"""
        .formatted(i, BenchLedger.customer(i, options.customers));
  }
}
