package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.json.StripeJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A line of an invoice, wherever its version of the API puts things.
 *
 * @param amount what it cost in the currency's smallest unit, after discounts, before tax
 * @param price Stripe's id of the price, if it has one
 * @param product Stripe's id of the price's product, if it has one
 * @param priceMetadata of the price, where the line holds the price whole
 */
record InvoiceLine(
    Kind kind,
    long amount,
    BigDecimal quantity,
    Instant startsAt,
    Instant endsAt,
    Optional<String> price,
    Optional<String> product,
    Optional<Map<String, String>> priceMetadata,
    Optional<String> subscription) {

  /** What a line stands for. */
  enum Kind {
    /** A subscription's item for a whole period. */
    PERIOD,
    /** A change in the midst of a period: what is charged for the rest of it, or given back. */
    CHANGE,
    /** Anything else. */
    ITEM
  }

  static InvoiceLine read(JsonNode line) {
    JsonNode period = line.path("period");
    JsonNode priceDetails = line.path("pricing").path("price_details");
    JsonNode price = priceDetails.isObject() ? priceDetails.path("price") : line.path("price");
    JsonNode holder = priceDetails.isObject() ? priceDetails : line;
    return new InvoiceLine(
        kind(line),
        required(StripeJson.whole(line, "amount"), "amount") - discounts(line),
        quantity(line),
        required(StripeJson.time(period, "start"), "period.start"),
        required(StripeJson.time(period, "end"), "period.end"),
        StripeJson.id(holder, "price"),
        priceDetails.isObject()
            ? StripeJson.id(priceDetails, "product")
            : StripeJson.id(price, "product"),
        price.path("metadata").isObject()
            ? Optional.of(StripeJson.metadata(price))
            : Optional.empty(),
        StripeJson.id(details(line), "subscription").or(() -> StripeJson.id(line, "subscription")));
  }

  private static Kind kind(JsonNode line) {
    if (details(line).path("proration").asBoolean() || line.path("proration").asBoolean()) {
      return Kind.CHANGE;
    }
    return line.path("parent").path("type").asText().equals("subscription_item_details")
            || line.path("type").asText().equals("subscription")
        ? Kind.PERIOD
        : Kind.ITEM;
  }

  /** Where versions since basil say what a line comes from. */
  private static JsonNode details(JsonNode line) {
    JsonNode parent = line.path("parent");
    return parent.path(parent.path("type").asText());
  }

  private static long discounts(JsonNode line) {
    return StripeJson.items(line.path("discount_amounts")).stream()
        .mapToLong(discount -> discount.path("amount").asLong())
        .sum();
  }

  private static BigDecimal quantity(JsonNode line) {
    Optional<String> exact = StripeJson.text(line, "quantity_decimal");
    try {
      return exact
          .map(BigDecimal::new)
          .or(() -> StripeJson.whole(line, "quantity").map(BigDecimal::valueOf))
          .orElse(BigDecimal.ONE);
    } catch (NumberFormatException e) {
      throw new CannotException("a line's quantity cannot be read: " + exact.orElse(""));
    }
  }

  private static <T> T required(Optional<T> value, String field) {
    return value.orElseThrow(() -> new CannotException("a line of the invoice has no " + field));
  }
}
