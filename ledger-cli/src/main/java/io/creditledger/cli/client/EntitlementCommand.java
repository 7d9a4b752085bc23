package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether a customer may use something now. */
@Command(
    name = "entitlement",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says whether a customer may use so much of a meter now, and what it would cost.",
      "The exit status is 0 if so and 1 if not. Nothing is held by asking: reserve does that."
    })
public final class EntitlementCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Parameters(index = "1", paramLabel = "METER", description = "A meter of the catalog.")
  private String meter;

  @Option(names = "--quantity", paramLabel = "N", description = "How much of it; default 1.")
  private Optional<String> quantity = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "The subscription it would be under.")
  private Optional<String> subscription = Optional.empty();

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "What rates may depend on, as often as needed.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Override
  public Integer call() {
    QueryString path =
        QueryString.on(customer.path("/entitlements/" + LedgerClient.segment(meter)))
            .with("quantity", quantity)
            .with("subscription", subscription);
    properties.forEach(
        (name, value) -> path.with(LedgerClient.segment("property." + name), Optional.of(value)));
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer answer = client.get(path.toString());
      ledger.show(answer, EntitlementCommand::print);
      return answer.json().path("allowed").asBoolean() ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode told = answer.json();
    String unit = " " + told.path("unit").asText();
    out.println(
        (told.path("allowed").asBoolean()
                ? "allowed: "
                : "not allowed, " + told.path("reason").asText() + ": ")
            + told.path("message").asText());
    JsonNode limit = told.path("limit");
    new Rows()
        .with("cost", told.hasNonNull("cost") ? told.path("cost").asText() + unit : "")
        .with("available", told.path("available").asText() + unit)
        .with("next grant", time(told, "next_grant_at"))
        .with("next expiry", time(told, "expires_next"))
        .with(
            "limit",
            limit.isMissingNode()
                ? ""
                : limit.path("left").asText()
                    + " of "
                    + limit.path("quantity").asText()
                    + " a "
                    + limit.path("per").asText()
                    + " left until "
                    + time(limit, "resets_at"))
        .print(out);
  }

  private static String time(JsonNode of, String field) {
    return of.hasNonNull(field) ? Instants.shown(of.path(field).asText()) : "";
  }
}
