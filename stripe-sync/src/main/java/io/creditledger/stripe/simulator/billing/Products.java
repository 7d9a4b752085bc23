package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.List;

/** {@code /v1/products}. */
public final class Products {

  static final String TABLE = "product";
  private static final String URL = "/v1/products";
  private static final String FIELDS =
      "active bool description string? metadata map? unit_label string(12)? statement_descriptor"
          + " string(22) tax_code string? ~images ~marketing_features ~package_dimensions"
          + " ~shippable ~url";

  private final World world;
  private final EventLog log;

  public Products(World world, EventLog log) {
    this.world = world;
    this.log = log;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL, FIELDS + " name* string id string ~type", call -> create(call.params()));
    routes.add(
        "GET " + URL,
        "active bool ids [string] limit int starting_after string ending_before string",
        call -> list(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> products().get(call.id()));
    routes.add(
        "POST " + URL + "/{id}",
        FIELDS + " name string default_price string",
        call -> update(call.id(), call.params()));
  }

  private Table products() {
    return world.table(TABLE);
  }

  /** Makes a product. Refuses an id that is taken. */
  ObjectNode create(ObjectNode params) {
    String id = Json.text(params, "id").orElseGet(() -> world.mint("prod"));
    if (products().find(id).isPresent()) {
      throw ApiError.invalid("Product already exists.").code("resource_already_exists").param("id");
    }
    ObjectNode row =
        Json.object()
            .put("id", id)
            .put("object", TABLE)
            .put("active", true)
            .put("created", world.now())
            .putNull("default_price")
            .putNull("description");
    row.putArray("images");
    row.put("livemode", false).putArray("marketing_features");
    row.putObject("metadata");
    row.put("type", "service").putNull("unit_label");
    set(params, row);
    products().put(row);
    log.emit("product.created", row);
    return row;
  }

  private void set(ObjectNode params, ObjectNode row) {
    Json.copy(
        params,
        row,
        "active",
        "description",
        "name",
        "unit_label",
        "statement_descriptor",
        "tax_code",
        "default_price");
    Json.mergeMetadata(params, row);
    row.put("updated", world.now());
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode row = products().get(id);
    ObjectNode before = row.deepCopy();
    set(params, row);
    log.emit("product.updated", row, Changes.between(before, row));
    return row;
  }

  private ObjectNode list(ObjectNode params) {
    List<String> ids = Json.strings(params, "ids");
    return products()
        .page(
            params,
            URL,
            row ->
                (ids.isEmpty() || ids.contains(Json.string(row, "id")))
                    && (!Json.has(params, "active")
                        || Json.flag(params, "active") == Json.flag(row, "active")));
  }
}
