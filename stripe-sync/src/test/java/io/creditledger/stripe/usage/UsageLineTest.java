package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.rules.MeterRule.Measure;
import io.creditledger.stripe.rules.MeterRule.Send;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageLineTest {

  @Test
  void all_of_it_counts_or_only_what_no_grant_covered() {
    assertThat(counted(Send.ALL, Measure.CREDITS, "10", "2.5", "1")).isEqualTo("2.500000");
    assertThat(counted(Send.ALL, Measure.QUANTITY, "10", "2.5", "1")).isEqualTo("10");
    assertThat(counted(Send.OVERAGE, Measure.CREDITS, "10", "2.5", "1")).isEqualTo("1.000000");
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "10", "2.5", "1"))
        .isEqualTo("4.000000000000");
  }

  @Test
  void a_part_of_a_quantity_is_rounded_once_half_even_at_twelve_places() {
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "1", "3", "1")).isEqualTo("0.333333333333");
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "1", "3", "2")).isEqualTo("0.666666666667");
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "1", "3", "3")).isEqualTo("1");
    // Half a unit of the twelfth place, once below an even digit and once above.
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "0.000000000005", "2", "1"))
        .isEqualTo("0.000000000002");
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "0.000000000003", "2", "1"))
        .isEqualTo("0.000000000002");
  }

  @Test
  void usage_that_costs_nothing_counts_in_quantity_and_is_no_overage() {
    assertThat(counted(Send.ALL, Measure.QUANTITY, "7", "0", "0")).isEqualTo("7");
    assertThat(counted(Send.OVERAGE, Measure.QUANTITY, "7", "0", "0")).isEqualTo("0");
  }

  @Test
  void what_is_undone_counts_no_more_in_proportion() {
    UsageLine all = line(Send.ALL, Measure.QUANTITY, "10", "4", "1");
    UsageLine overage = line(Send.OVERAGE, Measure.CREDITS, "10", "4", "1");

    assertThat(all.less(Credits.parse("1"), Credits.ZERO).counted()).isEqualByComparingTo("7.5");
    assertThat(
            all.less(Credits.parse("1"), Credits.ZERO)
                .less(Credits.parse("3"), Credits.ZERO)
                .counted())
        .isEqualByComparingTo("0");
    assertThat(overage.less(Credits.parse("2"), Credits.parse("1")).counted())
        .isEqualByComparingTo("0");
  }

  @Test
  void nothing_is_counted_in_quantity_without_one() {
    assertThatThrownBy(() -> line(Send.ALL, Measure.QUANTITY, Optional.empty(), "4", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no quantity");
  }

  @Test
  void a_basis_can_be_read_back() {
    for (Send send : Send.values()) {
      for (Measure measure : Measure.values()) {
        for (Aggregation aggregation : Aggregation.values()) {
          Basis basis = new Basis(send, measure, aggregation);
          assertThat(Basis.parse(basis.text())).isEqualTo(basis);
        }
      }
    }
    assertThatThrownBy(() -> Basis.parse("all/credits"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String counted(
      Send send, Measure measure, String quantity, String credits, String overage) {
    return line(send, measure, quantity, credits, overage).counted().toPlainString();
  }

  private static UsageLine line(
      Send send, Measure measure, String quantity, String credits, String overage) {
    return line(send, measure, Optional.of(Quantity.parse(quantity)), credits, overage);
  }

  private static UsageLine line(
      Send send, Measure measure, Optional<Quantity> quantity, String credits, String overage) {
    return new UsageLine(
        new EventId("u1"),
        new MeterWindow(new CustomerId("cus_1"), "tokens", START, START.plusSeconds(60)),
        START,
        new Basis(send, measure, Aggregation.SUM),
        quantity,
        Credits.parse(credits),
        Credits.parse(overage),
        Credits.ZERO,
        Credits.ZERO,
        START);
  }
}
