package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Accounts;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Accounts and what is remembered beside them, in the stores of a task. For one task as it was
 * initialised: nobody else may change its stores meanwhile.
 */
final class StoredAccounts implements Accounts {

  private final AccountStore accounts;
  private final IdStore ids;
  private final KeyValueStore<Bytes, byte[]> grants;
  private Optional<StoreMemory> last = Optional.empty();

  private StoredAccounts(AccountStore accounts, IdStore ids, KeyValueStore<Bytes, byte[]> grants) {
    this.accounts = accounts;
    this.ids = ids;
    this.grants = grants;
  }

  /**
   * The accounts in the stores of the processor that is being initialised.
   *
   * @param told of each changed account before it is committed
   */
  static StoredAccounts of(ProcessorContext<?, ?> context, Consumer<HotAccounts.Changed> told) {
    CommitScope scope = CommitScope.of(context);
    AccountStore accounts = context.getStateStore(StoreNames.ACCOUNTS);
    IdStore ids = context.getStateStore(StoreNames.PROCESSED_IDS);
    accounts.usedBy(scope);
    accounts.tell(told);
    ids.usedBy(scope);
    return new StoredAccounts(accounts, ids, context.getStateStore(StoreNames.GRANTS));
  }

  @Override
  public Account account(CustomerId customer) {
    return accounts.account(customer);
  }

  @Override
  public StoreMemory memory(CustomerId customer) {
    return memory(StoreKeys.customer(customer));
  }

  /** What was decided last was decided by the memory that was asked for last. */
  private StoreMemory memory(byte[] customer) {
    if (last.isEmpty() || !last.get().isOf(customer)) {
      last = Optional.of(new StoreMemory(customer, ids, grants));
    }
    return last.get();
  }

  /**
   * Keeps what an accepted input led to.
   *
   * @param customer the input's key
   * @param recordedAtMillis the input's time
   */
  void keep(byte[] customer, Judgement.Accepted accepted, long recordedAtMillis) {
    accounts.keep(accepted.next(), recordedAtMillis);
    memory(customer).keep(accepted.applied());
  }

  /** Frees the space of some ids whose time is over, see {@link IdStore#sweep}. */
  void sweepIds(Instant now, Limits limits) {
    ids.sweep(now, limits.idMemory());
  }
}
