package io.creditledger.stripe.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import io.creditledger.stripe.simulator.http.Json;
import java.time.Duration;
import java.util.Locale;

/** Plans as the control API takes them. */
final class Plans {

  static final String FAULT_PLAN =
      "seed int rules* [{match* string fault*"
          + " enum(rate_limited|lock_timeout|lock_timeout_kept|conflict"
          + "|server_error|server_error_kept|server_error_after_work|lost_answer|lost_request|latency|session_expired)"
          + " reason string delay_ms int(0..600000) rate any times int(0..2147483647)}]";

  static final String WEBHOOK_PLAN =
      "seed int twice any lost any twins any shuffled_within_ms int(0..600000)"
          + " rules [{type* string fate* enum(late|twice|held|lost|twin) delay_ms int(0..600000)"
          + " times int(0..2147483647)}]";

  private Plans() {}

  static FaultPlan faults(ObjectNode params) {
    FaultPlan plan = FaultPlan.seeded(Json.number(params, "seed"));
    for (ObjectNode rule : Json.objects(params, "rules")) {
      Fault fault = Fault.of(Fault.Kind.valueOf(upper(Json.string(rule, "fault"))));
      if (Json.has(rule, "reason")) {
        fault = Fault.rateLimited(Json.string(rule, "reason"));
      }
      plan =
          plan.with(
              new FaultPlan.Rule(
                  Json.string(rule, "match"),
                  fault.after(Duration.ofMillis(Json.number(rule, "delay_ms"))),
                  rule.path("rate").asDouble(1),
                  Json.whole(rule, "times").orElse((long) FaultPlan.FOR_EVER).intValue()));
    }
    return plan;
  }

  static WebhookPlan webhooks(ObjectNode params) {
    WebhookPlan plan =
        WebhookPlan.seeded(Json.number(params, "seed"))
            .twice(params.path("twice").asDouble(0))
            .lost(params.path("lost").asDouble(0))
            .twins(params.path("twins").asDouble(0))
            .shuffledWithin(Duration.ofMillis(Json.number(params, "shuffled_within_ms")));
    for (ObjectNode rule : Json.objects(params, "rules")) {
      plan =
          plan.with(
              new WebhookPlan.Rule(
                  Json.string(rule, "type"),
                  WebhookPlan.Fate.valueOf(upper(Json.string(rule, "fate"))),
                  Duration.ofMillis(Json.number(rule, "delay_ms")),
                  Json.whole(rule, "times").orElse((long) Integer.MAX_VALUE).intValue()));
    }
    return plan;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
