package io.creditledger.streams.projection;

import java.util.Optional;

/**
 * Whether the journal is projected into PostgreSQL, and where to.
 *
 * @param schema what SQL clients use; the tables behind it are kept in schemas whose names begin
 *     with it. Each ledger needs one of its own. Absent: nothing is projected.
 */
public record ProjectionSettings(Optional<String> schema) {

  /** The environment variable that says it. */
  public static final String VARIABLE = "LEDGER_PROJECTION";

  /** The schema unless another is named. */
  public static final String SCHEMA_DEFAULT = "statement";

  /** The word that stands for no projection where a schema could stand. */
  public static final String OFF = "off";

  /** Nothing is projected. */
  public static final ProjectionSettings NONE = new ProjectionSettings(Optional.empty());

  /**
   * Checks the name, which becomes part of statements.
   *
   * @throws IllegalArgumentException if the schema is no plain lower-case name
   */
  public ProjectionSettings {
    schema
        .filter(name -> !name.matches("[a-z][a-z0-9_]{0,29}"))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "the projection's schema is no plain lower-case name of at most 30 letters: "
                      + name);
            });
  }

  /** Into a schema of that name, or not at all if it is {@link #OFF}. */
  public static ProjectionSettings parse(String text) {
    return text.equals(OFF) ? NONE : new ProjectionSettings(Optional.of(text));
  }
}
