package io.creditledger.streams.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * How deliveries to an endpoint stand.
 *
 * @param settings empty if the endpoint is no longer set up: what is pending for it then waits
 * @param delivered those that are remembered still
 * @param oldestPending since when the oldest pending one waits
 */
public record EndpointStatus(
    String name,
    Optional<WebhookEndpoint> settings,
    long pending,
    long delivered,
    long dead,
    Optional<Instant> oldestPending) {}
