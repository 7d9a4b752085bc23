package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.util.List;
import java.util.Optional;

/** What a subscription consists of: its items, each with a price and a billing period. */
final class SubscriptionItems {

  private final World world;
  private final Prices prices;

  SubscriptionItems(World world, Prices prices) {
    this.world = world;
    this.prices = prices;
  }

  static List<ObjectNode> of(ObjectNode subscription) {
    return Json.objects(Json.child(subscription, "items"), "data");
  }

  static long periodStart(ObjectNode subscription) {
    return of(subscription).stream()
        .mapToLong(item -> Json.number(item, "current_period_start"))
        .min()
        .orElse(0);
  }

  static long periodEnd(ObjectNode subscription) {
    return of(subscription).stream()
        .mapToLong(item -> Json.number(item, "current_period_end"))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  static void setPeriod(ObjectNode subscription, long from, long to) {
    of(subscription)
        .forEach(item -> item.put("current_period_start", from).put("current_period_end", to));
  }

  /** How often the subscription is billed: all its items agree. */
  static ObjectNode recurring(ObjectNode subscription) {
    return Json.child(Json.child(of(subscription).getFirst(), "price"), "recurring");
  }

  static String currency(ObjectNode subscription) {
    return Json.string(Json.child(of(subscription).getFirst(), "price"), "currency");
  }

  /** The price that item parameters name or describe. */
  ObjectNode price(ObjectNode params) {
    Optional<String> id = Json.text(params, "price");
    if (id.isPresent()) {
      return prices.require(id.get());
    }
    if (Json.has(params, "price_data")) {
      return prices.create(Json.child(params, "price_data"));
    }
    throw ApiError.missingParameter("items[0][price]");
  }

  /** Adds an item. Refuses a price that is not recurring. */
  ObjectNode add(ObjectNode subscription, ObjectNode params, long now) {
    ObjectNode price = price(params);
    requireRecurring(price);
    ObjectNode item =
        Json.object()
            .put("id", world.mint("si"))
            .put("object", "subscription_item")
            .putNull("billing_thresholds")
            .put("created", now)
            .put("current_period_end", now)
            .put("current_period_start", now);
    item.putArray("discounts");
    item.putObject("metadata");
    item.set("price", price.deepCopy());
    if (!Pricing.isMetered(price)) {
      item.put("quantity", Json.whole(params, "quantity").orElse(1L));
    } else if (Json.has(params, "quantity")) {
      throw ApiError.invalidParameter(
          "items[0][quantity]", "You cannot set the quantity for metered prices.");
    }
    item.put("subscription", Json.string(subscription, "id")).putArray("tax_rates");
    Json.mergeMetadata(params, item);
    data(subscription).add(item);
    return item;
  }

  private static void requireRecurring(ObjectNode price) {
    if (!Json.string(price, "type").equals("recurring")) {
      throw ApiError.invalidParameter(
          "items[0][price]",
          "The price specified is set to `type=one_time` but this field only accepts prices with"
              + " `type=recurring`.");
    }
    if (!Json.flag(price, "active")) {
      throw ApiError.invalidParameter(
          "items[0][price]",
          "The price specified is inactive. This field only accepts active prices.");
    }
  }

  private static ArrayNode data(ObjectNode subscription) {
    return Json.child(subscription, "items").withArray("/data");
  }

  /** Changes, adds or removes items as the parameters say. */
  void update(ObjectNode subscription, List<ObjectNode> changes, long now) {
    long from = periodStart(subscription);
    long to = periodEnd(subscription);
    for (ObjectNode change : changes) {
      Optional<String> id = Json.text(change, "id");
      if (id.isEmpty()) {
        add(subscription, change, now)
            .put("current_period_start", from)
            .put("current_period_end", to);
        continue;
      }
      ObjectNode item = get(subscription, id.get());
      if (Json.flag(change, "deleted")) {
        remove(subscription, id.get());
        continue;
      }
      if (Json.has(change, "price") || Json.has(change, "price_data")) {
        ObjectNode price = price(change);
        requireRecurring(price);
        item.set("price", price.deepCopy());
      }
      Json.copy(change, item, "quantity");
      Json.mergeMetadata(change, item);
    }
    if (of(subscription).isEmpty()) {
      throw ApiError.invalid("A subscription must have at least one active item.").param("items");
    }
  }

  private static ObjectNode get(ObjectNode subscription, String id) {
    return of(subscription).stream()
        .filter(item -> Json.string(item, "id").equals(id))
        .findFirst()
        .orElseThrow(() -> ApiError.noSuch("subscription_item", id, "items[0][id]"));
  }

  private static void remove(ObjectNode subscription, String id) {
    ArrayNode kept = Json.array();
    of(subscription).stream()
        .filter(item -> !Json.string(item, "id").equals(id))
        .forEach(kept::add);
    Json.child(subscription, "items").set("data", kept);
  }
}
