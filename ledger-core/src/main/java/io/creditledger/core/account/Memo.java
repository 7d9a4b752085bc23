package io.creditledger.core.account;

import io.creditledger.core.event.Source;
import io.creditledger.core.id.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an account remembers of one event it accepted, to know the event again and to undo it.
 *
 * @param fingerprint of the event's content
 * @param sequence the entry it became
 * @param source the topic it came by; what came as a grant event is remembered for ever
 * @param recordedAt from when its retention counts
 * @param fate what became of it, if it was a reservation
 * @param spend who paid, if it was a usage or a settled reservation
 */
public record Memo(
    EventId id,
    long fingerprint,
    long sequence,
    Source source,
    Instant recordedAt,
    Fate fate,
    Optional<Spend> spend) {

  /**
   * Whether it is still to be remembered at that time.
   *
   * @param retention see {@link io.creditledger.core.catalog.Limits#idMemory}
   */
  public boolean rememberedAt(Instant now, Duration retention) {
    return source == Source.GRANT || !now.isAfter(recordedAt.plus(retention));
  }
}
