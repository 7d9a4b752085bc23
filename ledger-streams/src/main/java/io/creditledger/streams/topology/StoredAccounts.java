package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Accounts;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Accounts and what is remembered beside them, in the stores of a task. */
final class StoredAccounts implements Accounts {

  private final KeyValueStore<Bytes, byte[]> accounts;
  private final KeyValueStore<Bytes, byte[]> ids;
  private final KeyValueStore<Bytes, byte[]> grants;

  private StoredAccounts(
      KeyValueStore<Bytes, byte[]> accounts,
      KeyValueStore<Bytes, byte[]> ids,
      KeyValueStore<Bytes, byte[]> grants) {
    this.accounts = accounts;
    this.ids = ids;
    this.grants = grants;
  }

  static StoredAccounts of(ProcessorContext<?, ?> context) {
    return new StoredAccounts(
        context.getStateStore(StoreNames.ACCOUNTS),
        context.getStateStore(StoreNames.PROCESSED_IDS),
        context.getStateStore(StoreNames.GRANTS));
  }

  @Override
  public Account account(CustomerId customer) {
    byte[] bytes = accounts.get(Bytes.wrap(StoreKeys.customer(customer)));
    return bytes == null ? Account.empty(customer) : AccountCodec.read(customer, bytes);
  }

  @Override
  public StoreMemory memory(CustomerId customer) {
    return new StoreMemory(StoreKeys.customer(customer), ids, grants);
  }

  /** Keeps what an accepted input led to. */
  void keep(Judgement.Accepted accepted) {
    CustomerId customer = accepted.next().customer();
    accounts.put(Bytes.wrap(StoreKeys.customer(customer)), AccountCodec.write(accepted.next()));
    memory(customer).keep(accepted.applied());
  }
}
