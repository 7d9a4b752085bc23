package io.creditledger.streams.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Optional;

/** An event's id in a header, for clients that keep it there: bare, or in double quotes. */
final class IdempotencyKey {

  private static final HeaderName NAME = HeaderNames.create("Idempotency-Key");

  private IdempotencyKey() {}

  static Optional<String> of(Request request) {
    return request.header(NAME).map(IdempotencyKey::unquoted);
  }

  private static String unquoted(String value) {
    String key = value.strip();
    boolean quoted = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"");
    String bare = quoted ? key.substring(1, key.length() - 1) : key;
    if (bare.isEmpty()) {
      throw Problem.of(
              ErrorCode.IDEMPOTENCY_KEY_INVALID, "Idempotency-Key", "Idempotency-Key is empty")
          .exception();
    }
    return bare;
  }
}
