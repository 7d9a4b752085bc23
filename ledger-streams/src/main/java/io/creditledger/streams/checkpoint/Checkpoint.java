package io.creditledger.streams.checkpoint;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.relay.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one partition had come to where its reading stood.
 *
 * @param partitions of the ledger's topics
 * @param madeAt when it was made; the checkpoints of all partitions made together have the same
 * @param offsets of each topic without prefix, the offset after what is covered
 * @param customers with at least one entry
 * @param accounts a digest of all accounts
 * @param heads the root of a {@link MerkleTree} of all chains' heads
 */
public record Checkpoint(
    int partition,
    int partitions,
    Instant madeAt,
    SortedMap<String, Long> offsets,
    long customers,
    Hash accounts,
    Hash heads) {

  /** Copies the offsets. */
  public Checkpoint {
    offsets = new TreeMap<>(offsets);
  }

  /** The checkpoint of these accounts. */
  public static Checkpoint of(
      int partition,
      int partitions,
      Instant madeAt,
      Map<String, Long> offsets,
      Collection<Account> accounts) {
    SortedMap<String, Account> byCustomer = new TreeMap<>();
    accounts.forEach(account -> byCustomer.put(account.customer().value(), account));
    return new Checkpoint(
        partition,
        partitions,
        madeAt,
        new TreeMap<>(offsets),
        byCustomer.size(),
        digest(byCustomer),
        new MerkleTree(heads(accounts)).root());
  }

  /** Where the chains of these accounts stand. */
  public static SortedMap<String, MerkleTree.Head> heads(Collection<Account> accounts) {
    SortedMap<String, MerkleTree.Head> heads = new TreeMap<>();
    accounts.forEach(
        account ->
            heads.put(
                account.customer().value(),
                new MerkleTree.Head(account.sequence(), account.head())));
    return heads;
  }

  /** The offset of a topic after what is covered. */
  public long offset(Topic topic) {
    return offsets.getOrDefault(topic.name(), 0L);
  }

  private static Hash digest(SortedMap<String, Account> accounts) {
    MessageDigest digest = sha256();
    accounts.forEach(
        (customer, account) -> {
          add(digest, customer.getBytes(StandardCharsets.UTF_8));
          add(digest, AccountCodec.write(account));
        });
    return Hash.fromBytes(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
