package io.creditledger.stripe.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueSplitTest {

  @Test
  void what_stripe_takes_as_one_value_stays_one() {
    assertThat(split("123456789.012345")).containsExactly("123456789.012345");
    assertThat(split("-5")).containsExactly("-5");
    // Zeros at the end are no significant digits.
    assertThat(split("1000000000000000000")).containsExactly("1000000000000000000");
    assertThat(split("2.500000000000000000")).containsExactly("2.5");
    assertThat(split("0")).isEmpty();
    assertThat(split("0.000")).isEmpty();
  }

  @Test
  void more_than_fifteen_digits_become_several_values_with_the_same_sum() {
    assertThat(split("1234567890.123456")).containsExactly("1234567890.12345", "0.000006");
    assertThat(split("-999999999999999999.999999999999"))
        .containsExactly("-999999999999999000", "-999.999999999999");
  }

  @Test
  void values_always_fit_and_always_add_up() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      BigDecimal value =
          new BigDecimal(new java.math.BigInteger(1 + random.nextInt(100), random), 12);
      List<BigDecimal> parts = ValueSplit.split(i % 2 == 0 ? value : value.negate());

      assertThat(parts).as("parts of %s", value).allMatch(ValueSplit::fits);
      assertThat(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).abs())
          .isEqualByComparingTo(value);
    }
  }

  private static List<String> split(String value) {
    return ValueSplit.split(new BigDecimal(value)).stream().map(BigDecimal::toPlainString).toList();
  }
}
