package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotAccountsTest {

  /** Room for ten accounts without grants. */
  private final HotAccounts accounts = new HotAccounts(80);

  @Test
  void accounts_that_are_not_used_are_given_up_and_one_in_use_stays() {
    // given
    accounts.keep(account("a", 0));

    // when
    for (int i = 0; i < 1_000; i++) {
      accounts.keep(account("c" + i, 0));
      assertThat(accounts.of(new CustomerId("a"))).isPresent();
    }

    // then
    long kept =
        IntStream.range(0, 1_000)
            .filter(i -> accounts.of(new CustomerId("c" + i)).isPresent())
            .count();
    assertThat(kept).isBetween(1L, 20L);
  }

  @Test
  void what_changed_stays_until_it_is_written() {
    // given
    for (int i = 0; i < 100; i++) {
      accounts.change(account("c" + i, 1), i);
    }

    // when
    List<HotAccounts.Changed> written = new ArrayList<>();
    accounts.write(written::add);
    for (int i = 0; i < 100; i++) {
      accounts.keep(account("d" + i, 0));
    }

    // then
    assertThat(written).hasSize(100).contains(new HotAccounts.Changed(account("c7", 1), 7));
    assertThat(accounts.changedCount()).isZero();
    assertThat(accounts.changed()).isEmpty();
    assertThat(accounts.changed(new CustomerId("c7"))).isEmpty();
    assertThat(
            IntStream.range(0, 100)
                .filter(i -> accounts.of(new CustomerId("c" + i)).isPresent())
                .count())
        .isLessThan(20);
  }

  @Test
  void nothing_that_changed_is_ever_lost() {
    for (long seed = 0; seed < 50; seed++) {
      // given
      SplittableRandom random = new SplittableRandom(seed);
      HotAccounts hot = new HotAccounts(random.nextInt(200));
      Map<CustomerId, Account> disk = new HashMap<>();
      Map<CustomerId, Account> model = new HashMap<>();

      // when
      for (int step = 0; step < 2_000; step++) {
        CustomerId customer = new CustomerId("c" + random.nextInt(40));
        Account known = disk.getOrDefault(customer, Account.empty(customer));
        Account before = hot.of(customer).orElse(known);
        assertThat(before).isEqualTo(model.getOrDefault(customer, Account.empty(customer)));
        if (hot.of(customer).isEmpty() && disk.containsKey(customer)) {
          hot.keep(known);
        }
        if (random.nextBoolean()) {
          Account next = account(customer.value(), step);
          hot.change(next, step);
          model.put(customer, next);
          assertThat(hot.changed(customer)).contains(next);
        }
        if (random.nextInt(30) == 0) {
          hot.write(changed -> disk.put(changed.account().customer(), changed.account()));
        }
      }

      // then
      hot.write(changed -> disk.put(changed.account().customer(), changed.account()));
      assertThat(disk).isEqualTo(model);
    }
  }

  private static Account account(String customer, int state) {
    return Account.empty(new CustomerId(customer)).chained(Hash.of(new byte[] {(byte) state}));
  }
}
