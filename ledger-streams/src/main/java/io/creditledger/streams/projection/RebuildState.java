package io.creditledger.streams.projection;

import java.util.Locale;

/** How far a rebuild has come. */
public enum RebuildState {
  /** It reads the journal into new tables. */
  RUNNING,
  /** The new tables are in use. */
  DONE,
  /** It ended without effect. */
  FAILED,
  /** Whoever did it has stopped; nothing came of it. */
  LOST;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire, in lower case. */
  public String wireName() {
    return wireName;
  }
}
