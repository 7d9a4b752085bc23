package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.time.Instant;
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

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only entries of this type, such as usage, grant, expire.")
  private Optional<String> type = Optional.empty();

  @Option(
      names = "--grant",
      paramLabel = "ID",
      description = "Only entries that make or change this grant or move its credits.")
  private Optional<String> grant = Optional.empty();

  @Option(names = "--meter", paramLabel = "METER", description = "Only usage of this meter.")
  private Optional<String> meter = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "Only usage under this subscription.")
  private Optional<String> subscription = Optional.empty();

  @Option(
      names = "--usage",
      paramLabel = "ID",
      description = "Only this usage or reservation, and what became of it.")
  private Optional<String> usage = Optional.empty();

  @Mixin private PeriodOptions period;

  @Option(
      names = "--recorded-from",
      paramLabel = "TIME",
      description = "Only what was recorded at this time or later.")
  private Optional<Instant> recordedFrom = Optional.empty();

  @Option(
      names = "--recorded-to",
      paramLabel = "TIME",
      description = "Only what was recorded before this time.")
  private Optional<Instant> recordedTo = Optional.empty();

  @Override
  public Integer call() {
    String path =
        QueryString.on(customer.path("/entries"))
            .with("limit", Optional.of(limit))
            .with("before", before)
            .with("type", type)
            .with("grant", grant)
            .with("meter", meter)
            .with("subscription", subscription)
            .with("usage", usage)
            .with("from", period.from)
            .with("to", period.to)
            .with("recorded_from", recordedFrom)
            .with("recorded_to", recordedTo)
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
