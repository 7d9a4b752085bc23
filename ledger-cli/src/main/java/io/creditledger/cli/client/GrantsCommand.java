package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists a customer's grants. */
@Command(
    name = "grants",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists every grant a customer ever had, newest first, and where it went.")
public final class GrantsCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  @Mixin private LedgerOptions ledger;

  @Parameters(paramLabel = "CUSTOMER", description = "The customer's id.")
  private String customer;

  /** Page by page: a customer may have had more grants than one answer holds. */
  @Override
  public Integer call() {
    String path = "/v1/customers/" + LedgerClient.segment(customer) + "/grants";
    try (LedgerClient client = ledger.client(System.getenv())) {
      Optional<String> cursor = Optional.empty();
      do {
        Answer page =
            client.get(
                QueryString.on(path)
                    .with("limit", Optional.of(PAGE))
                    .with("cursor", cursor)
                    .toString());
        ledger.show(page, GrantsCommand::print);
        cursor = next(page.json());
      } while (cursor.isPresent());
    }
    return ExitStatus.OK;
  }

  private static Optional<String> next(JsonNode page) {
    return page.hasNonNull("next") ? Optional.of(page.path("next").asText()) : Optional.empty();
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode page = answer.json();
    if (page.path("grants").isEmpty()) {
      out.println(page.path("customer").asText() + " has had no grants.");
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
