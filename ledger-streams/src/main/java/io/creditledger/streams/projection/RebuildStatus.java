package io.creditledger.streams.projection;

import java.time.Instant;
import java.util.Optional;

/**
 * The last rebuild.
 *
 * @param entries in the new tables, once they are in use
 * @param behind entries still to be read, as far as is known
 * @param detail why it failed, or what it tries again; empty otherwise
 */
public record RebuildStatus(
    RebuildState state,
    Instant beganAt,
    Optional<Instant> endedAt,
    long entries,
    long behind,
    String detail) {}
