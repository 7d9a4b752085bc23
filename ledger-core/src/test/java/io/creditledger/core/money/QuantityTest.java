package io.creditledger.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource({
    "0,                               0",
    "-0.00,                           0",
    "1250,                            1250",
    "1000000,                         1000000",
    "1.50,                            1.5",
    "-2.25,                           -2.25",
    "0.000000000001,                  0.000000000001",
    "0001.5,                          1.5",
    "999999999999999999.999999999999, 999999999999999999.999999999999",
    "-999999999999999999,             -999999999999999999",
    "00000000000000000000000000001,   1",
  })
  void readsAndWritesPlainDecimals(String text, String written) {
    // when
    Quantity quantity = Quantity.parse(text);

    // then
    assertThat(quantity).hasToString(written);
    assertThat(Quantity.parse(written)).isEqualTo(quantity);
  }

  @ParameterizedTest(name = "\"{0}\" is refused")
  @ValueSource(strings = {"", " 1", "1.", ".1", "+1", "1e3", "NaN", "-", "1.2.3", "1f", "٣"})
  void refusesWhatIsNoPlainDecimal(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is not a decimal number");
  }

  @Test
  void refusesAThirteenthPlaceRatherThanRound() {
    assertThatThrownBy(() -> Quantity.parse("0.0000000000001"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"0.0000000000001\" has more than 12 decimal places");
  }

  @ParameterizedTest(name = "{0} is too large")
  @ValueSource(
      strings = {"1000000000000000000", "-1000000000000000000.5", "1000000000000000000000"})
  void refusesTenToTheEighteenthAndAbove(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" is not below 10^18");
  }

  @ParameterizedTest(name = "{0} is refused without being written out")
  @ValueSource(strings = {"1E+1000000000", "-1E+2147483647", "1E+18", "1E-13", "1E-2147483647"})
  void refusesDecimalsThatDoNotFit(String decimal) {
    BigDecimal value = new BigDecimal(decimal);

    assertThatThrownBy(() -> new Quantity(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("quantity ");
  }

  @ParameterizedTest(name = "{0} equals {1}")
  @CsvSource({"1E+2, 100", "1.500, 1.5", "0E-1000, 0", "0E+1000, 0", "12E+15, 12000000000000000"})
  void isEqualByValue(String decimal, String plain) {
    // when
    Quantity quantity = new Quantity(new BigDecimal(decimal));

    // then
    assertThat(quantity).isEqualTo(Quantity.parse(plain)).hasSameHashCodeAs(Quantity.parse(plain));
    assertThat(quantity.value().scale()).isNotNegative();
  }

  @Test
  void readsBackWhateverItWrites() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      // given: digits and places of every number
      BigInteger digits = new BigInteger(random.nextInt(59), random);
      BigDecimal decimal = new BigDecimal(digits, random.nextInt(13));
      Quantity quantity = new Quantity(random.nextBoolean() ? decimal : decimal.negate());

      // when
      Quantity readBack = Quantity.parse(quantity.toString());

      // then
      assertThat(readBack).as("seed %d, round %d", seed, i).isEqualTo(quantity);
    }
  }

  @Test
  void knowsItsSign() {
    assertThat(Quantity.ZERO.isZero()).isTrue();
    assertThat(Quantity.ONE.isPositive()).isTrue();
    assertThat(Quantity.ONE.isNegative()).isFalse();
    assertThat(Quantity.of(-3).isNegative()).isTrue();
    assertThat(Quantity.of(-3)).isLessThan(Quantity.ZERO);
  }
}
