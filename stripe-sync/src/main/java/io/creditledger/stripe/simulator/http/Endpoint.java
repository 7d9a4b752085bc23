package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Does what one route promises. Called with the simulator's lock held; refuses by throwing. */
@FunctionalInterface
public interface Endpoint {

  /** The body of the answer with status 200. Refuses with an {@link ApiError}. */
  JsonNode handle(Call call);
}
