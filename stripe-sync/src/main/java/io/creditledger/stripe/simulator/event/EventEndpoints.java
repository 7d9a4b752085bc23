package io.creditledger.stripe.simulator.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reading events: {@code /v1/events} for snapshots, {@code /v2/core/events} for thin ones. */
public final class EventEndpoints {

  private static final long KEPT_SECONDS = 30L * 24 * 3600;
  private static final int TYPES_MAX = 20;
  private static final int PAGE_DEFAULT = 20;

  private final World world;

  public EventEndpoints(World world) {
    this.world = world;
  }

  public void addTo(Routes routes) {
    routes.add("GET /v1/events/{id}", "", call -> world.table(EventLog.EVENTS).get(call.id()));
    routes.add(
        "GET /v1/events",
        "type string types [string] created {gt time gte time lt time lte time} delivery_success"
            + " bool limit int starting_after string ending_before string",
        call ->
            world.table(EventLog.EVENTS).page(call.params(), "/v1/events", filter(call.params())));
    routes.add(
        "GET /v2/core/events/{id}", "", call -> whole(world.table(EventLog.THIN).get(call.id())));
    routes.add(
        "GET /v2/core/events",
        "object_id string types [string] created {gt string gte string lt string lte string}"
            + " limit int page string",
        call -> thinPage(call.params()));
  }

  private Predicate<ObjectNode> filter(ObjectNode params) {
    List<String> types = Json.strings(params, "types");
    if (types.size() > TYPES_MAX) {
      throw ApiError.invalidParameter("types", "You may pass up to 20 event types");
    }
    Optional<String> type = Json.text(params, "type");
    if (type.isPresent() && !types.isEmpty()) {
      throw ApiError.invalidParameter("types", "You may only specify one of these: type, types.");
    }
    long oldest = world.now() - KEPT_SECONDS;
    ObjectNode created = Json.child(params, "created");
    return event ->
        Json.number(event, "created") >= oldest
            && within(created, Json.number(event, "created"))
            && (types.isEmpty() || types.contains(Json.string(event, "type")))
            && (type.isEmpty() || type.get().equals(Json.string(event, "type")))
            && (!Json.has(params, "delivery_success")
                || Json.flag(params, "delivery_success")
                    == (Json.number(event, "pending_webhooks") == 0));
  }

  /** Whether a time satisfies all bounds that are given. */
  public static boolean within(ObjectNode bounds, long time) {
    return Json.whole(bounds, "gt").map(bound -> time > bound).orElse(true)
        && Json.whole(bounds, "gte").map(bound -> time >= bound).orElse(true)
        && Json.whole(bounds, "lt").map(bound -> time < bound).orElse(true)
        && Json.whole(bounds, "lte").map(bound -> time <= bound).orElse(true);
  }

  /** A thin event as its retrieval shows it: with its data. */
  private static ObjectNode whole(ObjectNode event) {
    ObjectNode whole = event.deepCopy();
    whole.set("data", event.path("_data"));
    return whole;
  }

  private ObjectNode thinPage(ObjectNode params) {
    List<String> types = Json.strings(params, "types");
    Optional<String> object = Json.text(params, "object_id");
    ObjectNode created = Json.child(params, "created");
    List<ObjectNode> rows =
        world
            .table(EventLog.THIN)
            .where(
                event ->
                    (types.isEmpty() || types.contains(Json.string(event, "type")))
                        && (object.isEmpty()
                            || object
                                .get()
                                .equals(event.path("related_object").path("id").asText()))
                        && within(instants(created), created(event)))
            .toList()
            .reversed();
    int from = Json.text(params, "page").map(Integer::parseInt).orElse(0);
    int limit = Json.whole(params, "limit").map(Long::intValue).orElse(PAGE_DEFAULT);
    int to = Math.min(rows.size(), from + limit);
    ObjectNode page = Json.object();
    ArrayNode data = page.putArray("data");
    rows.subList(Math.min(from, to), to).forEach(row -> data.add(whole(row)));
    page.put(
        "next_page_url",
        to < rows.size() ? "/v2/core/events?limit=" + limit + "&page=" + to : null);
    return page.putNull("previous_page_url");
  }

  private static long created(ObjectNode event) {
    return Instant.parse(Json.string(event, "created")).getEpochSecond();
  }

  private static ObjectNode instants(ObjectNode bounds) {
    ObjectNode seconds = Json.object();
    bounds
        .properties()
        .forEach(
            bound -> {
              try {
                seconds.put(
                    bound.getKey(), Instant.parse(bound.getValue().asText()).getEpochSecond());
              } catch (DateTimeParseException e) {
                throw ApiError.invalidParameter("created", "Invalid timestamp");
              }
            });
    return seconds;
  }
}
