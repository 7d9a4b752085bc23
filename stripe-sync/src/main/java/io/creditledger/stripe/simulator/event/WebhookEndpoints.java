package io.creditledger.stripe.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Webhook endpoints (snapshot events) and event destinations (thin ones, or snapshots). */
public final class WebhookEndpoints {

  static final String TABLE = "webhook_endpoint";

  private static final String ENDPOINT =
      "url* string enabled_events* [string] api_version string description string(5000)? metadata"
          + " map ~connect";

  private final World world;

  public WebhookEndpoints(World world) {
    this.world = world;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST /v1/webhook_endpoints",
        ENDPOINT,
        call -> {
          ObjectNode row = register(call.params(), world.mint("whsec"), Dispatcher.Style.SNAPSHOT);
          return row.deepCopy().put("secret", Json.string(row, "_secret"));
        });
    routes.add(
        "GET /v1/webhook_endpoints",
        "limit int starting_after string ending_before string",
        call ->
            world
                .table(TABLE)
                .page(call.params(), "/v1/webhook_endpoints", row -> isSnapshot(row)));
    routes.add("GET /v1/webhook_endpoints/{id}", "", call -> world.table(TABLE).get(call.id()));
    routes.add(
        "POST /v1/webhook_endpoints/{id}",
        "url string enabled_events [string] description string? disabled bool metadata map",
        call -> {
          ObjectNode row = world.table(TABLE).get(call.id());
          Json.copy(call.params(), row, "url", "enabled_events", "description");
          Json.mergeMetadata(call.params(), row);
          if (Json.has(call.params(), "disabled")) {
            row.put("status", Json.flag(call.params(), "disabled") ? "disabled" : "enabled");
          }
          return row;
        });
    routes.add(
        "DELETE /v1/webhook_endpoints/{id}", "", call -> delete(call.id(), "webhook_endpoint"));
    routes.add(
        "POST /v2/core/event_destinations",
        "name* string description string enabled_events* [string] event_payload*"
            + " enum(thin|snapshot) type* enum(webhook_endpoint) webhook_endpoint {url* string}"
            + " snapshot_api_version string include [string] metadata map events_from [string]",
        call -> destination(call.params()));
    routes.add(
        "GET /v2/core/event_destinations",
        "limit int include [string] page string",
        call -> {
          ObjectNode answer = Json.object();
          var data = answer.putArray("data");
          world.table(TABLE).where(row -> Json.has(row, "event_payload")).forEach(data::add);
          return answer.putNull("next_page_url").putNull("previous_page_url");
        });
    routes.add(
        "GET /v2/core/event_destinations/{id}",
        "include [string]",
        call -> world.table(TABLE).get(call.id()));
    routes.add(
        "DELETE /v2/core/event_destinations/{id}",
        "",
        call -> delete(call.id(), "v2.core.event_destination"));
  }

  /** Adds an endpoint whose secret the caller chose. */
  public ObjectNode register(ObjectNode params, String secret, Dispatcher.Style style) {
    String url = Json.string(params, "url");
    requireUrl(url);
    ObjectNode row =
        Json.object()
            .put("id", world.mint("we"))
            .put("object", "webhook_endpoint")
            .put("api_version", Json.text(params, "api_version").orElse(null))
            .putNull("application")
            .put("created", world.now())
            .put("description", Json.text(params, "description").orElse(null));
    row.set("enabled_events", params.withArray("/enabled_events").deepCopy());
    row.put("livemode", false).putObject("metadata");
    row.put("status", "enabled")
        .put("url", url)
        .put("_style", style.name())
        .put("_secret", secret.startsWith("whsec_") ? secret : "whsec_" + secret);
    Json.mergeMetadata(params, row);
    return world.table(TABLE).put(row);
  }

  private ObjectNode destination(ObjectNode params) {
    ObjectNode endpoint = Json.child(params, "webhook_endpoint");
    Optional<String> url = Json.text(endpoint, "url");
    if (url.isEmpty()) {
      throw ApiError.missingParameter("webhook_endpoint");
    }
    requireUrl(url.get());
    boolean thin = Json.string(params, "event_payload").equals("thin");
    String secret = world.mint("whsec");
    ObjectNode row =
        Json.object()
            .put("id", world.mint("ed_test"))
            .put("object", "v2.core.event_destination")
            .put("created", world.instant().toString())
            .put("updated", world.instant().toString())
            .put("description", Json.text(params, "description").orElse(""))
            .put("name", Json.string(params, "name"));
    Json.copy(params, row, "enabled_events", "event_payload", "type", "snapshot_api_version");
    row.putArray("events_from").add("self");
    row.put("livemode", false).put("status", "enabled").putObject("metadata");
    row.put("url", url.get())
        .put("api_version", Json.text(params, "snapshot_api_version").orElse(null))
        .put("_style", thin ? Dispatcher.Style.THIN.name() : Dispatcher.Style.SNAPSHOT.name())
        .put("_secret", secret);
    row.putObject("webhook_endpoint").put("url", url.get()).putNull("signing_secret");
    world.table(TABLE).put(row);
    ObjectNode answer = row.deepCopy();
    if (Json.strings(params, "include").contains("webhook_endpoint.signing_secret")) {
      Json.child(answer, "webhook_endpoint").put("signing_secret", secret);
    }
    return answer;
  }

  private ObjectNode delete(String id, String kind) {
    world.table(TABLE).get(id);
    world.table(TABLE).remove(id);
    return Json.object().put("id", id).put("object", kind).put("deleted", true);
  }

  private static boolean isSnapshot(ObjectNode row) {
    return row.path("object").asText().equals("webhook_endpoint");
  }

  private static void requireUrl(String url) {
    boolean valid;
    try {
      valid = List.of("http", "https").contains(String.valueOf(URI.create(url).getScheme()));
    } catch (IllegalArgumentException e) {
      valid = false;
    }
    if (!valid) {
      throw ApiError.invalidParameter("url", "Invalid URL: " + url).code("url_invalid");
    }
  }
}
