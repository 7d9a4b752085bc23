package io.creditledger.core.replay;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.EntryJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first difference between what was recorded and what is derived.
 *
 * @param field its path, such as {@code change.allocations[0].amount}; "bytes" where the content is
 *     equal and only the writing differs
 * @param recorded the value that was found
 * @param derived the value that belongs there
 */
public record Divergence(String field, String recorded, String derived) {

  private static final int SHOWN_MAX = 200;

  /** Shortens values that nobody could read. */
  public Divergence {
    recorded = shortened(recorded);
    derived = shortened(derived);
  }

  /** How a recorded journal entry differs from the derived one; absent where no byte does. */
  public static Optional<Divergence> ofEntries(byte[] recorded, byte[] derived) {
    if (Arrays.equals(recorded, derived)) {
      return Optional.empty();
    }
    LedgerEntry read;
    try {
      read = EntryJson.read(recorded);
    } catch (IllegalStateException damaged) {
      return Optional.of(new Divergence("entry", damaged.getMessage(), "a readable entry"));
    }
    return Differences.first(read, EntryJson.read(derived))
        .or(() -> Optional.of(ofBytes(recorded, derived)));
  }

  /** How two values of the domain differ; absent where they are equal. */
  public static Optional<Divergence> ofValues(Object recorded, Object derived) {
    return Differences.first(recorded, derived);
  }

  /** Where two byte strings begin to differ, with what stands there as text. */
  public static Divergence ofBytes(byte[] recorded, byte[] derived) {
    int at = Arrays.mismatch(recorded, derived);
    return new Divergence("bytes, from " + at + " on", from(recorded, at), from(derived, at));
  }

  private static String from(byte[] bytes, int at) {
    int begin = Math.max(0, at - 20);
    int end = Math.min(bytes.length, at + 40);
    return begin >= end
        ? "the end"
        : "…" + new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
  }

  /** One sentence. */
  @Override
  public String toString() {
    return field + " is " + recorded + ", and should be " + derived;
  }
}
