package io.creditledger.streams.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A receiver of alerts.
 *
 * @param name what its deliveries are kept under; 1 to 64 of a-z, 0-9, _ and -, beginning with a
 *     letter
 * @param secrets one, or two while the receiver changes from one to the other
 * @param types what it is told of
 * @param timeout how long an attempt may take, from connecting to the end of the answer; 100 ms to
 *     5 minutes
 * @param parallel how many customers' alerts are on their way at once from one instance; 1 to 256
 */
public record WebhookEndpoint(
    String name,
    WebhookUrl url,
    List<SigningSecret> secrets,
    Set<WebhookType> types,
    Duration timeout,
    int parallel,
    RetryPlan retry) {

  /** Enough for a receiver that does its work before it answers. */
  public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(15);

  /** Enough for some hundred alerts a second at a receiver that is near. */
  public static final int PARALLEL_DEFAULT = 8;

  private static final Duration TIMEOUT_MIN = Duration.ofMillis(100);
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);
  private static final int PARALLEL_MAX = 256;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if something is not as promised
   */
  public WebhookEndpoint {
    secrets = List.copyOf(secrets);
    types = Set.copyOf(types);
    if (!name.matches("[a-z][a-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException(
          "name is not 1 to 64 of a-z, 0-9, _ and -, beginning with a letter: " + name);
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("no secret to sign with");
    }
    if (timeout.compareTo(TIMEOUT_MIN) < 0 || timeout.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          "timeout is not from " + TIMEOUT_MIN + " to " + TIMEOUT_MAX + ": " + timeout);
    }
    if (parallel < 1 || parallel > PARALLEL_MAX) {
      throw new IllegalArgumentException(
          "parallel is not from 1 to " + PARALLEL_MAX + ": " + parallel);
    }
  }

  /** Whether it is told of what has that type's wire name. */
  boolean wants(String type) {
    return types.stream().anyMatch(wanted -> wanted.wireName().equals(type));
  }
}
