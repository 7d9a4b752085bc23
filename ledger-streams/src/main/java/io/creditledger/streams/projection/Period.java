package io.creditledger.streams.projection;

import java.time.Instant;
import java.util.Optional;

/**
 * A half-open interval of time.
 *
 * @param from the first instant in it; absent: since ever
 * @param to the first instant after it; absent: for ever
 */
public record Period(Optional<Instant> from, Optional<Instant> to) {

  /** All of time. */
  public static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());
}
