package io.creditledger.cli.demo;

import java.time.Instant;
import java.util.Optional;

/**
 * One request that an agent made of a model.
 *
 * @param customer for whom, counted from 0
 * @param inputTokens read by the model; above zero
 * @param outputTokens written by it; above zero
 * @param at when it happened; absent: when it is reported
 */
record LlmRequest(
    int customer, Model model, long inputTokens, long outputTokens, Optional<Instant> at) {}
