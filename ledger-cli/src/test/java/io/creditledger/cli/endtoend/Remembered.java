package io.creditledger.cli.endtoend;

import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One customer's memory during a replay. */
final class Remembered implements Memory {

  private final Map<EventId, Memo> memos = new HashMap<>();
  private final Map<GrantId, GrantRecord> grants = new HashMap<>();

  void keep(Applied applied) {
    applied.memos().forEach(memo -> memos.put(memo.id(), memo));
    applied.grants().forEach(grant -> grants.put(grant.grant().id(), grant));
  }

  @Override
  public Optional<Memo> memo(EventId id) {
    return Optional.ofNullable(memos.get(id));
  }

  @Override
  public Optional<GrantRecord> grant(GrantId id) {
    return Optional.ofNullable(grants.get(id));
  }
}
