package io.creditledger.stripe.simulator.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Answer;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import java.util.Map;
import java.util.Optional;

/** First answers, kept by idempotency key for a day and given again to the same request. */
public final class Idempotency {

  private static final long KEPT_SECONDS = 24 * 3600;
  private static final int KEY_MAX = 255;
  private static final String TABLE = "_idempotency";

  private final World world;

  public Idempotency(World world) {
    this.world = world;
  }

  /** What was answered before under that key. Refuses a key that came with another request. */
  public Optional<Answer> replay(String key, String request) {
    if (key.length() > KEY_MAX) {
      throw ApiError.of(400, "idempotency_error", "Idempotency keys can be up to 255 characters")
          .beforeWork();
    }
    Optional<ObjectNode> kept = world.table(TABLE).find(key);
    if (kept.isEmpty() || Json.number(kept.get(), "at") < world.now() - KEPT_SECONDS) {
      return Optional.empty();
    }
    ObjectNode row = kept.get();
    if (!Json.string(row, "request").equals(request)) {
      throw ApiError.of(
              400,
              "idempotency_error",
              "Keys for idempotent requests can only be used with the same parameters they were"
                  + " first used with. Try using a key other than '"
                  + key
                  + "' if you meant to execute a different request.")
          .beforeWork();
    }
    return Optional.of(
        new Answer((int) Json.number(row, "status"), Json.string(row, "body"), Map.of())
            .with("Idempotent-Replayed", "true")
            .with("Original-Request", Json.string(row, "request_id")));
  }

  /** Keeps the first answer, whatever it says. */
  public void keep(String key, String request, String requestId, Answer answer) {
    world
        .table(TABLE)
        .put(
            Json.object()
                .put("id", key)
                .put("request", request)
                .put("request_id", requestId)
                .put("at", world.now())
                .put("status", answer.status())
                .put("body", answer.body()));
  }
}
