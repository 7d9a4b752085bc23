package io.creditledger.stripe.usage;

import io.creditledger.core.entry.Hash;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The name by which Stripe knows a meter event again. It follows from the customer, the meter, the
 * window, the revision and the part alone, so that the same event has the same name for ever and on
 * every machine, and no other event has it.
 */
public final class EventIdentifier {

  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private EventIdentifier() {}

  /**
   * The identifier, at most 100 ASCII characters: the window's start for people, a digest of 256
   * bits, revision and part.
   *
   * @param revision from 1
   * @param part from 1
   */
  public static String of(MeterWindow window, int revision, int part) {
    String named =
        String.join(
            "\n",
            window.customer().value(),
            window.eventName(),
            window.start().toString(),
            window.end().toString());
    Hash digest = Hash.of(named.getBytes(StandardCharsets.UTF_8));
    return START.format(window.start()) + "-" + digest + "-" + revision + "." + part;
  }
}
