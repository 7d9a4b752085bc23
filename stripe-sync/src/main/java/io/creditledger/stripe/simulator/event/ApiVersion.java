package io.creditledger.stripe.simulator.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;

/**
 * An event in the shape that an older version of the API gave it. Only the moves of basil
 * (2025-03-31) are undone: an invoice's and a line's subscription, a subscription's period, a
 * charge's and a payment intent's invoice.
 */
final class ApiVersion {

  private static final String BASIL = "2025-03-31";

  private ApiVersion() {}

  /** The event as an endpoint pinned to that version gets it. */
  static ObjectNode render(ObjectNode event, String version) {
    ObjectNode rendered = event.deepCopy().put("api_version", version);
    if (version.compareTo(BASIL) >= 0) {
      return rendered;
    }
    JsonNode object = rendered.path("data").path("object");
    if (object instanceof ObjectNode resource) {
      switch (resource.path("object").asText()) {
        case "invoice" -> invoice(resource);
        case "subscription" -> subscription(resource);
        default -> {
          // Every other kind looks the same in all versions that the simulator knows.
        }
      }
    }
    return rendered;
  }

  private static void invoice(ObjectNode invoice) {
    JsonNode details = invoice.path("parent").path("subscription_details");
    invoice.put("subscription", details.path("subscription").asText(null));
    if (details.isObject()) {
      invoice.set("subscription_details", Json.object().set("metadata", details.path("metadata")));
    }
    invoice.remove("parent");
    invoice.put("paid", invoice.path("status").asText().equals("paid"));
    for (ObjectNode line : Json.objects(invoice.path("lines"), "data")) {
      JsonNode item = line.path("parent").path("subscription_item_details");
      line.put("type", item.isObject() ? "subscription" : "invoiceitem");
      line.put("subscription", item.path("subscription").asText(null));
      line.put("subscription_item", item.path("subscription_item").asText(null));
      line.put("proration", item.path("proration").asBoolean(false));
      JsonNode price = line.path("pricing").path("price_details");
      if (price.isObject()) {
        line.set(
            "price",
            Json.object()
                .put("id", price.path("price").asText())
                .put("object", "price")
                .put("product", price.path("product").asText()));
      }
      line.remove("parent");
      line.remove("pricing");
    }
  }

  private static void subscription(ObjectNode subscription) {
    for (ObjectNode item : Json.objects(subscription.path("items"), "data")) {
      subscription.set("current_period_start", item.path("current_period_start"));
      subscription.set("current_period_end", item.path("current_period_end"));
      item.remove("current_period_start");
      item.remove("current_period_end");
    }
  }
}
