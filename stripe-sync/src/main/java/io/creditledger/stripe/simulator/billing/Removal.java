package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.util.function.Predicate;

/** Takes lines off a draft. */
final class Removal {

  private Removal() {}

  static void of(ObjectNode invoice, Predicate<JsonNode> unwanted) {
    ArrayNode kept = Json.array();
    for (JsonNode line : invoice.path(InvoiceLines.ALL)) {
      if (!unwanted.test(line)) {
        kept.add(line);
      }
    }
    invoice.set(InvoiceLines.ALL, kept);
  }
}
