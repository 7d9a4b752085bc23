package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Accounts;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The books as a service has them that let every id go whose time was over by the catalog that
 * remembers shortest: what a longer {@code id_retention} cannot bring back.
 */
final class LetGo implements Accounts {

  private final Accounts books;
  private final Instant now;
  private final Duration idMemoryMin;

  LetGo(Accounts books, Instant now, Duration idMemoryMin) {
    this.books = books;
    this.now = now;
    this.idMemoryMin = idMemoryMin;
  }

  @Override
  public Account account(CustomerId customer) {
    return books.account(customer);
  }

  @Override
  public Memory memory(CustomerId customer) {
    Memory whole = books.memory(customer);
    return new Memory() {
      @Override
      public Optional<Memo> memo(EventId id) {
        return whole.memo(id).filter(memo -> memo.rememberedAt(now, idMemoryMin));
      }

      @Override
      public Optional<GrantRecord> grant(GrantId id) {
        return whole.grant(id);
      }
    };
  }
}
