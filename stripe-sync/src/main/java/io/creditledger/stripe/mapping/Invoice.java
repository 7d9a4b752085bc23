package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An invoice as far as it concerns credits, wherever its version of the API puts things.
 *
 * @param customer Stripe's id; empty where it is billed to an account of the second API
 * @param total what all its lines cost, tax included
 * @param periodEnd until when usage is on it
 * @param paymentIntent where its version of the API names one
 */
record Invoice(
    String id,
    Optional<String> customer,
    String status,
    String billingReason,
    Money total,
    Instant periodEnd,
    Instant paidAt,
    Optional<String> paymentIntent,
    Optional<String> subscription,
    Map<String, String> metadata,
    List<InvoiceLine> lines) {

  /** Its status once it is paid. */
  static final String PAID = "paid";

  /** Why it was made, if that was a change of the subscription. */
  static final String UPDATE = "subscription_update";

  Invoice {
    metadata = Map.copyOf(metadata);
    lines = List.copyOf(lines);
  }

  /** Whether the lines that an invoice shows are not all that it has. */
  static boolean hasMoreLines(JsonNode invoice) {
    return invoice.path("lines").path("has_more").asBoolean();
  }

  /**
   * Reads an invoice.
   *
   * @param lines all of its lines
   * @throws CannotException if it is not shaped as in any known version
   */
  static Invoice read(JsonNode invoice, List<JsonNode> lines) {
    JsonNode times = invoice.path("status_transitions");
    Instant createdAt = required(StripeJson.time(invoice, "created"), "created");
    return new Invoice(
        required(StripeJson.text(invoice, "id"), "id"),
        StripeJson.id(invoice, "customer"),
        required(StripeJson.text(invoice, "status"), "status"),
        StripeJson.text(invoice, "billing_reason").orElse(""),
        new Money(
            required(StripeJson.whole(invoice, "total"), "total"),
            required(StripeJson.text(invoice, "currency"), "currency")),
        StripeJson.time(invoice, "period_end").orElse(createdAt),
        StripeJson.time(times, "paid_at").orElse(createdAt),
        StripeJson.id(invoice, "payment_intent"),
        StripeJson.id(invoice.path("parent").path("subscription_details"), "subscription")
            .or(() -> StripeJson.id(invoice, "subscription")),
        StripeJson.metadata(invoice),
        lines.stream().map(InvoiceLine::read).toList());
  }

  private static <T> T required(Optional<T> value, String field) {
    return value.orElseThrow(() -> new CannotException("the invoice has no " + field));
  }
}
