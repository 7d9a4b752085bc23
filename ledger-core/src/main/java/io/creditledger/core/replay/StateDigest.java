package io.creditledger.core.replay;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.GrantRecordCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a customer's state amounts to: two ledgers that agree on it agree on the whole account. At
 * each sequence number there is one right digest, whoever computes it.
 *
 * @param sequence the customer's entries so far
 * @param account of the account's bytes
 * @param grants of the bytes of every grant's record, in the order of their ids
 */
public record StateDigest(long sequence, Hash account, Hash grants) {

  /** The digest of a state as a replay has it. */
  public static StateDigest of(Account account, Collection<GrantRecord> grants) {
    return ofBytes(
        account.sequence(),
        AccountCodec.write(account),
        inOrder(grants).stream().map(GrantRecordCodec::write).toList());
  }

  /**
   * The digest of a state as a store keeps it.
   *
   * @param grants records in the order of their grants' ids
   */
  public static StateDigest ofBytes(long sequence, byte[] account, List<byte[]> grants) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] grant : grants) {
      all.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(grant.length).array());
      all.writeBytes(grant);
    }
    return new StateDigest(sequence, Hash.of(account), Hash.of(all.toByteArray()));
  }

  /** Grants as a store has them: by the bytes of their ids. */
  public static List<GrantRecord> inOrder(Collection<GrantRecord> grants) {
    return grants.stream()
        .sorted((one, other) -> Arrays.compareUnsigned(id(one), id(other)))
        .toList();
  }

  private static byte[] id(GrantRecord record) {
    return record.grant().id().value().getBytes(StandardCharsets.UTF_8);
  }
}
