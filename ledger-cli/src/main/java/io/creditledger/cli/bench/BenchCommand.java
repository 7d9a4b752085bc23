package io.creditledger.cli.bench;

import io.creditledger.cli.CommandFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures everything there is to measure, or some of it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures fresh ledgers on this machine: broker, service and load share it.",
      "Counts what is decided and committed, never what was merely accepted. Rounds are"
          + " interleaved; the table tells the median and between which values the rounds lie."
    },
    subcommands = {ReservationsBench.class, EntitlementsBench.class})
public final class BenchCommand implements Callable<Integer> {

  @Option(names = "--quick", description = "Smaller sizes and fewer rounds: under three minutes.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "Measure this alone; may be given several times. Names: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = {
        "Instead: so many instances in processes of their own share the work, one more joins,",
        "and every balance is compared with what was published."
      })
  private Optional<Integer> instances = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write machine, settings and every round to this file.")
  private Optional<Path> json = Optional.empty();

  @Mixin private Sizes sizes;
  @Spec private CommandSpec spec;

  /** The names of all measurements, for the help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(BenchRun.ALL.stream().map(Measurement::name).toList());
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    BenchRun.run(spec.commandLine().getOut(), plan(), measurements(), json);
    return 0;
  }

  private BenchPlan plan() {
    try {
      return (quick ? BenchPlan.QUICK : BenchPlan.FULL).with(sizes);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailedException.misused("error: " + wrong.getMessage());
    }
  }

  private List<Measurement> measurements() {
    List<String> names = BenchRun.ALL.stream().map(Measurement::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw CommandFailedException.misused(
            "error: there is no measurement named %s; there are %s"
                .formatted(name, String.join(", ", names)));
      }
    }
    if (instances.isPresent()) {
      if (instances.get() < 1) {
        throw CommandFailedException.misused("error: --instances is below 1: " + instances.get());
      }
      return List.of(new InstancesMeasurement(instances.get()));
    }
    return BenchRun.ALL.stream()
        .filter(one -> only.isEmpty() || only.contains(one.name()))
        .toList();
  }
}
