package io.creditledger.streams.topology;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.core.wire.MemoCodec;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** One customer's memory, in the state stores. */
final class StoreMemory implements Memory {

  private final byte[] customer;
  private final IdStore ids;
  private final KeyValueStore<Bytes, byte[]> grants;

  /** The event that was asked for last: what is kept afterwards is nearly always of it. */
  private Optional<Asked> last = Optional.empty();

  private record Asked(EventId id, IdKey key) {}

  StoreMemory(byte[] customer, IdStore ids, KeyValueStore<Bytes, byte[]> grants) {
    this.customer = customer;
    this.ids = ids;
    this.grants = grants;
  }

  @Override
  public Optional<Memo> memo(EventId id) {
    return Optional.ofNullable(ids.memo(key(id))).map(kept -> MemoCodec.read(id, kept));
  }

  @Override
  public Optional<GrantRecord> grant(GrantId id) {
    byte[] bytes = grants.get(Bytes.wrap(StoreKeys.grant(customer, id)));
    return Optional.ofNullable(bytes).map(GrantRecordCodec::read);
  }

  private IdKey key(EventId id) {
    if (last.isEmpty() || !last.get().id().equals(id)) {
      last = Optional.of(new Asked(id, IdKey.of(customer, id)));
    }
    return last.get().key();
  }

  /** Whether it is the memory of the customer of that key. */
  boolean isOf(byte[] key) {
    return Arrays.equals(customer, key);
  }

  void keep(Applied applied) {
    for (Memo memo : applied.memos()) {
      ids.keep(key(memo.id()), MemoCodec.write(memo), memo.recordedAt().toEpochMilli());
    }
    for (GrantRecord grant : applied.grants()) {
      grants.put(
          Bytes.wrap(StoreKeys.grant(customer, grant.grant().id())), GrantRecordCodec.write(grant));
    }
  }
}
