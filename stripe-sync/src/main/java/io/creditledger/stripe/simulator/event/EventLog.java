package io.creditledger.stripe.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.util.Optional;

/** Records events, snapshot and thin, and hands them to the dispatcher. */
public final class EventLog {

  public static final String EVENTS = "event";
  public static final String THIN = "v2.core.event";

  private final World world;
  private final Dispatcher dispatcher;
  private final String apiVersion;
  private Optional<Origin> origin = Optional.empty();

  /** The request that events are the consequence of. */
  public record Origin(String requestId, Optional<String> idempotencyKey) {}

  /**
   * A log of that account.
   *
   * @param apiVersion the account's own, in which events are listed
   */
  public EventLog(World world, Dispatcher dispatcher, String apiVersion) {
    this.world = world;
    this.dispatcher = dispatcher;
    this.apiVersion = apiVersion;
  }

  /** Says which request the next events come from. */
  public void begin(Origin request) {
    origin = Optional.of(request);
  }

  /** The next events come from no request. */
  public void end() {
    origin = Optional.empty();
  }

  /** Tells that something happened to an object, as the object is now. */
  public void emit(String type, ObjectNode object) {
    emit(type, object, Json.object());
  }

  /** Tells of a change; {@code previous} holds the changed fields as they were. */
  public void emit(String type, ObjectNode object, ObjectNode previous) {
    ObjectNode data = Json.object();
    data.set("object", Json.visible(object));
    if (!previous.isEmpty()) {
      data.set("previous_attributes", Json.visible(previous));
    }
    ObjectNode event = record(type, data);
    if (dispatcher.drawsTwin(type)) {
      record(type, data.deepCopy());
    }
    if (dispatcher.wantsThin("v1." + type)) {
      Json.text(object, "id")
          .ifPresent(
              id ->
                  emitThin(
                      "v1." + type,
                      Json.object()
                          .put("id", id)
                          .put("type", object.path("object").asText())
                          .put("url", url(object.path("object").asText(), id)),
                      Json.object().put("snapshot_event", Json.string(event, "id"))));
    }
  }

  private ObjectNode record(String type, ObjectNode data) {
    ObjectNode event =
        Json.object()
            .put("id", world.mint("evt"))
            .put("object", "event")
            .put("api_version", apiVersion)
            .put("created", world.now());
    event.set("data", data);
    event.put("livemode", false).put("pending_webhooks", 0);
    ObjectNode request = event.putObject("request");
    request.put("id", origin.map(Origin::requestId).orElse(null));
    request.put("idempotency_key", origin.flatMap(Origin::idempotencyKey).orElse(null));
    event.put("type", type);
    world.table(EVENTS).put(event);
    dispatcher.offer(event, Dispatcher.Style.SNAPSHOT);
    return event;
  }

  /**
   * Tells with a thin event; {@code data} is what its retrieval adds.
   *
   * @param related the object it is about, empty if there is none
   */
  public ObjectNode emitThin(String type, ObjectNode related, ObjectNode data) {
    ObjectNode event =
        Json.object()
            .put("id", world.mint("evt_test"))
            .put("object", "v2.core.event")
            .put("type", type)
            .put("created", world.instant().toString())
            .put("livemode", false)
            .putNull("context")
            .putNull("reason");
    if (!related.isEmpty()) {
      event.set("related_object", related);
    }
    event.set("_data", data);
    world.table(THIN).put(event);
    dispatcher.offer(event, Dispatcher.Style.THIN);
    return event;
  }

  private static String url(String kind, String id) {
    String path =
        switch (kind) {
          case "billing.meter" -> "billing/meters";
          case "billing.credit_grant" -> "billing/credit_grants";
          case "billing.credit_balance_transaction" -> "billing/credit_balance_transactions";
          case "checkout.session" -> "checkout/sessions";
          case "test_helpers.test_clock" -> "test_helpers/test_clocks";
          default -> kind + "s";
        };
    return "/v1/" + path + "/" + id;
  }
}
