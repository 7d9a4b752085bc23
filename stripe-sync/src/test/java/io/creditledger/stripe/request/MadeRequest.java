package io.creditledger.stripe.request;

import java.util.Optional;

/**
 * A request as it went over the wire.
 *
 * @param query encoded; empty where there is none
 * @param body empty where there is none
 */
public record MadeRequest(
    String method,
    String path,
    String query,
    String contentType,
    String body,
    Optional<String> idempotencyKey) {

  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + body;
  }
}
