package io.creditledger.cli.scenario;

import io.creditledger.core.scenario.Scenario;
import io.creditledger.core.scenario.ScenarioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios of a folder that stands in the project or beside it. */
final class ScenarioFiles {

  private ScenarioFiles() {}

  /** The folder of that name, in this one or the nearest above it that has it. */
  static Optional<Path> folder(String name) {
    Path here = Path.of("").toAbsolutePath();
    while (here != null) {
      Path folder = here.resolve(name);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
      here = here.getParent();
    }
    return Optional.empty();
  }

  static List<Scenario> in(Path folder) {
    List<Scenario> scenarios = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ScenarioFiles::isScenarios).sorted().toList()) {
        scenarios.addAll(ScenarioFile.parse(file.toString(), Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return scenarios;
  }

  private static boolean isScenarios(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".json");
  }
}
