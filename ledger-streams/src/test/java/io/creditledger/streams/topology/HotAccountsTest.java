package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import org.junit.jupiter.api.Test;

class HotAccountsTest {

  /** Room for three accounts without grants. */
  private final HotAccounts accounts = new HotAccounts(24);

  @Test
  void the_account_longest_unused_is_given_up() {
    // given
    accounts.keep(account("a"));
    accounts.keep(account("b"));
    accounts.keep(account("c"));
    assertThat(accounts.of(new CustomerId("a"))).isPresent();

    // when
    accounts.keep(account("d"));

    // then
    assertThat(accounts.of(new CustomerId("b"))).isEmpty();
    assertThat(accounts.of(new CustomerId("a"))).isPresent();
    assertThat(accounts.of(new CustomerId("c"))).isPresent();
    assertThat(accounts.of(new CustomerId("d"))).isPresent();
  }

  @Test
  void a_later_account_takes_the_place_of_an_earlier_one() {
    // given
    accounts.keep(account("a"));

    // when
    Account later = account("a").chained(Hash.of(new byte[] {1}));
    accounts.keep(later);
    accounts.keep(account("b"));
    accounts.keep(account("c"));

    // then
    assertThat(accounts.of(new CustomerId("a"))).contains(later);
  }

  private static Account account(String customer) {
    return Account.empty(new CustomerId(customer));
  }
}
