package io.creditledger.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.entry.Change;
import io.creditledger.core.event.Charge;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.wire.CatalogYaml;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the journal says was used of a meter when a reservation is settled. */
class SettlementTest {

  private static final MeterName TOKENS = new MeterName("tokens");

  private final OneCustomer customer =
      new OneCustomer(CatalogYaml.parse("catalog", "meters: {tokens: {credits: \"2\", per: 1}}"));

  @Test
  void without_an_amount_the_quantity_that_was_reserved_was_used() {
    // given
    customer.grant("g", "100");
    customer.reserve("r1", TOKENS, "7");

    // when
    customer.settle("r1", Optional.empty());

    // then
    assertThat(settled().quantity()).contains(Quantity.of(7));
    assertThat(settled().credits()).isEqualTo(Credits.parse("14"));
  }

  @Test
  void with_a_quantity_that_one_was_used() {
    // given
    customer.grant("g", "100");
    customer.reserve("r1", TOKENS, "7");

    // when
    customer.settle("r1", Optional.of(new Charge.Metered(Quantity.of(3))));

    // then
    assertThat(settled().quantity()).contains(Quantity.of(3));
    assertThat(settled().credits()).isEqualTo(Credits.parse("6"));
  }

  private Change.Settled settled() {
    return (Change.Settled) customer.entries().getLast().change();
  }
}
