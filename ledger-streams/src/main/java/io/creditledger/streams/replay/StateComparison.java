package io.creditledger.streams.replay;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.Divergence;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.streams.topology.StoreKeys;
import io.creditledger.streams.topology.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * One partition of the state, live and replayed: accounts and grants, as the stores' changelogs
 * have them. Only customers are compared of whom the live store has as many entries as the replay:
 * the others have moved on since.
 *
 * @param customers whose state was compared
 * @param movedOn customers with later entries
 * @param live digest of the compared accounts and grants in the live stores
 * @param replayed digest of the replayed ones
 * @param difference the first, in words; absent where no byte differs
 */
public record StateComparison(
    int partition,
    long customers,
    long movedOn,
    Hash live,
    Hash replayed,
    Optional<String> difference) {

  /** What one application keeps of a partition. */
  private record State(TreeMap<Bytes, byte[]> accounts, TreeMap<Bytes, byte[]> grants) {}

  static StateComparison of(ReplaySettings settings, int partition) {
    State live = read(settings, settings.applicationId(), partition);
    State shadow = read(settings, settings.shadowId(), partition);
    Digest liveDigest = new Digest();
    Digest shadowDigest = new Digest();
    Optional<String> difference = Optional.empty();
    long movedOn = 0;
    for (var account : shadow.accounts().entrySet()) {
      byte[] key = account.getKey().get();
      Optional<byte[]> kept = Optional.ofNullable(live.accounts().get(account.getKey()));
      if (kept.isPresent() && sequence(key, kept.get()) > sequence(key, account.getValue())) {
        movedOn++;
        continue;
      }
      shadowDigest.add(key, account.getValue());
      kept.ifPresent(bytes -> liveDigest.add(key, bytes));
      TreeMap<Bytes, byte[]> liveGrants = ofCustomer(live.grants(), key);
      TreeMap<Bytes, byte[]> shadowGrants = ofCustomer(shadow.grants(), key);
      shadowGrants.forEach((grant, bytes) -> shadowDigest.add(grant.get(), bytes));
      liveGrants.forEach((grant, bytes) -> liveDigest.add(grant.get(), bytes));
      if (difference.isEmpty()) {
        difference =
            inAccount(key, kept, account.getValue())
                .or(() -> inGrants(key, liveGrants, shadowGrants));
      }
    }
    return new StateComparison(
        partition,
        shadow.accounts().size() - movedOn,
        movedOn + later(live, shadow),
        liveDigest.value(),
        shadowDigest.value(),
        difference);
  }

  private static State read(ReplaySettings settings, String application, int partition) {
    return new State(
        read(settings, application, StoreNames.ACCOUNTS, partition),
        read(settings, application, StoreNames.GRANTS, partition));
  }

  private static TreeMap<Bytes, byte[]> read(
      ReplaySettings settings, String application, String store, int partition) {
    TreeMap<Bytes, byte[]> values = new TreeMap<>();
    TopicPartition place =
        new TopicPartition(ShadowTopics.changelog(application, store), partition);
    try (TopicRecords records = new TopicRecords(settings.kafka().reader(), place)) {
      for (Optional<ConsumerRecord<byte[], byte[]>> record = records.next();
          record.isPresent();
          record = records.next()) {
        if (record.get().value() == null) {
          values.remove(Bytes.wrap(record.get().key()));
        } else {
          values.put(Bytes.wrap(record.get().key()), record.get().value());
        }
      }
    }
    return values;
  }

  /** Customers whose first entry came after the replay's end. */
  private static long later(State live, State shadow) {
    return live.accounts().keySet().stream()
        .filter(key -> !shadow.accounts().containsKey(key))
        .count();
  }

  private static long sequence(byte[] key, byte[] account) {
    return account(key, account).sequence();
  }

  private static Account account(byte[] key, byte[] bytes) {
    return AccountCodec.read(new CustomerId(new String(key, StandardCharsets.UTF_8)), bytes);
  }

  /** The part of a store of pairs that is a customer's. */
  private static TreeMap<Bytes, byte[]> ofCustomer(TreeMap<Bytes, byte[]> store, byte[] customer) {
    byte[] prefix = StoreKeys.prefix(customer);
    TreeMap<Bytes, byte[]> own = new TreeMap<>();
    for (var entry : store.tailMap(Bytes.wrap(prefix)).entrySet()) {
      byte[] key = entry.getKey().get();
      if (key.length < prefix.length
          || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
        break;
      }
      own.put(entry.getKey(), entry.getValue());
    }
    return own;
  }

  private static Optional<String> inAccount(byte[] key, Optional<byte[]> live, byte[] replayed) {
    String customer = new String(key, StandardCharsets.UTF_8);
    if (live.isEmpty()) {
      return Optional.of("the live store has no account of " + customer);
    }
    return Arrays.equals(live.get(), replayed)
        ? Optional.empty()
        : Optional.of(
            "the account of "
                + customer
                + ": "
                + Divergence.ofValues(account(key, live.get()), account(key, replayed))
                    .orElseGet(() -> Divergence.ofBytes(live.get(), replayed)));
  }

  private static Optional<String> inGrants(
      byte[] customer, TreeMap<Bytes, byte[]> live, TreeMap<Bytes, byte[]> replayed) {
    String whose = new String(customer, StandardCharsets.UTF_8);
    for (var grant : replayed.entrySet()) {
      byte[] kept = live.get(grant.getKey());
      if (kept == null) {
        return Optional.of(
            "the live store has no grant "
                + GrantRecordCodec.read(grant.getValue()).grant().id()
                + " of "
                + whose);
      }
      if (!Arrays.equals(kept, grant.getValue())) {
        return Optional.of(
            "a grant of "
                + whose
                + ": "
                + Divergence.ofValues(
                        GrantRecordCodec.read(kept), GrantRecordCodec.read(grant.getValue()))
                    .orElseGet(() -> Divergence.ofBytes(kept, grant.getValue())));
      }
    }
    return live.size() == replayed.size()
        ? Optional.empty()
        : Optional.of("the live store has more grants of " + whose + " than were granted");
  }
}
