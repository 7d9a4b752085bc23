package io.creditledger.streams.replay;

import io.creditledger.core.event.Source;
import io.creditledger.core.wire.OutcomeJson;
import java.time.Instant;
import java.util.Set;

/**
 * Which rejections are meant. An empty set means any.
 *
 * @param codes reasons
 * @param from recorded then or later
 * @param to recorded before then
 */
public record RejectionFilter(
    Set<String> customers,
    Set<String> ids,
    Set<String> codes,
    Set<Source> sources,
    Instant from,
    Instant to) {

  /** Copies the sets. */
  public RejectionFilter {
    customers = Set.copyOf(customers);
    ids = Set.copyOf(ids);
    codes = Set.copyOf(codes);
    sources = Set.copyOf(sources);
  }

  boolean matches(OutcomeJson.Parsed outcome) {
    return outcome.kind() == OutcomeJson.Kind.REJECTION
        && matches(customers, outcome.customer().map(Object::toString).orElse(""))
        && matches(ids, outcome.id().map(Object::toString).orElse(""))
        && matches(codes, outcome.code().orElse(""))
        && matches(sources, outcome.position().source())
        && !outcome.recordedAt().isBefore(from)
        && outcome.recordedAt().isBefore(to);
  }

  private static <T> boolean matches(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
