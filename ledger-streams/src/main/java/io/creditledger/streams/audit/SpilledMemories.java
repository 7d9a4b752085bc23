package io.creditledger.streams.audit;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.replay.Memories;
import io.creditledger.core.wire.GrantRecordCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers grants on the heap, as bytes, and events in a temporary file, so that a history of any
 * length can be replayed. Not for use by several threads.
 */
public final class SpilledMemories implements Memories, AutoCloseable {

  private final SpilledMemos memos;
  private final Map<CustomerId, Map<GrantId, byte[]>> grants = new HashMap<>();

  /**
   * Remembers nothing yet.
   *
   * @param retention the longest for which any catalog remembers the ids of events, as of now
   */
  public SpilledMemories(Supplier<Duration> retention) {
    this.memos = new SpilledMemos(retention);
  }

  @Override
  public Memory of(CustomerId customer) {
    return new Memory() {
      @Override
      public Optional<Memo> memo(EventId id) {
        return memos.find(customer, id);
      }

      @Override
      public Optional<GrantRecord> grant(GrantId id) {
        return Optional.ofNullable(grants.getOrDefault(customer, Map.of()).get(id))
            .map(GrantRecordCodec::read);
      }
    };
  }

  @Override
  public Collection<GrantRecord> grants(CustomerId customer) {
    return List.copyOf(grants.getOrDefault(customer, Map.of()).values()).stream()
        .map(GrantRecordCodec::read)
        .toList();
  }

  @Override
  public void keep(CustomerId customer, Applied applied) {
    applied.memos().forEach(memo -> memos.keep(customer, memo));
    if (!applied.grants().isEmpty()) {
      Map<GrantId, byte[]> own = grants.computeIfAbsent(customer, none -> new HashMap<>());
      applied
          .grants()
          .forEach(record -> own.put(record.grant().id(), GrantRecordCodec.write(record)));
    }
  }

  @Override
  public void close() {
    memos.close();
  }
}
