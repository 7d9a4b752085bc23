package io.creditledger.stripe.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.simulator.http.Answer;
import io.creditledger.stripe.simulator.http.Json;

/** {@code /_sim/…}: the simulator's own methods over HTTP. */
final class ControlApi {

  private final StripeSimulator simulator;

  ControlApi(StripeSimulator simulator) {
    this.simulator = simulator;
  }

  Answer answer(Gateway.Incoming request) {
    JsonNode state = simulator.state();
    return Answer.ok(Json.object().set(request.path(), state));
  }
}
