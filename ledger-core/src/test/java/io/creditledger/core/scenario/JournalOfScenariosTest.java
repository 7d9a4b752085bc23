package io.creditledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.wire.EntryJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the journals of all our scenarios promise, whatever the scenario. */
class JournalOfScenariosTest {

  static List<Scenario> scenarios() {
    return Folders.scenarios(Folders.find("docs/scenarios").orElseThrow(), ".yaml");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void the_journal_alone_leads_to_the_same_account(Scenario scenario) {
    // given
    MemoryDriver driver = new MemoryDriver(scenario.effectiveCatalog());
    ScenarioRunner.run(scenario, driver);
    View view = driver.view(scenario.customer());

    // when
    Account replayed = Account.empty(scenario.customer());
    Remembered memory = new Remembered();
    for (LedgerEntry entry : view.entries()) {
      byte[] bytes = EntryJson.write(entry);
      LedgerEntry read = EntryJson.read(bytes);
      assertThat(read.header().previous()).isEqualTo(replayed.head());
      Applied applied = Ledger.apply(replayed, memory, read);
      memory.remember(applied);
      replayed = applied.account().chained(Hash.of(bytes));
    }

    // then
    assertThat(replayed).isEqualTo(view.account());
  }

  /** A memory filled from entries. */
  private static final class Remembered implements Memory {

    private final Map<EventId, Memo> memos = new HashMap<>();
    private final Map<GrantId, GrantRecord> grants = new HashMap<>();

    void remember(Applied applied) {
      applied.memos().forEach(memo -> memos.put(memo.id(), memo));
      applied.grants().forEach(record -> grants.put(record.grant().id(), record));
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
}
