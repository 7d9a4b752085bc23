package io.creditledger.core.account;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.nio.charset.StandardCharsets;

/**
 * Ids that the ledger makes from a caller's. They are readable, and where the caller's id is so
 * long that they would not fit, its hash stands in its place.
 */
final class DerivedIds {

  /** What leaves room for everything that is added, within the 255 characters of an id. */
  private static final int CHARS_MAX = 180;

  private DerivedIds() {}

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
