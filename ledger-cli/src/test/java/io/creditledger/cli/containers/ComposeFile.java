package io.creditledger.cli.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What compose.yaml says, read as far as it is used there: a test that starts containers from it
 * tests the file that people deploy, also where Compose itself is not installed.
 */
final class ComposeFile {

  /**
   * {@code $$}, {@code ${NAME}}, {@code ${NAME:-otherwise}}, {@code ${NAME-otherwise}}, {@code
   * ${NAME:?why it is needed}}.
   */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$|\\$\\{([A-Z_]+)(?::?-([^}]*)|:\\?([^}]*))?}");

  private final Map<String, ComposeService> services;

  private ComposeFile(Map<String, ComposeService> services) {
    this.services = services;
  }

  /** Reads compose.yaml and, where it is there, .env beside it. */
  static ComposeFile in(Path directory) throws IOException {
    Map<String, String> variables = new HashMap<>();
    Path settings = directory.resolve(".env");
    if (Files.exists(settings)) {
      for (String line : Files.readAllLines(settings)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    }
    return read(directory, Files.readString(directory.resolve("compose.yaml")), variables);
  }

  /** Reads a text as if it were compose.yaml in that directory. */
  static ComposeFile read(Path directory, String text, Map<String, String> variables) {
    String resolved = REFERENCE.matcher(text).replaceAll(match -> value(match, variables));
    LoadSettings yaml = LoadSettings.builder().setSchema(new CoreSchema()).build();
    Map<?, ?> root = (Map<?, ?>) new Load(yaml).loadFromString(resolved);
    Map<String, ComposeService> services = new HashMap<>();
    ((Map<?, ?>) root.get("services"))
        .forEach(
            (name, service) ->
                services.put(
                    (String) name,
                    new ComposeService((String) name, (Map<?, ?>) service, directory)));
    return new ComposeFile(services);
  }

  private static String value(MatchResult reference, Map<String, String> variables) {
    if (reference.group(1) == null) {
      return Matcher.quoteReplacement("$");
    }
    String value =
        Optional.ofNullable(variables.get(reference.group(1)))
            .filter(set -> !set.isEmpty())
            .or(() -> Optional.ofNullable(reference.group(2)))
            .orElseThrow(
                () -> new IllegalStateException(reference.group(1) + " " + reference.group(3)));
    return Matcher.quoteReplacement(value);
  }

  ComposeService service(String name) {
    return Optional.ofNullable(services.get(name))
        .orElseThrow(() -> new IllegalStateException("compose.yaml has no service " + name));
  }

  List<ComposeService> services() {
    return List.copyOf(services.values());
  }

  /** The images of all services. */
  List<String> images() {
    return services.values().stream().map(ComposeService::image).distinct().sorted().toList();
  }
}
