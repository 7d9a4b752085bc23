package io.creditledger.streams.webhook;

import io.creditledger.core.wire.AlertJson;
import io.creditledger.core.wire.UsageThresholdJson;
import io.creditledger.core.wire.UsageThresholdJson.UsageThreshold;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is posted: the same bytes under the same id at every attempt, whoever makes it.
 *
 * @param id the {@code webhook-id}; a digest, because a customer's id may hold what no header may,
 *     and a full stop of the sender's choosing would weaken the signature
 * @param alert the alert's own id
 * @param type a {@link WebhookType} by its wire name: a row may be older than the program
 * @param customer whose alerts are told in order
 * @param body JSON
 */
record WebhookMessage(String id, String alert, String type, String customer, String body) {

  private static final int DIGEST_BYTES = 16;

  /**
   * The message of an alert.
   *
   * @param topic where it came from, which keeps two ledgers' alerts apart
   * @throws IllegalStateException if the bytes are no alert of this version
   */
  static WebhookMessage of(String topic, byte[] alertJson) {
    Optional<UsageThreshold> outside = UsageThresholdJson.read(alertJson);
    if (outside.isPresent()) {
      return of(topic, outside.get(), alertJson);
    }
    AlertJson.Parsed alert = AlertJson.read(alertJson);
    WebhookType type = WebhookType.of(alert.type());
    return new WebhookMessage(
        id(topic, alert.id()),
        alert.id(),
        type.wireName(),
        alert.customer().value(),
        body(type, alert.recordedAt(), new String(alertJson, StandardCharsets.UTF_8)));
  }

  private static WebhookMessage of(String topic, UsageThreshold alert, byte[] alertJson) {
    WebhookType type = WebhookType.USAGE_THRESHOLD;
    return new WebhookMessage(
        id(topic, alert.id()),
        alert.id(),
        type.wireName(),
        alert.customer().value(),
        body(type, alert.recordedAt(), new String(alertJson, StandardCharsets.UTF_8)));
  }

  /** A message that tells of nothing. */
  static WebhookMessage test(String endpoint, Instant now) {
    return new WebhookMessage(
        id("test", endpoint + ":" + now),
        "",
        WebhookType.TEST.wireName(),
        "",
        body(WebhookType.TEST, now, "{\"endpoint\":\"" + endpoint + "\"}"));
  }

  private static String body(WebhookType type, Instant timestamp, String data) {
    return "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":%s}"
        .formatted(type.wireName(), timestamp, data);
  }

  private static String id(String topic, String alert) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((topic + "\n" + alert).getBytes(StandardCharsets.UTF_8));
      return "msg_" + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
