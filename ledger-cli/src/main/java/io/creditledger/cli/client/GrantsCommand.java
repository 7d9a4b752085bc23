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

/** Lists a customer's grants. */
@Command(
    name = "grants",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists every grant a customer ever had, newest first, and where it went.")
public final class GrantsCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Mixin private CustomerArgument customer;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those pending, scheduled, open, expired or voided.")
  private Optional<String> state = Optional.empty();

  @Override
  public Integer call() {
    String path = QueryString.on(customer.path("/grants")).with("state", state).toString();
    return ledger.showPages(path, this::print);
  }

  private void print(Answer answer, PrintWriter out) {
    JsonNode page = answer.json();
    if (page.path("grants").isEmpty()) {
      String which = state.map(one -> " that are " + one).orElse("");
      out.println(page.path("customer").asText() + " has had no grants" + which + ".");
      return;
    }
    Table table =
        Table.withAmounts(
            8,
            "GRANT",
            "NAME",
            "STATE",
            "CATEGORY",
            "EFFECTIVE",
            "EXPIRES",
            "FOR",
            "UNIT",
            "PRIORITY",
            "GRANTED",
            "CONSUMED",
            "EXPIRED",
            "VOIDED",
            "REMAINING");
    page.path("grants")
        .forEach(
            grant ->
                table.row(
                    grant.path("id").asText(),
                    grant.hasNonNull("name") ? grant.path("name").asText() : "",
                    grant.path("state").asText(),
                    grant.path("category").asText(),
                    Instants.shown(grant.path("effective_at").asText()),
                    GrantTable.expiry(grant),
                    GrantTable.scope(grant.path("scope")),
                    grant.path("unit").asText(),
                    grant.path("priority").asText(),
                    grant.path("amount").asText(),
                    grant.path("consumed").asText(),
                    grant.path("expired").asText(),
                    grant.path("voided").asText(),
                    grant.path("remaining").asText()));
    table.print(out, "");
  }
}
