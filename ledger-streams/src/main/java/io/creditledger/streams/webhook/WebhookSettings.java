package io.creditledger.streams.webhook;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of alerts.
 *
 * @param endpoints none: nobody, and nothing of it runs
 * @param schema where in PostgreSQL the deliveries are kept; each ledger needs one of its own
 * @param keepDelivered how long a delivery is remembered after it was taken
 */
public record WebhookSettings(
    List<WebhookEndpoint> endpoints, String schema, Duration keepDelivered) {

  /** Where deliveries are kept unless something else is said. */
  public static final String SCHEMA_DEFAULT = "webhooks";

  /** Long enough to answer the question whether somebody was told last month. */
  public static final Duration KEEP_DEFAULT = Duration.ofDays(30);

  /** Nobody is told. */
  public static final WebhookSettings NONE =
      new WebhookSettings(List.of(), SCHEMA_DEFAULT, KEEP_DEFAULT);

  /**
   * Checks that names tell endpoints apart.
   *
   * @throws IllegalArgumentException if two have one name, the schema is none, or deliveries are
   *     kept for no time
   */
  public WebhookSettings {
    endpoints = List.copyOf(endpoints);
    Set<String> names = new HashSet<>();
    for (WebhookEndpoint endpoint : endpoints) {
      if (!names.add(endpoint.name())) {
        throw new IllegalArgumentException("two endpoints have the name " + endpoint.name());
      }
    }
    if (!schema.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException("schema is no plain lower-case name: " + schema);
    }
    if (!keepDelivered.isPositive()) {
      throw new IllegalArgumentException("keep_delivered is not positive: " + keepDelivered);
    }
  }

  /** The endpoint of that name. */
  public Optional<WebhookEndpoint> endpoint(String name) {
    return endpoints.stream().filter(endpoint -> endpoint.name().equals(name)).findFirst();
  }
}
