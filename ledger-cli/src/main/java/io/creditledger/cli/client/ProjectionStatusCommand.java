package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how the projection goes. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows how far the copy is, and the last time it was made anew.")
final class ProjectionStatusCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Override
  public Integer call() {
    return ledger.show(
        client -> client.get(ProjectionCommand.PATH), ProjectionStatusCommand::print);
  }

  static void print(Answer answer, PrintWriter out) {
    JsonNode status = answer.json();
    out.println("The projection is " + status.path("state").asText());
    Rows rows =
        new Rows()
            .with("schema", status.path("schema").asText())
            .with("behind", status.path("behind").asText() + " entries")
            .with("detail", status.path("detail").asText());
    if (status.hasNonNull("rebuild")) {
      rows.with("rebuild", rebuild(status.path("rebuild")));
    }
    rows.print(out);
  }

  private static String rebuild(JsonNode rebuild) {
    String began = ", begun " + Instants.shown(rebuild.path("began_at").asText());
    return switch (rebuild.path("state").asText()) {
      case "running" -> "running" + began + ", " + rebuild.path("behind").asText() + " behind";
      case "done" ->
          "done"
              + began
              + ", ended "
              + Instants.shown(rebuild.path("ended_at").asText())
              + ", "
              + rebuild.path("entries").asText()
              + " entries";
      case "lost" -> "lost" + began + ": the instance that did it has stopped; ask again";
      default -> rebuild.path("state").asText() + began + ": " + rebuild.path("detail").asText();
    };
  }
}
