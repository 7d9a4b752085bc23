package io.creditledger.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {

  private static final Credits LARGEST = Credits.ofMicros(Long.MAX_VALUE);
  private static final Credits SMALLEST = Credits.ofMicros(Long.MIN_VALUE);

  @ParameterizedTest(name = "{0} is {1} millionths and is written {2}")
  @CsvSource({
    "0,                     0,                    0",
    "-0,                    0,                    0",
    "0.000000,              0,                    0",
    "3900,                  3900000000,           3900",
    "0.000125,              125,                  0.000125",
    "-1.5,                  -1500000,             -1.5",
    "-0.5,                  -500000,              -0.5",
    "-0.000001,             -1,                   -0.000001",
    "1.10,                  1100000,              1.1",
    "100.000001,            100000001,            100.000001",
    "007,                   7000000,              7",
    "9223372036854.775807,  9223372036854775807,  9223372036854.775807",
    "-9223372036854.775808, -9223372036854775808, -9223372036854.775808",
    "00000000000000000000000000000000000000000001, 1000000, 1",
  })
  void readsAndWritesPlainDecimals(String text, long micros, String written) {
    // when
    Credits credits = Credits.parse(text);

    // then
    assertThat(credits.micros()).isEqualTo(micros);
    assertThat(credits).hasToString(written);
  }

  @ParameterizedTest(name = "\"{0}\" is refused")
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        ".",
        "-.",
        ".5",
        "5.",
        "-5.",
        "+1",
        "--1",
        "1-",
        "1e3",
        "1E3",
        "1.5e1",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x10",
        "1,000",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "1.2.3",
        "abc",
        "null",
        "١٢",
        "1.٢",
        "\u0000"
      })
  void refusesWhatIsNoPlainDecimal(String text) {
    assertThatThrownBy(() -> Credits.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is not a decimal number");
  }

  @ParameterizedTest(name = "{0} has too many places")
  @ValueSource(strings = {"0.0000001", "1.0000000", "-1.1234567", "0.0000000000000000000000000001"})
  void refusesASeventhPlaceRatherThanRound(String text) {
    assertThatThrownBy(() -> Credits.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" has more than 6 decimal places");
  }

  @ParameterizedTest(name = "{0} is out of range")
  @ValueSource(
      strings = {
        "9223372036854.775808",
        "-9223372036854.775809",
        "9223372036855",
        "-9223372036855",
        "92233720368547.75807",
        "10000000000000",
        "18446744073709.551616",
        "999999999999999999999999999999"
      })
  void refusesWhatDoesNotFit64Bits(String text) {
    assertThatThrownBy(() -> Credits.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + text + "\" is outside the range of credits");
  }

  @Test
  void keepsMessagesShortAndOnOneLine() {
    assertThatThrownBy(() -> Credits.parse("a\nb" + "9".repeat(100_000)))
        .hasMessage("\"a\ufffdb" + "9".repeat(37) + "…\" is not a decimal number");
  }

  @Test
  void readsBackWhateverItWrites() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      // given: amounts of every length
      Credits credits = Credits.ofMicros(random.nextLong() >> random.nextInt(64));

      // when
      String written = credits.toString();

      // then
      assertThat(Credits.parse(written)).as("seed %d, round %d", seed, i).isEqualTo(credits);
      assertThat(written)
          .as("seed %d, round %d", seed, i)
          .isEqualTo(BigDecimal.valueOf(credits.micros(), 6).stripTrailingZeros().toPlainString());
    }
  }

  @Test
  void addsAndSubtractsExactly() {
    Credits some = Credits.parse("0.1");

    assertThat(some.plus(Credits.parse("0.2"))).isEqualTo(Credits.parse("0.3"));
    assertThat(some.minus(Credits.parse("0.3"))).isEqualTo(Credits.parse("-0.2"));
    assertThat(some.minus(some)).isEqualTo(Credits.ZERO);
    assertThat(some.negated()).isEqualTo(Credits.parse("-0.1"));
    assertThat(SMALLEST.plus(LARGEST)).isEqualTo(Credits.ofMicros(-1));
  }

  @Test
  void refusesToWrap() {
    Credits one = Credits.ofMicros(1);

    assertThatThrownBy(() -> LARGEST.plus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> SMALLEST.minus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Credits.ZERO.minus(SMALLEST)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(SMALLEST::negated).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void comparesByAmount() {
    Credits less = Credits.parse("-1");
    Credits more = Credits.parse("0.5");

    assertThat(less).isLessThan(more);
    assertThat(less.min(more)).isEqualTo(less);
    assertThat(more.min(less)).isEqualTo(less);
    assertThat(less.isNegative()).isTrue();
    assertThat(less.isPositive()).isFalse();
    assertThat(more.isPositive()).isTrue();
    assertThat(more.isNegative()).isFalse();
    assertThat(more.isZero()).isFalse();
    assertThat(Credits.ZERO.isZero()).isTrue();
    assertThat(Credits.ZERO.isPositive()).isFalse();
    assertThat(Credits.ZERO.isNegative()).isFalse();
  }
}
