package io.creditledger.streams.topology;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which inputs this instance has decided since it took over each partition. What an account owes to
 * an earlier input was restored from committed changelogs and is committed itself.
 */
public final class Progress {

  private record Input(Source source, int partition) {}

  private final Map<Input, Long> firstDecided = new ConcurrentHashMap<>();

  /** Notes that an input is being decided. */
  void deciding(Position position) {
    firstDecided.putIfAbsent(new Input(position.source(), position.partition()), position.offset());
  }

  /** Forgets a partition whose task begins anew. */
  void begin(int partition) {
    firstDecided.keySet().removeIf(input -> input.partition() == partition);
  }

  /** Whether an input was decided here, rather than restored. */
  public boolean decidedHere(Position position) {
    Long first = firstDecided.get(new Input(position.source(), position.partition()));
    return first != null && position.offset() >= first;
  }
}
