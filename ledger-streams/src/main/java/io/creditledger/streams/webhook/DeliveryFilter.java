package io.creditledger.streams.webhook;

import java.util.Optional;

/** Which deliveries are asked for; what is empty does not matter. */
public record DeliveryFilter(
    Optional<String> endpoint, Optional<DeliveryState> state, Optional<String> customer) {}
