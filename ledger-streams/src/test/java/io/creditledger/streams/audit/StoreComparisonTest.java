package io.creditledger.streams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.replay.Books;
import io.creditledger.core.replay.HeapMemories;
import io.creditledger.core.replay.StateDigest;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.streams.topology.StoreKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreComparisonTest {

  private static final CustomerId CUSTOMER = new CustomerId("cus_1");

  private final RecordedLedger ledger = new RecordedLedger();
  private final HeapMemories memories = new HeapMemories();

  @BeforeEach
  void a_customer_uses_credits() {
    ledger.grant("cus_1", "{\"id\":\"g1\",\"customer\":\"cus_1\",\"amount\":\"100\"}");
    ledger.grant("cus_1", "{\"id\":\"g2\",\"customer\":\"cus_1\",\"amount\":\"50\"}");
    use("u1");
    use("u2");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void use(String id) {
    ledger.usage(
        "cus_1", "{\"id\":\"%s\",\"customer\":\"cus_1\",\"credits\":\"60\"}".formatted(id));
  }

  @Test
  void a_store_equals_the_replay_at_the_entry_it_was_read_at() {
    // given: the ledger goes on after its store was read.
    Map<String, StateDigest> stated = new HashMap<>(Map.of("cus_1", live().digest()));
    use("u3");
    StoreComparison comparison = new StoreComparison(stated, memories);

    // when
    replay(comparison);

    // then
    assertThat(comparison.compared()).isEqualTo(1);
    assertThat(comparison.open()).isEmpty();
  }

  @Test
  void a_store_that_is_ahead_of_the_journal_stays_open() {
    // given
    StateDigest now = live().digest();
    StoreComparison comparison =
        new StoreComparison(
            Map.of("cus_1", new StateDigest(now.sequence() + 1, now.account(), now.grants())),
            memories);

    // when
    replay(comparison);

    // then
    assertThat(comparison.compared()).isZero();
    assertThat(comparison.open()).containsExactly("cus_1");
  }

  @Test
  void an_account_edited_behind_the_service_is_named_with_its_field() {
    // given: somebody gives the customer credits in the store.
    Account account = live().account();
    Grant grant = account.grants().getFirst();
    Account rich = with(account, grant.after(Move.ADJUST_UP, Credits.parse("1000")));
    ledger.edit(CUSTOMER, AccountCodec.write(rich));
    StoreComparison comparison = new StoreComparison(Map.of("cus_1", live().digest()), memories);

    // when
    Account replayed = replay(comparison);

    // then
    assertThat(comparison.open()).containsExactly("cus_1");
    assertThat(comparison.difference(live(), replayed))
        .isEqualTo("after entry 4, grants[0].adjusted is 1000, and should be 0");
  }

  private static Account with(Account account, Grant grant) {
    return new Account(
        account.customer(),
        account.sequence(),
        account.chainedTo(),
        account.head(),
        account.lastInput(),
        account.settings(),
        List.of(grant),
        account.reservations(),
        account.series(),
        account.totals(),
        account.counts(),
        account.reminded(),
        account.topUp());
  }

  private Account replay(StoreComparison comparison) {
    Books books = new Books(memories);
    PartitionAudit audit =
        new PartitionAudit(
            new JournalReader(ledger.log()),
            books,
            ledger::catalogs,
            1,
            AuditScope.ALL,
            comparison);
    audit.run();
    return books.account(CUSTOMER);
  }

  /** The state as the service would tell it. */
  private LiveStates.Whole live() {
    byte[] key = StoreKeys.customer(CUSTOMER);
    List<GrantRecord> grants = new ArrayList<>();
    try (var all = ledger.grants().prefixScan(StoreKeys.prefix(key), new ByteArraySerializer())) {
      all.forEachRemaining(grant -> grants.add(GrantRecordCodec.read(grant.value)));
    }
    return new LiveStates.Whole(AccountCodec.read(CUSTOMER, ledger.account(CUSTOMER)), grants);
  }
}
