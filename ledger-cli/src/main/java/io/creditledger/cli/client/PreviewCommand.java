package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what an event would do. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows what an event would do now, by the same decision; nothing is written.",
      "The exit status is 1 if it would be refused."
    })
public final class PreviewCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  @Mixin private LedgerOptions ledger;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = STANDARD_INPUT,
      description =
          "One event as JSON, of any type (usage if it names none), with or without an id; default"
              + " standard input.")
  private Path file;

  @Override
  public Integer call() {
    byte[] event = read();
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer answer = client.post("/v1/preview", LedgerClient.JSON, event, Duration.ZERO);
      ledger.show(answer, PreviewCommand::print);
      JsonNode told = answer.json();
      if (!told.path("outcome").asText().equals("rejected")) {
        return ExitStatus.OK;
      }
      throw Problems.failure(answer.status(), told.path("problem"));
    }
  }

  private byte[] read() {
    boolean piped = file.toString().equals(STANDARD_INPUT);
    try {
      return piped ? System.in.readAllBytes() : Files.readAllBytes(file);
    } catch (IOException e) {
      throw ledger.misused("cannot read " + (piped ? "standard input" : file));
    }
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode told = answer.json();
    switch (told.path("outcome").asText()) {
      case "accepted" -> printAccepted(told, out);
      case "duplicate" ->
          out.println(
              told.path("id").asText()
                  + " has been recorded already, as entry "
                  + told.path("of").asText()
                  + "; nothing would change.");
      default -> out.println("It would be refused.");
    }
  }

  private static void printAccepted(JsonNode told, PrintWriter out) {
    JsonNode entry = told.path("entry");
    out.println("It would be accepted. " + EntryText.sentence(entry));
    new Rows()
        .with("moved", EntryText.moved(entry))
        .with("told", EntryText.alerts(entry))
        .print(out);
    if (told.path("balances").isEmpty()) {
      return;
    }
    out.println();
    Table table =
        Table.withAmounts(2, "UNIT", "", "AVAILABLE", "HELD", "SETTLED", "OVERAGE", "OVERDRAFT");
    for (JsonNode unit : told.path("balances")) {
      row(table, unit.path("unit").asText(), "before", unit.path("before"));
      row(table, "", "after", unit.path("after"));
    }
    table.print(out, "");
  }

  private static void row(Table table, String unit, String when, JsonNode sums) {
    table.row(
        unit,
        when,
        sums.path("available").asText(),
        sums.path("held").asText(),
        sums.path("settled").asText(),
        sums.path("overage").asText(),
        sums.path("overdraft").asText());
  }
}
