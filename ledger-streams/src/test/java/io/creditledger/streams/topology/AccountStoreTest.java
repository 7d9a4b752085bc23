package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountStoreTest {

  private final CommittingStores stores = new CommittingStores(Path.of("unused"));
  private final KeyValueStore<Bytes, byte[]> kept = stores.open(CommittingStores.memory());
  private final AccountStore accounts = new AccountStore(stores.logged(kept));
  private final List<HotAccounts.Changed> told = new ArrayList<>();

  @BeforeEach
  void use() {
    accounts.usedBy(CommittingStores.scope());
    accounts.tell(told::add);
  }

  @Test
  void an_account_that_changed_twice_is_written_and_told_once_with_the_commit() {
    // given
    keep(account("a", 1), 5);
    keep(account("a", 2), 7);
    keep(account("b", 3), 6);
    int before = stores.changelog.size();

    // when
    accounts.flushCache();
    accounts.flushCache();

    // then
    assertThat(before).isZero();
    assertThat(stores.changelog).hasSize(2);
    assertThat(told)
        .containsExactlyInAnyOrder(
            new HotAccounts.Changed(account("a", 2), 7),
            new HotAccounts.Changed(account("b", 3), 6));
    assertThat(kept.get(key("a"))).isEqualTo(AccountCodec.write(account("a", 2)));
  }

  @Test
  void what_is_not_written_yet_is_read_by_whoever_asks() {
    // when
    keep(account("a", 1), 5);

    // then
    assertThat(kept.get(key("a"))).isNull();
    assertThat(accounts.get(key("a"))).isEqualTo(AccountCodec.write(account("a", 1)));
    assertThat(accounts.account(new CustomerId("a"))).isEqualTo(account("a", 1));
    assertThat(accounts.account(new CustomerId("b"))).isEqualTo(Account.empty(new CustomerId("b")));
  }

  @Test
  void what_was_written_before_is_found_again() {
    // given
    kept.put(key("a"), AccountCodec.write(account("a", 9)));

    // when
    Account found = accounts.account(new CustomerId("a"));

    // then
    assertThat(found).isEqualTo(account("a", 9));
  }

  @Test
  void what_was_not_committed_is_gone_when_the_task_begins_anew() {
    // given
    keep(account("a", 1), 5);
    accounts.flushCache();
    keep(account("a", 2), 6);
    keep(account("b", 3), 6);

    // when
    accounts.clearCache();
    accounts.usedBy(CommittingStores.scope());

    // then
    assertThat(accounts.account(new CustomerId("a"))).isEqualTo(account("a", 1));
    assertThat(accounts.account(new CustomerId("b"))).isEqualTo(Account.empty(new CustomerId("b")));
    accounts.flushCache();
    assertThat(told).containsExactly(new HotAccounts.Changed(account("a", 1), 5));
  }

  @Test
  void what_another_wrote_meanwhile_counts_when_the_task_begins_anew() {
    // given
    keep(account("a", 1), 5);
    accounts.flushCache();
    kept.put(key("a"), AccountCodec.write(account("a", 2)));

    // when
    accounts.usedBy(CommittingStores.scope());

    // then
    assertThat(accounts.account(new CustomerId("a"))).isEqualTo(account("a", 2));
  }

  @Test
  void more_than_its_room_does_not_wait_for_the_commit() {
    // when
    for (int i = 0; i < 60_000; i++) {
      keep(account("c" + i, 1), 5);
    }

    // then
    assertThat(told).hasSizeGreaterThan(10_000);
    assertThat(stores.changelog).hasSameSizeAs(told);
  }

  @Test
  void a_range_has_what_is_written_with_what_is_not_laid_over_it() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TreeMap<Bytes, byte[]> model = new TreeMap<>();
      for (int step = 0; step < 40; step++) {
        Account account = account("k" + random.nextInt(20), (int) seed * 100 + step);
        keep(account, step);
        model.put(key(account.customer().value()), AccountCodec.write(account));
        if (random.nextInt(10) == 0) {
          accounts.flushCache();
        }
        assertRange(model, "k" + random.nextInt(20), "k" + random.nextInt(20));
      }
      accounts.flushCache();
      kept.all().forEachRemaining(left -> kept.delete(left.key));
    }
  }

  private void assertRange(NavigableMap<Bytes, byte[]> model, String one, String other) {
    Bytes from = key(one.compareTo(other) <= 0 ? one : other);
    Bytes to = key(one.compareTo(other) <= 0 ? other : one);
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> range = accounts.range(from, to)) {
      while (range.hasNext()) {
        Bytes next = range.peekNextKey();
        KeyValue<Bytes, byte[]> read = range.next();
        assertThat(read.key).isEqualTo(next);
        assertThat(read.value).isEqualTo(model.get(next));
        keys.add(next);
      }
    }
    Map<Bytes, byte[]> expected = model.subMap(from, true, to, true);
    assertThat(keys).containsExactlyElementsOf(expected.keySet());
  }

  private void keep(Account account, long atMillis) {
    accounts.keep(account, atMillis);
  }

  private static Account account(String customer, int state) {
    return Account.empty(new CustomerId(customer))
        .chained(Hash.of(("state " + state).getBytes(StandardCharsets.UTF_8)));
  }

  private static Bytes key(String customer) {
    return Bytes.wrap(StoreKeys.customer(new CustomerId(customer)));
  }
}
