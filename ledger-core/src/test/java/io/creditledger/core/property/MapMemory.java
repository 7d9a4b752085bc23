package io.creditledger.core.property;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.core.wire.MemoCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One customer's memory in two maps. */
final class MapMemory implements Memory {

  /** The longest of all catalogs. */
  private static final Duration RETENTION = Limits.DEFAULT.idMemory();

  private final Map<EventId, Memo> memos;
  private final Map<GrantId, GrantRecord> grants;

  MapMemory() {
    this(new HashMap<>(), new HashMap<>());
  }

  private MapMemory(Map<EventId, Memo> memos, Map<GrantId, GrantRecord> grants) {
    this.memos = memos;
    this.grants = grants;
  }

  /** A copy by way of the bytes in which a store keeps it. */
  MapMemory stored() {
    MapMemory copy = new MapMemory();
    memos.forEach((id, memo) -> copy.memos.put(id, MemoCodec.read(id, MemoCodec.write(memo))));
    grants.forEach(
        (id, grant) -> copy.grants.put(id, GrantRecordCodec.read(GrantRecordCodec.write(grant))));
    return copy;
  }

  @Override
  public Optional<Memo> memo(EventId id) {
    return Optional.ofNullable(memos.get(id));
  }

  @Override
  public Optional<GrantRecord> grant(GrantId id) {
    return Optional.ofNullable(grants.get(id));
  }

  void remember(Applied applied) {
    for (Memo memo : applied.memos()) {
      memos.put(memo.id(), memo);
    }
    for (GrantRecord grant : applied.grants()) {
      grants.put(grant.grant().id(), grant);
    }
  }

  /** Forgets what need not be remembered; late enough that no clock is that far behind. */
  void forget(Instant now) {
    Instant earliest = now.minus(Duration.ofHours(1));
    memos.values().removeIf(memo -> !memo.rememberedAt(earliest, RETENTION));
  }

  boolean sameAs(MapMemory other) {
    return memos.equals(other.memos) && grants.equals(other.grants);
  }
}
