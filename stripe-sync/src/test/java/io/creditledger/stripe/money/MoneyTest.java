package io.creditledger.stripe.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "39,     usd, DOWN,    3900",
    "0.0199, usd, DOWN,    1",
    "0.005,  usd, HALF_UP, 1",
    "1999.9, jpy, DOWN,    1999",
    "1.2345, kwd, DOWN,    1234",
  })
  void is_counted_in_the_currencys_smallest_unit(
      BigDecimal major, String currency, RoundingMode rounding, long minor) {
    assertThat(Money.of(major, currency, rounding)).isEqualTo(new Money(minor, currency));
  }

  @ParameterizedTest
  @CsvSource({"3900, usd, 39.00 usd", "39, jpy, 39 jpy", "-5, usd, -0.05 usd"})
  void is_said_in_the_major_unit(long minor, String currency, String said) {
    assertThat(new Money(minor, currency)).hasToString(said);
  }

  @ParameterizedTest
  @CsvSource("92233720368547758.08, usd")
  void what_does_not_fit_is_refused(BigDecimal major, String currency) {
    assertThatThrownBy(() -> Money.of(major, currency, RoundingMode.DOWN))
        .isInstanceOf(ArithmeticException.class);
  }
}
