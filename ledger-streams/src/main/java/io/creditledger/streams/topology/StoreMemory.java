package io.creditledger.streams.topology;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.core.wire.MemoCodec;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** One customer's memory, in the state stores. */
final class StoreMemory implements Memory {

  private final byte[] customer;
  private final KeyValueStore<Bytes, byte[]> ids;
  private final KnownIds known;
  private final KeyValueStore<Bytes, byte[]> grants;

  StoreMemory(
      byte[] customer,
      KeyValueStore<Bytes, byte[]> ids,
      KnownIds known,
      KeyValueStore<Bytes, byte[]> grants) {
    this.customer = customer;
    this.ids = ids;
    this.known = known;
    this.grants = grants;
  }

  @Override
  public Optional<Memo> memo(EventId id) {
    byte[] key = StoreKeys.event(customer, id);
    if (known.isNew(key)) {
      return Optional.empty();
    }
    return Optional.ofNullable(ids.get(Bytes.wrap(key))).map(kept -> MemoCodec.read(id, kept));
  }

  @Override
  public Optional<GrantRecord> grant(GrantId id) {
    byte[] bytes = grants.get(Bytes.wrap(StoreKeys.grant(customer, id)));
    return Optional.ofNullable(bytes).map(GrantRecordCodec::read);
  }

  void keep(Applied applied) {
    for (Memo memo : applied.memos()) {
      byte[] key = StoreKeys.event(customer, memo.id());
      known.add(key);
      ids.put(Bytes.wrap(key), MemoCodec.write(memo));
    }
    for (GrantRecord grant : applied.grants()) {
      grants.put(
          Bytes.wrap(StoreKeys.grant(customer, grant.grant().id())), GrantRecordCodec.write(grant));
    }
  }
}
