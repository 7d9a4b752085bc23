package io.creditledger.streams.query;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.StateDigest;
import io.creditledger.core.wire.AccountCodec;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * A customer's state, byte for byte as the stores have it.
 *
 * @param grants the records of all grants, in the order of their ids
 */
public record KeptState(CustomerId customer, Bytes account, List<Bytes> grants) {

  /** Copies the list. */
  public KeptState {
    grants = List.copyOf(grants);
  }

  /** The customer's entries so far. */
  public long sequence() {
    return AccountCodec.read(customer, account.get()).sequence();
  }

  /** What it amounts to. */
  public StateDigest digest() {
    return StateDigest.ofBytes(sequence(), account.get(), grants.stream().map(Bytes::get).toList());
  }
}
