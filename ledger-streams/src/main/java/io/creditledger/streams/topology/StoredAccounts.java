package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Accounts;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Accounts and what is remembered beside them, in the stores of a task. Each change goes to the
 * stores at once. For one task as it was initialised: nobody else may change its stores meanwhile.
 */
final class StoredAccounts implements Accounts {

  private final KeyValueStore<Bytes, byte[]> accounts;
  private final KeyValueStore<Bytes, byte[]> ids;
  private final KeyValueStore<Bytes, byte[]> grants;
  private final KnownIds known;
  private final HotAccounts hot = new HotAccounts();

  private StoredAccounts(
      KeyValueStore<Bytes, byte[]> accounts,
      KeyValueStore<Bytes, byte[]> ids,
      KeyValueStore<Bytes, byte[]> grants) {
    this.accounts = accounts;
    this.ids = ids;
    this.grants = grants;
    this.known = new KnownIds(ids);
  }

  static StoredAccounts of(ProcessorContext<?, ?> context) {
    return new StoredAccounts(
        context.getStateStore(StoreNames.ACCOUNTS),
        context.getStateStore(StoreNames.PROCESSED_IDS),
        context.getStateStore(StoreNames.GRANTS));
  }

  @Override
  public Account account(CustomerId customer) {
    return hot.of(customer).orElseGet(() -> stored(customer));
  }

  private Account stored(CustomerId customer) {
    byte[] bytes = accounts.get(Bytes.wrap(StoreKeys.customer(customer)));
    if (bytes == null) {
      return Account.empty(customer);
    }
    Account account = AccountCodec.read(customer, bytes);
    hot.keep(account);
    return account;
  }

  @Override
  public StoreMemory memory(CustomerId customer) {
    return memory(StoreKeys.customer(customer));
  }

  private StoreMemory memory(byte[] customer) {
    return new StoreMemory(customer, ids, known, grants);
  }

  /** Keeps what an accepted input led to. */
  void keep(Judgement.Accepted accepted) {
    byte[] customer = StoreKeys.customer(accepted.next().customer());
    accounts.put(Bytes.wrap(customer), AccountCodec.write(accepted.next()));
    hot.keep(accepted.next());
    memory(customer).keep(accepted.applied());
  }

  /** Gets to know a piece of the ids that were there before, see {@link KnownIds#learn}. */
  void learnIds() {
    known.learn();
  }
}
