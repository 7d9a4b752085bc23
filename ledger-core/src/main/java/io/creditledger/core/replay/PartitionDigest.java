package io.creditledger.core.replay;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the states of many customers amount to: two ledgers that agree on it agree on every account
 * and every grant of each of them.
 *
 * @param customers how many
 * @param states each customer's {@link StateDigest} hashed onto those before, in the order of the
 *     customers' bytes
 */
public record PartitionDigest(long customers, Hash states) {

  /** Of no customer. */
  public static final PartitionDigest EMPTY = new PartitionDigest(0, Hash.NONE);

  /** The digest of these customers' states. */
  public static PartitionDigest of(Map<String, StateDigest> states) {
    List<CustomerId> customers =
        states.keySet().stream()
            .map(CustomerId::new)
            .sorted(Comparator.comparing(PartitionDigest::bytes, Arrays::compareUnsigned))
            .toList();
    PartitionDigest digest = EMPTY;
    for (CustomerId customer : customers) {
      digest = digest.with(customer, states.get(customer.value()));
    }
    return digest;
  }

  /** This digest and one customer more, whose bytes come after those of all before. */
  public PartitionDigest with(CustomerId customer, StateDigest state) {
    byte[] name = bytes(customer);
    ByteBuffer link =
        ByteBuffer.allocate(3 * Hash.SIZE + Long.BYTES + name.length)
            .put(states.toBytes())
            .putLong(state.sequence())
            .put(state.account().toBytes())
            .put(state.grants().toBytes())
            .put(name);
    return new PartitionDigest(customers + 1, Hash.of(link.array()));
  }

  private static byte[] bytes(CustomerId customer) {
    return customer.value().getBytes(StandardCharsets.UTF_8);
  }
}
