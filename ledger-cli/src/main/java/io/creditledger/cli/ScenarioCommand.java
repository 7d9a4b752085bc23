package io.creditledger.cli;

import io.creditledger.cli.scenario.KafkaLedger;
import io.creditledger.cli.scenario.TopologyDriver;
import io.creditledger.cli.stack.LogFile;
import io.creditledger.cli.stack.TemporaryDirectory;
import io.creditledger.core.scenario.Failure;
import io.creditledger.core.scenario.InvalidScenarioFileException;
import io.creditledger.core.scenario.MemoryDriver;
import io.creditledger.core.scenario.Scenario;
import io.creditledger.core.scenario.ScenarioFile;
import io.creditledger.core.scenario.ScenarioResult;
import io.creditledger.core.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scenario files: dated histories, and what must be true along them. */
@Command(
    name = "scenario",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs scenario files (YAML or JSON) and prints what is not as it must be.",
      "Exit status 1 if anything is not."
    })
final class ScenarioCommand implements Callable<Integer> {

  /** What scenarios are run on. */
  enum Driver {
    /** The two functions alone. */
    MEMORY,
    /** The topology, without a broker. */
    TOPOLOGY,
    /** The whole service, on an embedded broker. */
    KAFKA
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--driver",
      paramLabel = "memory|topology|kafka",
      defaultValue = "memory",
      description =
          "What they run on: the core alone (default), the topology without a broker, or the whole"
              + " service on an embedded broker.")
  private Driver driver;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Map<Scenario, Path> scenarios = new LinkedHashMap<>();
    files.stream()
        .distinct()
        .forEach(file -> read(file).forEach(scenario -> scenarios.put(scenario, file)));
    List<ScenarioResult> results = run(List.copyOf(scenarios.keySet()));
    for (ScenarioResult result : results) {
      if (!result.passed()) {
        print(out, scenarios.get(result.scenario()), result);
      }
    }
    long failed = results.stream().filter(result -> !result.passed()).count();
    out.println((results.size() - failed) + " passed, " + failed + " failed");
    out.flush();
    return failed == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static List<Scenario> read(Path file) {
    try {
      return ScenarioFile.parse(
          file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (InvalidScenarioFileException e) {
      throw CommandFailedException.failed("error: " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailedException.misused("error: cannot read " + file + ": " + e.getMessage());
    }
  }

  private List<ScenarioResult> run(List<Scenario> scenarios) throws InterruptedException {
    return switch (driver) {
      case MEMORY -> ScenarioRunner.runEach(scenarios, MemoryDriver::new);
      case TOPOLOGY -> ScenarioRunner.runEach(scenarios, TopologyDriver::new);
      case KAFKA -> {
        try (TemporaryDirectory directory = TemporaryDirectory.of("scenario")) {
          LogFile.in(directory.path());
          try (KafkaLedger ledger = KafkaLedger.start(directory.path())) {
            yield ScenarioRunner.runTogether(scenarios, ledger);
          }
        }
      }
    };
  }

  private static void print(PrintWriter out, Path file, ScenarioResult result) {
    out.println("FAILED " + file + ": " + result.scenario().id());
    if (!result.scenario().what().isEmpty()) {
      out.println("  " + result.scenario().what());
    }
    Table table = Table.of("step", "at", "what", "expected", "actual");
    for (Failure failure : result.failures()) {
      table.row(
          failure.step() == 0 ? "" : failure.step(),
          failure.at().map(Object::toString).orElse(""),
          failure.field(),
          failure.expected(),
          failure.actual());
    }
    table.print(out, "  ");
    out.println();
  }
}
