package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** {@code /v1/prices}: licensed and metered recurring ones, and one-off ones. */
public final class Prices {

  static final String TABLE = "price";
  private static final String URL = "/v1/prices";
  private static final String DATA =
      "currency* currency product string product_data {name* string metadata map ~id ~active"
          + " ~statement_descriptor ~tax_code ~unit_label} unit_amount int unit_amount_decimal"
          + " decimal tax_behavior enum(exclusive|inclusive|unspecified) recurring {interval*"
          + " enum(day|week|month|year) interval_count int(1..1095) usage_type"
          + " enum(licensed|metered) meter string ~trial_period_days}";

  private final World world;
  private final EventLog log;
  private final Products products;

  public Prices(World world, EventLog log, Products products) {
    this.world = world;
    this.log = log;
    this.products = products;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        DATA
            + " active bool nickname string lookup_key string(200) transfer_lookup_key bool"
            + " metadata map billing_scheme enum(per_unit|tiered) tiers_mode enum(graduated|volume)"
            + " tiers [{up_to* string unit_amount int unit_amount_decimal decimal flat_amount int"
            + " flat_amount_decimal decimal}] transform_quantity {divide_by* int(1..1000000000)"
            + " round* enum(down|up)}",
        call -> create(call.params()));
    routes.add(
        "GET " + URL,
        "active bool currency currency product string type enum(one_time|recurring) lookup_keys"
            + " [string] recurring {interval enum(day|week|month|year) usage_type"
            + " enum(licensed|metered) meter string} limit int starting_after string ending_before"
            + " string",
        call -> list(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> prices().get(call.id()));
    routes.add(
        "POST " + URL + "/{id}",
        "active bool nickname string? lookup_key string(200)? transfer_lookup_key bool metadata"
            + " map? tax_behavior enum(exclusive|inclusive|unspecified)",
        call -> update(call.id(), call.params()));
  }

  /** The parameters of a price that is made where it is used. */
  static String dataShape() {
    return DATA;
  }

  private Table prices() {
    return world.table(TABLE);
  }

  ObjectNode require(String id) {
    return prices().get(id, "price");
  }

  /** Makes a price, with its product if that is described rather than named. */
  ObjectNode create(ObjectNode params) {
    requireFreeKey(params);
    ObjectNode recurring = Json.child(params, "recurring");
    Optional<String> meter = Json.text(recurring, "meter");
    boolean metered = recurring.path("usage_type").asText().equals("metered");
    if (metered && meter.isEmpty()) {
      throw ApiError.invalidParameter(
          "recurring[meter]", "You must specify a meter for a price with usage_type=metered.");
    }
    meter.ifPresent(id -> world.table("billing.meter").get(id, "recurring[meter]"));
    ObjectNode row =
        Json.object()
            .put("id", world.mint("price"))
            .put("object", TABLE)
            .put("active", true)
            .put("billing_scheme", Json.text(params, "billing_scheme").orElse("per_unit"))
            .put("created", world.now())
            .put("currency", Json.string(params, "currency"))
            .putNull("custom_unit_amount")
            .put("livemode", false)
            .putNull("lookup_key");
    row.putObject("metadata");
    row.putNull("nickname").put("product", product(params));
    if (recurring.isEmpty()) {
      row.putNull("recurring");
    } else {
      row.putObject("recurring")
          .put("interval", Json.string(recurring, "interval"))
          .put("interval_count", Json.whole(recurring, "interval_count").orElse(1L))
          .put("meter", meter.orElse(null))
          .putNull("trial_period_days")
          .put("usage_type", metered ? "metered" : "licensed");
    }
    row.put("tax_behavior", "unspecified")
        .put("tiers_mode", Json.text(params, "tiers_mode").orElse(null))
        .putNull("transform_quantity")
        .put("type", recurring.isEmpty() ? "one_time" : "recurring");
    Json.copy(
        params, row, "active", "nickname", "lookup_key", "transform_quantity", "tax_behavior");
    if (Json.has(params, "tiers")) {
      row.set("_tiers", params.get("tiers"));
    }
    setAmount(params, row);
    Json.mergeMetadata(params, row);
    prices().put(row);
    log.emit("price.created", row);
    return row;
  }

  private String product(ObjectNode params) {
    ObjectNode data = Json.child(params, "product_data");
    if (!data.isEmpty()) {
      return Json.string(products.create(data), "id");
    }
    String id =
        Json.text(params, "product").orElseThrow(() -> ApiError.missingParameter("product"));
    world.table(Products.TABLE).get(id, "product");
    return id;
  }

  private static void setAmount(ObjectNode params, ObjectNode row) {
    if (Json.string(row, "billing_scheme").equals("tiered")) {
      if (Json.objects(params, "tiers").isEmpty() || !Json.has(params, "tiers_mode")) {
        throw ApiError.invalidParameter("tiers", "A tiered price needs tiers and tiers_mode.");
      }
      row.putNull("unit_amount").putNull("unit_amount_decimal");
      return;
    }
    BigDecimal amount =
        Json.text(params, "unit_amount")
            .or(() -> Json.text(params, "unit_amount_decimal"))
            .map(BigDecimal::new)
            .orElseThrow(() -> ApiError.missingParameter("unit_amount"));
    row.put("unit_amount_decimal", amount.stripTrailingZeros().toPlainString());
    if (amount.stripTrailingZeros().scale() <= 0) {
      row.put("unit_amount", amount.setScale(0, RoundingMode.UNNECESSARY).longValueExact());
    } else {
      row.putNull("unit_amount");
    }
  }

  private void requireFreeKey(ObjectNode params) {
    Json.text(params, "lookup_key")
        .flatMap(key -> prices().where("lookup_key", key).findFirst())
        .ifPresent(
            other -> {
              if (!Json.flag(params, "transfer_lookup_key")) {
                throw ApiError.invalidParameter(
                    "lookup_key",
                    "A price (`" + Json.string(other, "id") + "`) already uses that lookup key.");
              }
              other.putNull("lookup_key");
            });
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode row = prices().get(id);
    ObjectNode before = row.deepCopy();
    requireFreeKey(params);
    Json.copy(params, row, "active", "nickname", "lookup_key", "tax_behavior");
    Json.mergeMetadata(params, row);
    log.emit("price.updated", row, Changes.between(before, row));
    return row;
  }

  private ObjectNode list(ObjectNode params) {
    List<String> keys = Json.strings(params, "lookup_keys");
    ObjectNode recurring = Json.child(params, "recurring");
    return prices()
        .page(
            params,
            URL,
            row ->
                same(params, row, "product")
                    && same(params, row, "currency")
                    && same(params, row, "type")
                    && same(params, row, "active")
                    && same(recurring, Json.child(row, "recurring"), "interval")
                    && same(recurring, Json.child(row, "recurring"), "usage_type")
                    && same(recurring, Json.child(row, "recurring"), "meter")
                    && (keys.isEmpty() || keys.contains(row.path("lookup_key").asText())));
  }

  /** Whether a filter is not given, or is what the row has. */
  static boolean same(ObjectNode params, ObjectNode row, String field) {
    return !Json.has(params, field) || params.get(field).equals(row.get(field));
  }
}
