package io.creditledger.core.replay;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.CustomerId;
import java.util.Collection;

/** What a replay remembers of all its customers beside their accounts: ids and grants. */
public interface Memories {

  /** A view of what is remembered of a customer, which sees what is kept later. */
  Memory of(CustomerId customer);

  /** Every grant the customer ever had, as it was kept last, in no particular order. */
  Collection<GrantRecord> grants(CustomerId customer);

  /** Keeps what an entry of the customer brought, in place of what has the same ids. */
  void keep(CustomerId customer, Applied applied);
}
