package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a customer's journal. */
@Command(
    name = "entries",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows a customer's journal, newest first: what was decided, and what it moved.")
public final class EntriesCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Mixin private CustomerArgument customer;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, up to 1000; default 20.")
  private int limit;

  @Option(
      names = "--before",
      paramLabel = "ENTRY",
      description = "Only entries before this one; entries have the numbers 1, 2, 3 and so on.")
  private Optional<Long> before = Optional.empty();

  @Override
  public Integer call() {
    String path =
        QueryString.on(customer.path("/entries"))
            .with("limit", Optional.of(limit))
            .with("before", before)
            .toString();
    return ledger.show(client -> client.get(path), EntriesCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode page = answer.json();
    JsonNode entries = page.path("entries");
    if (!entries.isEmpty()) {
      Table table =
          Table.withAmounts(
              5, "ENTRY", "RECORDED", "TYPE", "ID", "MOVED", "AMOUNT", "AVAILABLE AFTER");
      entries.forEach(
          entry ->
              table.row(
                  entry.path("sequence").asText(),
                  Instants.shown(entry.path("recorded_at").asText()),
                  entry.path("type").asText(),
                  entry.path("id").asText(),
                  EntryText.moved(entry),
                  EntryText.amount(entry),
                  EntryText.available(entry)));
      table.print(out, "");
    }
    end(page, out);
  }

  private static void end(JsonNode page, PrintWriter out) {
    if (page.hasNonNull("next")) {
      out.println("Go on with --before " + page.path("next").asText());
    } else if (!page.path("complete").asBoolean()) {
      out.println("What came before is no longer kept here; the journal's topic has it.");
    } else if (page.path("entries").isEmpty()) {
      out.println("There are no entries.");
    }
  }
}
