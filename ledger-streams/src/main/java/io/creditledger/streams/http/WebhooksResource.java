package io.creditledger.streams.http;

import io.creditledger.streams.webhook.AttemptResult;
import io.creditledger.streams.webhook.Delivery;
import io.creditledger.streams.webhook.DeliveryFilter;
import io.creditledger.streams.webhook.DeliveryState;
import io.creditledger.streams.webhook.EndpointStatus;
import io.creditledger.streams.webhook.Redelivery;
import io.creditledger.streams.webhook.WebhookAccess;
import io.creditledger.streams.webhook.WebhooksUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Outgoing webhooks: how they stand, and what is to be sent again. Any instance answers. */
final class WebhooksResource {

  private static final int LIMIT_DEFAULT = 100;

  private final Optional<? extends WebhookAccess> webhooks;

  WebhooksResource(Optional<? extends WebhookAccess> webhooks) {
    this.webhooks = webhooks;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/webhooks", this::endpoints),
        Route.get("/v1/webhooks/deliveries", this::deliveries),
        Route.post("/v1/webhooks/deliveries/{delivery}/redeliver", this::redeliver),
        Route.post("/v1/webhooks/{endpoint}/redeliver", this::redeliverDead),
        Route.post("/v1/webhooks/{endpoint}/test", this::test));
  }

  private Reply endpoints(Request request) {
    request.query();
    List<EndpointStatus> all = ask(WebhookAccess::endpoints);
    return now(
        Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("endpoints");
              for (EndpointStatus one : all) {
                WebhookJson.write(json, one);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private Reply deliveries(Request request) {
    Query query = request.query("endpoint", "state", "customer", "limit", "cursor");
    DeliveryFilter filter =
        new DeliveryFilter(
            query.text("endpoint"),
            query.read("state", WebhooksResource::state),
            query.text("customer"));
    OptionalLong before =
        query.text("cursor").map(WebhooksResource::cursor).orElse(OptionalLong.empty());
    int limit = query.limit(LIMIT_DEFAULT);
    List<Delivery> page = ask(access -> access.deliveries(filter, before, limit));
    return now(
        Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("deliveries");
              for (Delivery one : page) {
                WebhookJson.write(json, one);
              }
              json.writeEndArray();
              Json.writeText(
                  json,
                  "next",
                  page.size() < limit
                      ? Optional.empty()
                      : Optional.of(Long.toString(page.getLast().id())));
              json.writeEndObject();
            }));
  }

  private static DeliveryState state(String text) {
    return DeliveryState.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("state is not pending, delivered or dead"));
  }

  private static OptionalLong cursor(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw Problem.of(ErrorCode.CURSOR_INVALID, "cursor", "cursor is not next of an earlier page")
          .exception();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private Reply redeliver(Request request) {
    request.query();
    String id = request.name("delivery");
    if (!id.matches("\\d{1,18}")) {
      throw unknownDelivery(id);
    }
    return switch (ask(access -> access.redeliver(Long.parseLong(id)))) {
      case Redelivery.Queued queued ->
          now(Reply.json(202, json -> WebhookJson.write(json, queued.delivery())));
      case Redelivery.UnknownDelivery unknown -> throw unknownDelivery(id);
      case Redelivery.UnknownEndpoint unknown -> throw unknownEndpoint(unknown.endpoint());
    };
  }

  private Reply redeliverDead(Request request) {
    request.query();
    String endpoint = request.name("endpoint");
    int redelivered =
        ask(access -> access.redeliverDead(endpoint)).orElseThrow(() -> unknownEndpoint(endpoint));
    return now(
        Reply.json(
            202,
            json -> {
              json.writeStartObject();
              json.writeStringField("endpoint", endpoint);
              json.writeNumberField("redelivered", redelivered);
              json.writeEndObject();
            }));
  }

  private Reply test(Request request) {
    request.query();
    String endpoint = request.name("endpoint");
    AttemptResult result =
        ask(access -> access.test(endpoint)).orElseThrow(() -> unknownEndpoint(endpoint));
    return now(
        Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("endpoint", endpoint);
              json.writeBooleanField("delivered", result.taken());
              WebhookJson.writeStatus(json, result.status());
              json.writeStringField("detail", result.detail());
              json.writeEndObject();
            }));
  }

  private <T> T ask(Function<WebhookAccess, T> question) {
    WebhookAccess access =
        webhooks.orElseThrow(
            () ->
                Problem.of(ErrorCode.WEBHOOKS_NOT_CONFIGURED, "no webhooks are set up here")
                    .exception());
    try {
      return question.apply(access);
    } catch (WebhooksUnavailableException away) {
      throw Problem.of(ErrorCode.UNAVAILABLE, away.getMessage()).exception();
    }
  }

  private static ProblemException unknownDelivery(String id) {
    return Problem.of(ErrorCode.DELIVERY_UNKNOWN, "delivery", "there is no delivery " + id)
        .exception();
  }

  private static ProblemException unknownEndpoint(String name) {
    return Problem.of(
            ErrorCode.ENDPOINT_UNKNOWN, "endpoint", "no endpoint \"" + name + "\" is set up")
        .exception();
  }

  private static Reply now(Reply reply) {
    return reply.with("Cache-Control", "no-store");
  }
}
