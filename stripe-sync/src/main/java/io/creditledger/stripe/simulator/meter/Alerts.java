package io.creditledger.stripe.simulator.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** {@code /v1/billing/alerts}: told once per customer, when its usage since the alert is enough. */
public final class Alerts {

  private static final String TABLE = "billing.alert";
  private static final String URL = "/v1/billing/alerts";

  private final World world;
  private final EventLog log;
  private final Usage usage;

  public Alerts(World world, EventLog log, Usage usage) {
    this.world = world;
    this.log = log;
    this.usage = usage;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        "alert_type* enum(usage_threshold) title* string(256) usage_threshold {gte*"
            + " int(1..999999999999999) meter* string recurrence* enum(one_time) filters [{customer"
            + " string type* enum(customer)}]}",
        call -> create(call.params()));
    routes.add(
        "GET " + URL,
        "alert_type enum(usage_threshold) meter string limit int starting_after string"
            + " ending_before string",
        call ->
            alerts()
                .page(
                    call.params(),
                    URL,
                    alert ->
                        Json.text(call.params(), "meter")
                            .map(meter -> meter.equals(meter(alert)))
                            .orElse(true)));
    routes.add("GET " + URL + "/{id}", "", call -> alerts().get(call.id()));
    routes.add("POST " + URL + "/{id}/activate", "", call -> status(call.id(), "active"));
    routes.add("POST " + URL + "/{id}/deactivate", "", call -> status(call.id(), "inactive"));
    routes.add("POST " + URL + "/{id}/archive", "", call -> status(call.id(), "archived"));
  }

  private Table alerts() {
    return world.table(TABLE);
  }

  private static String meter(ObjectNode alert) {
    return Json.string(Json.child(alert, "usage_threshold"), "meter");
  }

  private ObjectNode create(ObjectNode params) {
    if (!Json.has(params, "usage_threshold")) {
      throw ApiError.missingParameter("usage_threshold");
    }
    world
        .table(MeterIntake.METERS)
        .get(Json.string(Json.child(params, "usage_threshold"), "meter"), "usage_threshold[meter]");
    ObjectNode alert =
        Json.object().put("id", world.mint("alrt")).put("object", TABLE).put("livemode", false);
    Json.copy(params, alert, "alert_type", "title", "usage_threshold");
    alert.put("status", "active").putArray("_told");
    return alerts().put(alert);
  }

  private ObjectNode status(String id, String status) {
    ObjectNode alert = alerts().get(id);
    if (Json.string(alert, "status").equals("archived")) {
      throw ApiError.invalid("This alert is archived.");
    }
    return alert.put("status", status);
  }

  /** Tells what a customer's newest usage of a meter has crossed. */
  void check(ObjectNode meter, String customer) {
    for (ObjectNode alert : alerts().all()) {
      ObjectNode threshold = Json.child(alert, "usage_threshold");
      List<String> told = Json.strings(alert, "_told");
      if (!Json.string(alert, "status").equals("active")
          || !meter(alert).equals(Json.string(meter, "id"))
          || told.contains(customer)
          || !covers(threshold, customer)) {
        continue;
      }
      Optional<BigDecimal> value = usage.total(meter, customer, 0, Long.MAX_VALUE);
      BigDecimal least = BigDecimal.valueOf(Json.number(threshold, "gte"));
      if (value.isPresent() && value.get().compareTo(least) >= 0) {
        alert.withArray("/_told").add(customer);
        ObjectNode triggered =
            Json.object()
                .put("object", "billing.alert_triggered")
                .put("created", world.now())
                .put("customer", customer)
                .put("livemode", false)
                .put("value", value.get());
        ObjectNode shown = alert.deepCopy();
        Json.child(shown, "usage_threshold").set("meter", meter.deepCopy());
        triggered.set("alert", shown);
        log.emit("billing.alert.triggered", triggered);
      }
    }
  }

  private static boolean covers(ObjectNode threshold, String customer) {
    List<ObjectNode> filters = Json.objects(threshold, "filters");
    return filters.isEmpty()
        || filters.stream()
            .anyMatch(filter -> filter.path("customer").asText(customer).equals(customer));
  }
}
