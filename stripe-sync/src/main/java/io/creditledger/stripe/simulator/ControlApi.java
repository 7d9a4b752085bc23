package io.creditledger.stripe.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.billing.CheckoutSessions.Outcome;
import io.creditledger.stripe.simulator.http.Answer;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Call;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /_sim/…}: the simulator's own methods over HTTP, JSON in and out. Asks for no key. */
final class ControlApi {

  private final StripeSimulator simulator;
  private final Routes routes = new Routes();

  ControlApi(StripeSimulator simulator) {
    this.simulator = simulator;
    faults();
    webhooks();
    customers();
    time();
    reading();
  }

  private static ObjectNode done() {
    return Json.object().put("done", true);
  }

  private void faults() {
    routes.add(
        "POST /_sim/faults",
        Plans.FAULT_PLAN,
        call -> {
          simulator.follow(Plans.faults(call.params()));
          return done();
        });
    routes.add(
        "POST /_sim/outage/begin",
        "",
        call -> {
          simulator.beginOutage();
          return done();
        });
    routes.add(
        "POST /_sim/outage/end",
        "",
        call -> {
          simulator.endOutage();
          return done();
        });
  }

  private void webhooks() {
    routes.add(
        "POST /_sim/webhooks/plan",
        Plans.WEBHOOK_PLAN,
        call -> {
          simulator.follow(Plans.webhooks(call.params()));
          return done();
        });
    routes.add(
        "POST /_sim/webhooks/register",
        "url* string secret* string types* [string] api_version string style enum(snapshot|thin)",
        call -> {
          ObjectNode params = call.params();
          URI url = URI.create(Json.string(params, "url"));
          String secret = Json.string(params, "secret");
          List<String> types = Json.strings(params, "types");
          String id =
              params.path("style").asText().equals("thin")
                  ? simulator.registerThinWebhook(url, secret, types)
                  : simulator.registerWebhook(
                      url,
                      secret,
                      Json.text(params, "api_version").orElse(simulator.apiVersion()),
                      types);
          return Json.object().put("id", id);
        });
    routes.add(
        "POST /_sim/webhooks/release",
        "events [string] backwards bool",
        call -> {
          if (Json.flag(call.params(), "backwards")) {
            simulator.releaseBackwards();
          } else {
            List<String> events = Json.strings(call.params(), "events");
            simulator.release(events.isEmpty() ? simulator.heldEvents() : events);
          }
          return done();
        });
    routes.add(
        "POST /_sim/events/{id}/deliver",
        "",
        call -> {
          simulator.resend(call.id());
          return done();
        });
    routes.add(
        "GET /_sim/webhooks",
        "",
        call -> {
          ObjectNode answer = Json.object().put("under_way", simulator.deliveriesUnderWay());
          simulator.heldEvents().forEach(answer.putArray("held")::add);
          ArrayNode attempts = answer.putArray("attempts");
          simulator
              .deliveryAttempts()
              .forEach(
                  attempt ->
                      attempts
                          .addObject()
                          .put("event", attempt.event())
                          .put("type", attempt.type())
                          .put("endpoint", attempt.endpoint())
                          .put("attempt", attempt.attempt())
                          .put("status", attempt.status())
                          .put("at", attempt.at().toString()));
          return answer;
        });
  }

  private void customers() {
    routes.add(
        "POST /_sim/checkout/{id}/complete",
        "outcome enum(paid|unpaid)",
        call ->
            simulator.completeCheckout(
                call.id(),
                call.params().path("outcome").asText().equals("unpaid")
                    ? Outcome.UNPAID
                    : Outcome.PAID));
    routes.add(
        "POST /_sim/checkout/{id}/settle",
        "outcome enum(paid|unpaid)",
        call ->
            simulator.settleCheckout(
                call.id(),
                call.params().path("outcome").asText().equals("unpaid")
                    ? Outcome.UNPAID
                    : Outcome.PAID));
    routes.add(
        "POST /_sim/customers/{id}/decline",
        "times int(0..1000)",
        call -> {
          simulator.declineNextPayments(
              call.id(), Json.whole(call.params(), "times").orElse(1L).intValue());
          return done();
        });
    routes.add(
        "POST /_sim/disputes",
        "charge* string amount* int reason string",
        call ->
            simulator.openDispute(
                Json.string(call.params(), "charge"),
                Json.number(call.params(), "amount"),
                Json.text(call.params(), "reason").orElse("general")));
    routes.add(
        "POST /_sim/disputes/{id}/close",
        "status* enum(won|lost|prevented|warning_closed)",
        call -> simulator.closeDispute(call.id(), Json.string(call.params(), "status")));
  }

  private void time() {
    routes.add(
        "POST /_sim/time",
        "now* string",
        call -> {
          simulator.setTime(Instant.parse(Json.string(call.params(), "now")));
          return done();
        });
    routes.add(
        "POST /_sim/clocks/{id}/advance",
        "to* string",
        call -> {
          simulator.advanceClock(call.id(), Instant.parse(Json.string(call.params(), "to")));
          return done();
        });
    routes.add(
        "POST /_sim/meters/{what}",
        "",
        call -> {
          switch (call.id()) {
            case "pause" -> simulator.pauseMeters();
            case "resume" -> simulator.resumeMeters();
            case "report" -> simulator.reportMeterErrors();
            default -> throw Refusals.unrecognized("POST", "/_sim/meters/" + call.id());
          }
          return done();
        });
  }

  private void reading() {
    routes.add("GET /_sim/health", "", call -> Json.object().put("status", "up"));
    routes.add("GET /_sim/state", "", call -> simulator.state());
    routes.add("GET /_sim/state/{table}", "", call -> simulator.state().path(call.id()));
    routes.add(
        "GET /_sim/requests",
        "",
        call -> {
          ObjectNode answer = Json.object();
          ObjectNode counts = answer.putObject("counts");
          simulator.requestCounts().forEach(counts::put);
          ObjectNode struck = answer.putObject("faults");
          simulator.faultsStruck().forEach((kind, count) -> struck.put(kind.name(), count));
          return answer;
        });
    routes.add(
        "GET /_sim/routes",
        "",
        call -> {
          ObjectNode answer = Json.object();
          simulator.routes().forEach(answer.putArray("routes")::add);
          return answer;
        });
  }

  /** The answer to a control call. */
  Answer answer(Gateway.Incoming request) {
    try {
      Routes.Match match =
          routes
              .find(request.method(), request.path())
              .orElseThrow(() -> Refusals.unrecognized(request.method(), request.path()));
      JsonNode raw = request.body().isBlank() ? Json.object() : Json.read(request.body());
      if (!(raw instanceof ObjectNode body)) {
        throw ApiError.invalid("The body is not a JSON object");
      }
      ObjectNode params = match.route().shape().read(body);
      return Answer.ok(
          match
              .route()
              .endpoint()
              .handle(new Call(match.ids(), params, "control", Optional.empty(), "")));
    } catch (ApiError e) {
      return e.answer("control");
    } catch (JsonProcessingException e) {
      return ApiError.invalid("The body is not JSON").answer("control");
    } catch (IllegalArgumentException | DateTimeException e) {
      return ApiError.invalid(String.valueOf(e.getMessage())).answer("control");
    }
  }
}
