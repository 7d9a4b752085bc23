package io.creditledger.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {

  private static final MeterName METER = new MeterName("llm.input_tokens");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest(name = "{0} at {1} per {2} costs {3}")
  @CsvSource({
    // quantity,        rate,            package,         credits
    "1250,              0.5,             1000,            0.625",
    "1,                 0.5,             1000,            0.0005",
    "0,                 0.5,             1000,            0",
    "1250,              0,               1000,            0",
    "3,                 1,               7,               0.428571",
    "1,                 1,               3,               0.333333",
    "2,                 1,               3,               0.666667",
    // ties go to the even millionth
    "1,                 0.0000005,       1,               0",
    "3,                 0.0000005,       1,               0.000002",
    "5,                 0.0000005,       1,               0.000002",
    "7,                 0.0000005,       1,               0.000004",
    "-1,                0.0000005,       1,               0",
    "-3,                0.0000005,       1,               -0.000002",
    "1,                 0.000001,        2,               0",
    "3,                 0.000001,        2,               0.000002",
    "0.0000025,         1,               1,               0.000002",
    "0.0000035,         1,               1,               0.000004",
    // just off a tie
    "0.000002500001,    1,               1,               0.000003",
    "0.000002499999,    1,               1,               0.000002",
    "0.000000000001,    0.000000000001,  1,               0",
    // rounded once: 0.0000004999999 would round up if it were first cut to seven places
    "0.4999999,         0.000001,        1,               0",
    "0.5000001,         0.000001,        1,               0.000001",
    // the ends of the range
    "9223372036854,     1,               1,               9223372036854",
    "9223372036854.775807, 1,            1,               9223372036854.775807",
    "-9223372036854.775808, 1,           1,               -9223372036854.775808",
    "999999999999999999, 0.000000000001, 1,               1000000",
    "999999999999999999.999999999999, 1, 1000000,         1000000000000",
    "0.000001,          1,               0.000000000001,  1000000",
  })
  void roundsHalfEvenToAMillionth(String quantity, String credits, String per, String expected) {
    // given
    Meter meter = meter(Rate.perPackage(new BigDecimal(credits), Quantity.parse(per)));

    // when
    Optional<Rated> rated = Rating.rate(meter, Quantity.parse(quantity), Map.of(), NOON);

    // then
    assertThat(rated).map(Rated::credits).contains(Credits.parse(expected));
    assertThat(rated).map(Rated::rate).contains(meter.rates().get(0));
  }

  @ParameterizedTest(name = "{0} at {1} per {2} is out of range")
  @CsvSource({
    "9223372036854.775808,  1,                  1",
    "-9223372036854.775809, 1,                  1",
    "9223372036854.7758075, 1,                  1",
    "999999999999999999,    999999999999999999, 1",
    "999999999999999999,    999999999999999999, 0.000000000001",
    "10000000000000,        1,                  1",
  })
  void refusesCreditsBeyond64Bits(String quantity, String credits, String per) {
    // given
    Meter meter = meter(Rate.perPackage(new BigDecimal(credits), Quantity.parse(per)));
    Quantity measured = Quantity.parse(quantity);

    // then
    assertThatThrownBy(() -> Rating.rate(meter, measured, Map.of(), NOON))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void costsTheSameInLongsAsInDecimals() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 300_000; i++) {
      // given: operands of every length, many of them round, so that ties are common
      Quantity quantity = decimal(random, 59);
      Quantity credits = decimal(random, 40);
      Quantity per = decimal(random, 30);
      if (per.isZero()) {
        continue;
      }
      Rate rate = Rate.perPackage(credits.value(), per);
      BigInteger expected =
          quantity
              .value()
              .multiply(credits.value())
              .movePointRight(6)
              .divide(per.value(), 0, RoundingMode.HALF_EVEN)
              .toBigInteger();

      // then
      String round = "seed " + seed + ", round " + i + ": " + quantity + " × " + rate;
      if (expected.bitLength() > 63) {
        assertThatThrownBy(() -> Rating.credits(quantity, rate))
            .as(round)
            .isInstanceOf(ArithmeticException.class);
      } else {
        Credits exact = Credits.ofMicros(expected.longValueExact());
        assertThat(Rating.credits(quantity, rate)).as(round).isEqualTo(exact);
        assertThat(Rating.creditsInDecimals(quantity, rate)).as(round).isEqualTo(exact);
      }
    }
  }

  private static Quantity decimal(Random random, int bitsMax) {
    BigDecimal digits = new BigDecimal(new BigInteger(1 + random.nextInt(bitsMax), random));
    BigDecimal round = random.nextBoolean() ? digits : digits.divideToIntegralValue(BigDecimal.TEN);
    return new Quantity(round.movePointLeft(random.nextInt(13)));
  }

  @Test
  void countsEachEventAsOneWhateverItCarries() {
    // given
    Meter meter =
        new Meter(
            METER,
            "Tasks",
            "",
            "agent.task",
            Aggregation.COUNT,
            Unit.CREDITS,
            List.of(Rate.perPiece(new BigDecimal("3.5"))),
            Optional.empty(),
            Optional.empty());

    // when
    Optional<Rated> rated = Rating.rate(meter, Quantity.of(1000), Map.of(), NOON);

    // then
    assertThat(rated).map(Rated::credits).contains(Credits.parse("3.5"));
  }

  @Test
  void pricesNothingWithoutARate() {
    assertThat(Rating.rate(meter(), Quantity.ONE, Map.of(), NOON)).isEmpty();
  }

  @Test
  void sharesAreRoundedHalfEvenAndNeverMoreThanTheWhole() {
    assertThat(Rating.share(Credits.parse("50"), new BigDecimal("0.5")))
        .isEqualTo(Credits.parse("25"));
    assertThat(Rating.share(Credits.ofMicros(1), new BigDecimal("0.5"))).isEqualTo(Credits.ZERO);
    assertThat(Rating.share(Credits.ofMicros(3), new BigDecimal("0.5")))
        .isEqualTo(Credits.ofMicros(2));
    assertThat(Rating.share(Credits.ofMicros(Long.MAX_VALUE), BigDecimal.ONE))
        .isEqualTo(Credits.ofMicros(Long.MAX_VALUE));
  }

  private static Meter meter(Rate... rates) {
    return Meter.summing(METER, Unit.CREDITS, List.of(rates));
  }
}
