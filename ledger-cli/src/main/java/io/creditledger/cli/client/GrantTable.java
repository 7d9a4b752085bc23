package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Grants, one a line. */
final class GrantTable {

  private GrantTable() {}

  /** Prints grants as balances and lists of grants hold them. */
  static void print(JsonNode grants, PrintWriter out, String indent) {
    Table table =
        Table.withAmounts(
            6,
            "GRANT",
            "STATE",
            "CATEGORY",
            "EFFECTIVE",
            "EXPIRES",
            "FOR",
            "PRIORITY",
            "AVAILABLE",
            "HELD",
            "OF");
    grants.forEach(
        grant ->
            table.row(
                grant.path("id").asText(),
                grant.path("state").asText(),
                grant.path("category").asText(),
                Instants.shown(grant.path("effective_at").asText()),
                expiry(grant),
                scope(grant.path("scope")),
                grant.path("priority").asText(),
                grant.path("available").asText(),
                grant.path("held").asText(),
                grant.path("amount").asText()));
    table.print(out, indent);
  }

  static String expiry(JsonNode grant) {
    return grant.hasNonNull("expires_at")
        ? Instants.shown(grant.path("expires_at").asText())
        : "never";
  }

  static String scope(JsonNode scope) {
    List<String> names = new ArrayList<>();
    scope.path("meters").forEach(meter -> names.add(meter.asText()));
    scope.path("subscriptions").forEach(subscription -> names.add(subscription.asText()));
    return names.isEmpty() ? "everything" : String.join(", ", names);
  }
}
