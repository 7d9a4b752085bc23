package io.creditledger.stripe.simulator.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Call;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /v1/billing/meters}: meters, and summaries of what they measured. */
public final class MeterEndpoints {

  private static final String URL = "/v1/billing/meters";
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  private final World world;
  private final EventLog log;
  private final Usage usage;

  public MeterEndpoints(World world, EventLog log, Usage usage) {
    this.world = world;
    this.log = log;
    this.usage = usage;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        "display_name* string(250) event_name* string(100)"
            + " default_aggregation* {formula* enum(count|last|sum)}"
            + " customer_mapping {event_payload_key* string(100) type* enum(by_id)}"
            + " value_settings {event_payload_key* string(100)} event_time_window enum(day|hour)"
            + " ~dimension_payload_keys",
        call -> create(call.params()));
    routes.add(
        "GET " + URL,
        "status enum(active|inactive) limit int starting_after string ending_before string",
        call ->
            meters()
                .page(
                    call.params(),
                    URL,
                    meter ->
                        Json.text(call.params(), "status")
                            .map(status -> status.equals(Json.string(meter, "status")))
                            .orElse(true)));
    routes.add("GET " + URL + "/{id}", "", call -> meters().get(call.id()));
    routes.add(
        "POST " + URL + "/{id}",
        "display_name string(250)",
        call -> {
          ObjectNode meter = meters().get(call.id());
          Json.copy(call.params(), meter, "display_name");
          return touched(meter, "billing.meter.updated");
        });
    routes.add("POST " + URL + "/{id}/deactivate", "", call -> deactivate(call.id()));
    routes.add("POST " + URL + "/{id}/reactivate", "", call -> reactivate(call.id()));
    routes.add(
        "GET " + URL + "/{id}/event_summaries",
        "customer* string start_time* time end_time* time value_grouping_window enum(day|hour)"
            + " limit int starting_after string ending_before string",
        this::summaries);
  }

  private Table meters() {
    return world.table(MeterIntake.METERS);
  }

  private ObjectNode create(ObjectNode params) {
    requireFreeName(Json.string(params, "event_name"));
    long now = world.now();
    ObjectNode meter =
        Json.object()
            .put("id", world.mint("mtr_test"))
            .put("object", "billing.meter")
            .put("created", now);
    ObjectNode mapping = Json.child(params, "customer_mapping");
    meter
        .putObject("customer_mapping")
        .put(
            "event_payload_key",
            Json.text(mapping, "event_payload_key").orElse("stripe_customer_id"))
        .put("type", "by_id");
    Json.copy(params, meter, "default_aggregation", "display_name", "event_name");
    meter
        .put("event_time_window", Json.text(params, "event_time_window").orElse(null))
        .put("livemode", false)
        .put("status", "active");
    meter.putObject("status_transitions").putNull("deactivated_at");
    meter.put("updated", now);
    meter
        .putObject("value_settings")
        .put(
            "event_payload_key",
            Json.text(Json.child(params, "value_settings"), "event_payload_key").orElse("value"));
    meters().put(meter);
    log.emit("billing.meter.created", meter);
    return meter;
  }

  private void requireFreeName(String eventName) {
    boolean taken =
        meters()
            .where("event_name", eventName)
            .anyMatch(meter -> Json.string(meter, "status").equals("active"));
    if (taken) {
      throw ApiError.invalid(
              "There is already an active meter with the event name " + eventName + ".")
          .param("event_name");
    }
  }

  private ObjectNode touched(ObjectNode meter, String type) {
    meter.put("updated", world.now());
    log.emit(type, meter);
    return meter;
  }

  private ObjectNode deactivate(String id) {
    ObjectNode meter = meters().get(id);
    if (Json.string(meter, "status").equals("inactive")) {
      throw ApiError.invalid("This meter is already inactive.");
    }
    meter.put("status", "inactive");
    Json.child(meter, "status_transitions").put("deactivated_at", world.now());
    return touched(meter, "billing.meter.deactivated");
  }

  private ObjectNode reactivate(String id) {
    ObjectNode meter = meters().get(id);
    if (Json.string(meter, "status").equals("active")) {
      throw ApiError.invalid("This meter is already active.");
    }
    requireFreeName(Json.string(meter, "event_name"));
    meter.put("status", "active");
    Json.child(meter, "status_transitions").putNull("deactivated_at");
    return touched(meter, "billing.meter.reactivated");
  }

  private ObjectNode summaries(Call call) {
    ObjectNode params = call.params();
    ObjectNode meter = meters().get(call.id());
    String customer = Json.string(params, "customer");
    world.table(World.CUSTOMERS).get(customer, "customer");
    long start = Json.number(params, "start_time");
    long end = Json.number(params, "end_time");
    Optional<String> grouping = Json.text(params, "value_grouping_window");
    long length = grouping.map(unit -> unit.equals("hour") ? HOUR : DAY).orElse(MINUTE);
    requireAligned("start_time", start, length);
    requireAligned("end_time", end, length);
    if (start >= end) {
      throw ApiError.invalidParameter("end_time", "end_time must be after start_time.");
    }
    List<ObjectNode> rows = new ArrayList<>();
    long step = grouping.isEmpty() ? end - start : length;
    for (long from = start; from < end; from += step) {
      long windowStart = from;
      long windowEnd = from + step;
      usage
          .total(meter, customer, windowStart, windowEnd)
          .ifPresent(
              total ->
                  rows.add(
                      Json.object()
                          .put("id", "mtrusg_" + customer + "_" + windowStart + "_" + step)
                          .put("object", "billing.meter_event_summary")
                          .put("aggregated_value", total)
                          .put("end_time", windowEnd)
                          .put("livemode", false)
                          .put("meter", call.id())
                          .put("start_time", windowStart)));
    }
    return Table.page(rows.reversed(), params, URL + "/" + call.id() + "/event_summaries");
  }

  private static void requireAligned(String name, long time, long length) {
    if (time % length != 0) {
      String unit = length == MINUTE ? "minute" : length == HOUR ? "hour" : "UTC day";
      throw ApiError.invalidParameter(
          name, name + " must be aligned with " + unit + " boundaries.");
    }
  }
}
