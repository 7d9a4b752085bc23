package io.creditledger.stripe.simulator;

import io.creditledger.stripe.simulator.fault.Fault;
import java.util.Optional;

/**
 * A request that the simulator has dealt with.
 *
 * @param status of the answer; 0 if the connection closed without one
 * @param replayed whether the answer was one kept under the idempotency key
 */
public record SeenRequest(
    String id,
    String method,
    String path,
    Optional<String> idempotencyKey,
    Optional<Fault.Kind> fault,
    int status,
    boolean replayed) {}
