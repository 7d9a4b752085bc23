package io.creditledger.core.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the scenario files are, seen from any module's folder. */
final class Folders {

  private Folders() {}

  /** The nearest folder of that name in the working directory or one of the folders around it. */
  static Optional<Path> find(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(name))) {
        return Optional.of(folder.resolve(name));
      }
    }
    return Optional.empty();
  }

  /** The scenarios of all files in a folder with that ending, in order of their names. */
  static List<Scenario> scenarios(Path folder, String ending) {
    List<Scenario> scenarios = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ending)).sorted().toList()) {
        scenarios.addAll(ScenarioFile.parse(file.getFileName().toString(), Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scenarios;
  }
}
