package io.creditledger.streams.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One alert on its way to one endpoint, as operators see it.
 *
 * @param id the outbox's number for it, greater for later ones
 * @param webhookId what the receiver knows it by
 * @param alert the alert's id
 * @param type by its wire name
 * @param attempts all that were made
 * @param createdAt when it came into the outbox
 * @param attemptedAt when it was sent last
 * @param endedAt when it was delivered or given up
 * @param dueAt of what is pending: when the customer's oldest is tried next
 * @param status the last answer's, if there was one
 * @param detail what the last attempt came to
 */
public record Delivery(
    long id,
    String endpoint,
    String webhookId,
    String alert,
    String type,
    String customer,
    DeliveryState state,
    int attempts,
    Instant createdAt,
    Optional<Instant> attemptedAt,
    Optional<Instant> endedAt,
    Optional<Instant> dueAt,
    OptionalInt status,
    Optional<String> detail) {}
