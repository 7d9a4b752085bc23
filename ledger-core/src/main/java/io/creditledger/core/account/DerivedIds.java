package io.creditledger.core.account;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.nio.charset.StandardCharsets;

/**
 * Ids that the ledger makes from a caller's. They are readable, and where the caller's id is so
 * long that they would not fit, its hash stands in its place.
 */
public final class DerivedIds {

  /** What leaves room for everything that is added, within the 200 characters of a caller's id. */
  private static final int CHARS_MAX = 180;

  private DerivedIds() {}

  /**
   * The id of an event that names another, where its sender gives none: {@code settle:r_1}. It is
   * the same each time, so the same call again is a duplicate.
   *
   * @param verb what the event does, at most 15 characters
   */
  public static String byDefault(String verb, String of) {
    return verb + ":" + fitting(of);
  }

  /** The id of a timer's event of that kind, such as {@code expire:g_1@2025-02-01T00:00:00Z}. */
  static EventId timer(String kind, String of, String which) {
    return new EventId(kind + ":" + fitting(of) + which);
  }

  /** The grant of a period of a series, such as {@code g_1#2}. */
  static GrantId period(GrantId series, long period) {
    return new GrantId(fitting(series.value()) + "#" + period);
  }

  /** The grant that carries over what is left into a period's grant. */
  static GrantId rollover(GrantId into) {
    return new GrantId(into + "-rollover");
  }

  private static String fitting(String id) {
    return id.length() <= CHARS_MAX ? id : Hash.of(id.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
