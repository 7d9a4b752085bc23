package io.creditledger.core.account;

import io.creditledger.core.id.CustomerId;

/** Where accounts are found, and what is remembered beside them: a store, or a replay's books. */
public interface Accounts {

  /** The customer's account, chained; an empty one where nothing was accepted of the customer. */
  Account account(CustomerId customer);

  /** What is remembered of the customer. */
  Memory memory(CustomerId customer);
}
