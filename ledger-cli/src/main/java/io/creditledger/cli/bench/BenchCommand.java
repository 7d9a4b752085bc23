package io.creditledger.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What there is to measure. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a fresh ledger on this machine: broker, service and load share it.",
      "The load does not wait for answers, and latencies count from when a request was due."
    },
    subcommands = {ReservationsBench.class, EntitlementsBench.class})
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a subcommand there is nothing to measure. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what is to be measured: reservations or entitlements");
  }
}
