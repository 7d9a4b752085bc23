package io.creditledger.core.event;

import io.creditledger.core.id.Texts;
import java.util.Map;
import java.util.Optional;

/**
 * What is said about an event for audit; it decides nothing.
 *
 * @param description why
 * @param actor who asked for it
 * @param metadata whatever else the producer attached
 */
public record Note(
    Optional<String> description, Optional<String> actor, Map<String, String> metadata) {

  /** Nothing was said. */
  public static final Note NONE = new Note(Optional.empty(), Optional.empty(), Map.of());

  public Note {
    metadata = Texts.copyOf(metadata);
  }
}
