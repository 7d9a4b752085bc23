package io.creditledger.streams.topology;

import io.creditledger.core.account.Memo;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.wire.MemoCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Frees the space of ids whose time is over, a piece at a time, round and round. Decisions do not
 * depend on it: an id past its time counts as forgotten whether it was swept or not.
 */
final class IdSweep {

  private static final int PIECE = 2_000;

  private static final Bytes START = Bytes.wrap(new byte[0]);

  private final KeyValueStore<Bytes, byte[]> ids;
  private Bytes from = START;

  IdSweep(KeyValueStore<Bytes, byte[]> ids) {
    this.ids = ids;
  }

  void next(Instant now, Limits limits) {
    List<Bytes> over = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = ids.range(from, null)) {
      for (int i = 0; i < PIECE && all.hasNext(); i++) {
        KeyValue<Bytes, byte[]> one = all.next();
        Memo memo = MemoCodec.read(StoreKeys.eventOf(one.key.get()), one.value);
        if (!memo.rememberedAt(now, limits.idMemory())) {
          over.add(one.key);
        }
      }
      from = all.hasNext() ? all.peekNextKey() : START;
    }
    over.forEach(ids::delete);
  }
}
