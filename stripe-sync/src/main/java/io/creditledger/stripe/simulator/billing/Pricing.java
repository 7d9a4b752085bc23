package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a quantity costs. The one place that rounds to a currency's smallest unit: half up. */
final class Pricing {

  private Pricing() {}

  /** The cost of a quantity by a price; a negative quantity costs nothing. */
  static long amount(ObjectNode price, BigDecimal quantity) {
    BigDecimal billed = transformed(price, quantity.max(BigDecimal.ZERO));
    BigDecimal exact =
        Json.string(price, "billing_scheme").equals("tiered")
            ? tiered(price, billed)
            : billed.multiply(new BigDecimal(Json.string(price, "unit_amount_decimal")));
    return exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static BigDecimal transformed(ObjectNode price, BigDecimal quantity) {
    ObjectNode transform = Json.child(price, "transform_quantity");
    if (transform.isEmpty()) {
      return quantity;
    }
    RoundingMode rounding =
        Json.string(transform, "round").equals("up") ? RoundingMode.CEILING : RoundingMode.FLOOR;
    return quantity.divide(BigDecimal.valueOf(Json.number(transform, "divide_by")), 0, rounding);
  }

  private static BigDecimal tiered(ObjectNode price, BigDecimal quantity) {
    boolean volume = Json.string(price, "tiers_mode").equals("volume");
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal below = BigDecimal.ZERO;
    for (ObjectNode tier : Json.objects(price, "_tiers")) {
      String upTo = Json.string(tier, "up_to");
      boolean last = upTo.equals("inf") || quantity.compareTo(new BigDecimal(upTo)) <= 0;
      BigDecimal inTier = last ? quantity : new BigDecimal(upTo);
      if (volume && !last) {
        continue;
      }
      BigDecimal units = volume ? quantity : inTier.subtract(below);
      if (units.signum() > 0 || volume) {
        cost = cost.add(units.multiply(decimal(tier, "unit_amount")));
        cost = cost.add(decimal(tier, "flat_amount"));
      }
      if (last) {
        break;
      }
      below = inTier;
    }
    return cost;
  }

  private static BigDecimal decimal(ObjectNode tier, String field) {
    return Json.text(tier, field)
        .or(() -> Json.text(tier, field + "_decimal"))
        .map(BigDecimal::new)
        .orElse(BigDecimal.ZERO);
  }

  static boolean isMetered(ObjectNode price) {
    return Json.child(price, "recurring").path("usage_type").asText().equals("metered");
  }
}
