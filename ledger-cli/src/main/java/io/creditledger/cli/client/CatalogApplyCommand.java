package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a catalog in force. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Puts the catalog of a YAML or JSON file in force, in place of the whole old one.")
final class CatalogApplyCommand implements Callable<Integer> {

  static final String PATH = "/v1/catalog";
  static final String YAML = "application/yaml";

  @Mixin private LedgerOptions ledger;

  @Parameters(paramLabel = "FILE", description = "The catalog.")
  private Path file;

  @Override
  public Integer call() {
    byte[] catalog;
    try {
      catalog = Files.readAllBytes(file);
    } catch (IOException e) {
      throw ledger.misused("cannot read " + file);
    }
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer answer = client.put(PATH, json ? LedgerClient.JSON : YAML, catalog);
      if (!ledger.json()) {
        failWithPlaces(answer);
      }
      ledger.show(answer, CatalogApplyCommand::print);
    }
    return ExitStatus.OK;
  }

  /** Each error where an editor finds it: file, line, column. */
  private void failWithPlaces(Answer answer) {
    if (answer.ok() || !answer.json().path("errors").isArray()) {
      return;
    }
    JsonNode problem = answer.json();
    StringBuilder message =
        new StringBuilder("error " + problem.path("code").asText() + ": the catalog is not valid");
    for (JsonNode error : problem.path("errors")) {
      message
          .append("\n  ")
          .append(file)
          .append(':')
          .append(error.path("line").asText())
          .append(':')
          .append(error.path("column").asText())
          .append(": ")
          .append(error.path("field").asText())
          .append(": ")
          .append(error.path("detail").asText());
    }
    throw CommandFailedException.failed(message.toString());
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode catalog = answer.json();
    out.printf(
        Locale.ROOT,
        "Catalog %s is in force; units: %s, meters: %s, plans: %s.%n",
        catalog.path("version").asText(),
        catalog.path("units").asText(),
        catalog.path("meters").asText(),
        catalog.path("plans").asText());
  }
}
