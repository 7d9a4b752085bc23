package io.creditledger.core.replay;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers everything on the heap and forgets nothing, about 300 bytes for each event: for
 * histories that fit. Not for use by several threads.
 */
public final class HeapMemories implements Memories {

  private final Map<CustomerId, Remembered> customers = new HashMap<>();

  /** Remembers nothing yet. */
  public HeapMemories() {}

  @Override
  public Memory of(CustomerId customer) {
    return remembered(customer);
  }

  @Override
  public Collection<GrantRecord> grants(CustomerId customer) {
    return List.copyOf(remembered(customer).grants.values());
  }

  @Override
  public void keep(CustomerId customer, Applied applied) {
    Remembered remembered = remembered(customer);
    applied.memos().forEach(memo -> remembered.memos.put(memo.id(), memo));
    applied.grants().forEach(record -> remembered.grants.put(record.grant().id(), record));
  }

  private Remembered remembered(CustomerId customer) {
    return customers.computeIfAbsent(customer, none -> new Remembered());
  }

  private static final class Remembered implements Memory {

    private final Map<EventId, Memo> memos = new HashMap<>();
    private final Map<GrantId, GrantRecord> grants = new HashMap<>();

    @Override
    public Optional<Memo> memo(EventId id) {
      return Optional.ofNullable(memos.get(id));
    }

    @Override
    public Optional<GrantRecord> grant(GrantId id) {
      return Optional.ofNullable(grants.get(id));
    }
  }
}
