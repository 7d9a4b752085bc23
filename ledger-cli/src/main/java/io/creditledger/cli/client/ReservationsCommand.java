package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists a customer's open reservations. */
@Command(
    name = "reservations",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists a customer's open reservations, in the order in which they were made.")
public final class ReservationsCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Override
  public Integer call() {
    return ledger.showPages(customer.path("/reservations"), ReservationsCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode page = answer.json();
    if (page.path("reservations").isEmpty()) {
      out.println(page.path("customer").asText() + " has no open reservations.");
      return;
    }
    Table table =
        Table.withAmounts(
            6, "RESERVATION", "METER", "SUBSCRIPTION", "EXPIRES", "HELD OF", "UNIT", "CREDITS");
    page.path("reservations")
        .forEach(
            one ->
                table.row(
                    one.path("id").asText(),
                    one.path("meter").asText(),
                    one.path("subscription").asText(),
                    Instants.shown(one.path("expires_at").asText()),
                    EntryText.shares(one.path("allocations")),
                    one.path("unit").asText(),
                    one.path("credits").asText()));
    table.print(out, "");
  }
}
