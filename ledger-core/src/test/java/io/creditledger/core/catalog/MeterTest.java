package io.creditledger.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
  private static final MeterName NAME = new MeterName("llm.input_tokens");

  private static final Meter METER =
      Meter.summing(
          NAME,
          Unit.CREDITS,
          List.of(
              rate("1", Map.of()),
              rate("2", Map.of(), DECEMBER),
              rate("3", Map.of("model", "large")),
              rate("4", Map.of("model", "large"), JANUARY),
              rate("5", Map.of("model", "large", "tier", "gold")),
              rate("6", Map.of("region", "eu")),
              rate("7", Map.of("region", "us"), DECEMBER)));

  @ParameterizedTest(name = "{0} with {1} costs {2}")
  @CsvSource({
    "2026-11-30T23:59:59.999999999Z, '',                              1",
    "2026-12-01T00:00:00Z,           '',                              2",
    "2027-06-01T00:00:00Z,           'model=small',                   2",
    // a closer match wins even if it is older
    "2026-12-31T23:59:59Z,           'model=large',                   3",
    "2027-01-01T00:00:00Z,           'model=large',                   4",
    "2027-01-01T00:00:00Z,           'model=large;tier=gold',         5",
    "2027-01-01T00:00:00Z,           'model=large;tier=silver',       4",
    "2027-01-01T00:00:00Z,           'tier=gold',                     2",
    // equally close: the later, then the first to appear
    "2026-11-01T00:00:00Z,           'model=large;region=eu',         3",
    "2026-12-01T00:00:00Z,           'model=large;region=us',         7",
    "2027-01-01T00:00:00Z,           'model=large;region=us',         4",
    "2026-12-01T00:00:00Z,           'region=us;user=u_7',            7",
    "2026-11-01T00:00:00Z,           'region=us',                     1",
  })
  void choosesTheClosestThenTheLatestThenTheFirstRate(
      Instant occurredAt, String properties, BigDecimal credits) {
    assertThat(METER.rateFor(properties(properties), occurredAt))
        .map(Rate::creditsPerPackage)
        .contains(credits);
  }

  @Test
  void hasNoRateBeforeTheFirstIsEffective() {
    // given
    Meter meter = Meter.summing(NAME, Unit.CREDITS, List.of(rate("1", Map.of(), DECEMBER)));

    // then
    assertThat(meter.rateFor(Map.of(), DECEMBER.minusNanos(1))).isEmpty();
  }

  @Test
  void refusesTwoRatesForTheSameUsageFromTheSameMoment() {
    // given
    List<Rate> rates =
        List.of(
            rate("1", Map.of("model", "large"), DECEMBER),
            rate("1", Map.of("model", "large")),
            rate("2", Map.of("model", "large"), DECEMBER));

    // then
    assertThatThrownBy(() -> Meter.summing(NAME, Unit.CREDITS, rates))
        .isInstanceOf(InvalidCatalogException.class)
        .hasMessage("meter.rates[2] has the same match and effective_from as rates[0]");
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    assertThatThrownBy(
            () ->
                new Meter(
                    NAME,
                    " ",
                    "x".repeat(4001),
                    "a\nb",
                    Aggregation.SUM,
                    Unit.CREDITS,
                    List.of(),
                    Optional.empty(),
                    Optional.of("\ud83d")))
        .hasMessage(
            "meter.display_name is empty; meter.description is longer than 4000 characters; "
                + "meter.event_name holds a line break or a tab; "
                + "meter.quantity_unit holds an unpaired surrogate at index 0");
  }

  @ParameterizedTest(name = "{0} credits per {1} are refused")
  @CsvSource({
    "-1,              1,  rate.credits is negative: -1",
    "1,               0,  rate.per is not above zero: 0",
    "1,               -2, rate.per is not above zero: -2",
    "1E18,            1,  rate.credits is out of range: quantity is not below 10^18",
    "0.0000000000001, 1,  rate.credits is out of range: quantity has more than 12 decimal places",
  })
  void refusesRatesThatMakeNoSense(BigDecimal credits, BigDecimal per, String message) {
    Quantity packageSize = new Quantity(per);

    assertThatThrownBy(() -> Rate.perPackage(credits, packageSize))
        .isInstanceOf(InvalidCatalogException.class)
        .hasMessage(message);
  }

  private static Rate rate(String credits, Map<String, String> match) {
    return new Rate(Optional.empty(), match, new BigDecimal(credits), Quantity.ONE);
  }

  private static Rate rate(String credits, Map<String, String> match, Instant effectiveFrom) {
    return new Rate(Optional.of(effectiveFrom), match, new BigDecimal(credits), Quantity.ONE);
  }

  private static Map<String, String> properties(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    return List.of(text.split(";", -1)).stream()
        .map(property -> property.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }
}
