package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A request whose parameters have been checked: what an endpoint sees.
 *
 * @param ids the variable segments of the path, in order
 * @param params the parameters, typed as the endpoint's {@link Shape} says
 * @param token what stood behind {@code Bearer}
 */
public record Call(
    List<String> ids,
    ObjectNode params,
    String requestId,
    Optional<String> idempotencyKey,
    String token) {

  public Call {
    ids = List.copyOf(ids);
  }

  /** The only variable segment, or the first of them. */
  public String id() {
    return ids.getFirst();
  }
}
