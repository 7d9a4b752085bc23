package io.creditledger.stripe.simulator.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Call;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Meter events one by one (v1, v2), as a stream with a session (v2), and their cancellation. */
public final class MeterEventEndpoints {

  /** The route whose caller shows a session's token in place of the account's key. */
  public static final String STREAM = "POST /v2/billing/meter_event_stream";

  private static final String SESSIONS = "v2.billing.meter_event_session";
  private static final Duration SESSION_LIFE = Duration.ofMinutes(15);
  private static final int BATCH_MAX = 100;
  private static final String V2_EVENT =
      "event_name* string(100) identifier string(100) payload* map timestamp string";

  private final World world;
  private final MeterIntake intake;

  public MeterEventEndpoints(World world, MeterIntake intake) {
    this.world = world;
    this.intake = intake;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST /v1/billing/meter_events",
        "event_name* string(100) identifier string(100) payload* map timestamp time",
        this::createV1);
    routes.add("POST /v2/billing/meter_events", V2_EVENT, this::createV2);
    routes.add("POST /v2/billing/meter_event_session", "", call -> openSession());
    routes.add(STREAM, "events* [{" + V2_EVENT + "}]", this::stream);
    routes.add(
        "POST /v1/billing/meter_event_adjustments",
        "event_name* string(100) type* enum(cancel) cancel {identifier string(100)}",
        call -> adjust(call.params(), "billing.meter_event_adjustment"));
    routes.add(
        "POST /v2/billing/meter_event_adjustments",
        "event_name* string(100) type* enum(cancel) cancel* {identifier* string(100)}",
        call ->
            adjust(call.params(), "v2.billing.meter_event_adjustment")
                .put("id", world.mint("mea"))
                .put("created", world.instant().toString()));
  }

  private ObjectNode createV1(Call call) {
    ObjectNode params = call.params();
    MeterEvent event = event(params, call, Json.whole(params, "timestamp").orElse(now(params)));
    intake.take(event);
    return answer(event)
        .put("object", "billing.meter_event")
        .put("created", world.now())
        .put("timestamp", event.timestamp());
  }

  private ObjectNode createV2(Call call) {
    MeterEvent event = event(call.params(), call, timestamp(call.params()));
    try {
      intake.take(event);
    } catch (ApiError e) {
      if (e.getMessage().startsWith("An event already exists")) {
        throw ApiError.of(400, "invalid_request_error", e.getMessage())
            .code("duplicate_meter_event")
            .header("Stripe-Should-Retry", "false");
      }
      throw e;
    }
    return answer(event)
        .put("object", "v2.billing.meter_event")
        .put("created", world.instant().toString())
        .put("timestamp", Instant.ofEpochSecond(event.timestamp()).toString());
  }

  private static ObjectNode answer(MeterEvent event) {
    ObjectNode answer =
        Json.object()
            .put("event_name", event.eventName())
            .put("identifier", event.identifier())
            .put("livemode", false);
    ObjectNode payload = answer.putObject("payload");
    event.payload().forEach(payload::put);
    return answer;
  }

  private MeterEvent event(ObjectNode params, Call call, long timestamp) {
    Map<String, String> payload = new HashMap<>();
    Json.child(params, "payload")
        .properties()
        .forEach(entry -> payload.put(entry.getKey(), entry.getValue().asText()));
    return new MeterEvent(
        Json.string(params, "event_name"),
        Json.text(params, "identifier").orElseGet(() -> world.mint("mevt")),
        timestamp,
        payload,
        call.requestId());
  }

  private long now(ObjectNode params) {
    return world.now(Json.text(Json.child(params, "payload"), "stripe_customer_id").orElse(""));
  }

  private long timestamp(ObjectNode params) {
    try {
      return Json.text(params, "timestamp")
          .map(text -> Instant.parse(text).getEpochSecond())
          .orElseGet(() -> now(params));
    } catch (DateTimeParseException e) {
      throw ApiError.invalidParameter("timestamp", "Invalid timestamp: must be RFC 3339");
    }
  }

  private ObjectNode openSession() {
    Instant now = world.instant();
    ObjectNode session =
        Json.object()
            .put("id", world.mint("mes_test"))
            .put("object", SESSIONS)
            .put("authentication_token", world.mint("token_test"))
            .put("created", now.toString())
            .put("expires_at", now.plus(SESSION_LIFE).toString())
            .put("livemode", false);
    return world.table(SESSIONS).put(session);
  }

  private ObjectNode stream(Call call) {
    ObjectNode session =
        world
            .table(SESSIONS)
            .where("authentication_token", call.token())
            .findFirst()
            .orElseThrow(
                () ->
                    ApiError.of(401, "invalid_request_error", "Invalid authentication token.")
                        .beforeWork());
    if (!world.instant().isBefore(Instant.parse(Json.string(session, "expires_at")))) {
      throw expired();
    }
    List<ObjectNode> events = Json.objects(call.params(), "events");
    if (events.isEmpty() || events.size() > BATCH_MAX) {
      throw ApiError.invalidParameter(
          "events", "Invalid events: must contain between 1 and " + BATCH_MAX + " elements");
    }
    List<MeterEvent> all = new ArrayList<>();
    for (ObjectNode each : events) {
      all.add(event(each, call, timestamp(each)));
    }
    all.forEach(intake::takeUnseen);
    return Json.object();
  }

  /** What a stream answers whose session is over. */
  public static ApiError expired() {
    return ApiError.of(
            401, "temporary_session_expired", "The billing meter event session has expired.")
        .code("billing_meter_event_session_expired")
        .beforeWork();
  }

  private ObjectNode adjust(ObjectNode params, String object) {
    String identifier =
        Json.text(Json.child(params, "cancel"), "identifier")
            .orElseThrow(() -> ApiError.missingParameter("cancel[identifier]"));
    intake.cancel(Json.string(params, "event_name"), identifier);
    ObjectNode answer =
        Json.object()
            .put("object", object)
            .put("event_name", Json.string(params, "event_name"))
            .put("livemode", false)
            .put("status", "pending")
            .put("type", "cancel");
    answer.putObject("cancel").put("identifier", identifier);
    return answer;
  }
}
