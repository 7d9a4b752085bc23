package io.creditledger.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogTest {

  private static final MeterName TOKENS = new MeterName("llm.input_tokens");
  private static final MeterName TASKS = new MeterName("agent.task");
  private static final Unit GOODIES = new Unit("goodies");

  @Test
  void isEmptyWithDefaultsToStartWith() {
    assertThat(Catalog.EMPTY.meters()).isEmpty();
    assertThat(Catalog.EMPTY.plans()).isEmpty();
    assertThat(Catalog.EMPTY.defaultUnit()).isEqualTo(Unit.CREDITS);
    assertThat(Catalog.EMPTY.units()).containsOnlyKeys(Unit.CREDITS);
    assertThat(Catalog.EMPTY.defaultOverdraft())
        .isEqualTo(OverdraftPolicy.of(Overdraft.BILL))
        .isEqualTo(OverdraftPolicy.DEFAULT);
    assertThat(Catalog.EMPTY.limits())
        .isEqualTo(
            new Limits(
                Duration.ofDays(35),
                Duration.ofMinutes(5),
                Duration.ZERO,
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                Duration.ofDays(35)));
  }

  /** Entries name the version: the text of a catalog must stay what it is, byte for byte. */
  @Test
  void keepsItsCanonicalTextAndVersionForEver() {
    assertThat(CatalogJson.canonical(Catalog.EMPTY))
        .isEqualTo(
            "{\"default_unit\":\"credits\",\"limits\":{\"expiry_grace\":\"PT0S\","
                + "\"id_retention\":\"PT840H\",\"reservation_ttl\":\"PT15M\","
                + "\"reservation_ttl_max\":\"PT24H\",\"usage_max_age\":\"PT840H\","
                + "\"usage_max_ahead\":\"PT5M\"},\"meters\":{},"
                + "\"overdraft\":{\"policy\":\"bill\"},\"plans\":{},"
                + "\"units\":{\"credits\":{\"description\":\"\",\"name\":\"credits\"}}}");
    assertThat(Catalog.EMPTY.version()).isEqualTo("9dcc2fcba5bd");
  }

  @Test
  void hasTheSameVersionForTheSameContentOnly() {
    // given
    Catalog one = Catalog.ofMeters(List.of(meter(TOKENS, "a"), meter(TASKS, "b")));
    Catalog reordered = Catalog.ofMeters(List.of(meter(TASKS, "b"), meter(TOKENS, "a")));
    Catalog other = one.withDefaultOverdraft(OverdraftPolicy.of(Overdraft.REJECT));

    // then
    assertThat(reordered).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(reordered.version()).isEqualTo(one.version()).matches("[0-9a-f]{12}");
    assertThat(other).isNotEqualTo(one);
    assertThat(other.version()).isNotEqualTo(one.version());
    assertThat(one).hasToString("catalog " + one.version() + " (2 meters, 0 plans)");
  }

  @Test
  void findsMetersByNameAndByEventName() {
    // given
    Catalog catalog = Catalog.ofMeters(List.of(meter(TOKENS, "tokens.read")));

    // then
    assertThat(catalog.meter(TOKENS)).map(Meter::eventName).contains("tokens.read");
    assertThat(catalog.meterOfEvent("tokens.read")).map(Meter::name).contains(TOKENS);
    assertThat(catalog.meter(TASKS)).isEmpty();
    assertThat(catalog.meterOfEvent("llm.input_tokens")).isEmpty();
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThatThrownBy(() -> Catalog.ofMeters(List.of(meter(TOKENS, "x"), meter(TASKS, "x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share the event_name x");
    assertThatThrownBy(() -> Catalog.ofMeters(List.of(Meter.summing(TOKENS, GOODIES, List.of()))))
        .hasMessage("meters.llm.input_tokens names an unknown unit: goodies");
    assertThatThrownBy(() -> Catalog.ofMeters(List.of(meter(TOKENS, "a"), meter(TOKENS, "b"))))
        .hasMessage("two meters are named llm.input_tokens");
    assertThatThrownBy(() -> catalogOf(plan(GOODIES, List.of(), Map.of())))
        .hasMessage("plans.plus names an unknown unit: goodies");
    assertThatThrownBy(() -> catalogOf(plan(Unit.CREDITS, List.of(TOKENS), Map.of())))
        .hasMessage("plans.plus names an unknown meter: llm.input_tokens");
    assertThatThrownBy(
            () -> catalogOf(plan(Unit.CREDITS, List.of(), Map.of(TASKS, UsageLimit.DISABLED))))
        .hasMessage("plans.plus names an unknown meter: agent.task");
    assertThatThrownBy(
            () ->
                Catalog.of(
                    Unit.CREDITS,
                    Map.of(GOODIES, UnitInfo.named("Goodies")),
                    Map.of(),
                    Map.of(),
                    OverdraftPolicy.DEFAULT,
                    Limits.DEFAULT))
        .hasMessage("default_unit is not among the units: credits");
  }

  @Test
  void allowsEveryMeterThatAPlanDoesNotName() {
    Plan plan = plan(Unit.CREDITS, List.of(), Map.of(TASKS, UsageLimit.DISABLED));

    assertThat(plan.limit(TASKS)).isEqualTo(UsageLimit.DISABLED);
    assertThat(plan.limit(TOKENS)).isEqualTo(UsageLimit.UNLIMITED);
  }

  @ParameterizedTest(name = "{0} has a wire name that is read back")
  @EnumSource
  void readsBackOverdraftNames(Overdraft overdraft) {
    assertThat(Overdraft.ofWireName(overdraft.wireName())).contains(overdraft);
    assertThat(Overdraft.ofWireName(overdraft.name())).isEmpty();
  }

  @Test
  void limitsOnlyWhatCanBeOwedOrBilled() {
    Credits limit = Credits.parse("100");

    assertThat(OverdraftPolicy.of(Overdraft.CARRY, limit).limit()).contains(limit);
    assertThat(OverdraftPolicy.of(Overdraft.BILL, Credits.ZERO).limit()).contains(Credits.ZERO);
    assertThatThrownBy(() -> OverdraftPolicy.of(Overdraft.REJECT, limit))
        .hasMessage("overdraft.limit is only for bill and carry, not for reject");
    assertThatThrownBy(() -> OverdraftPolicy.of(Overdraft.FORGIVE, limit))
        .hasMessage("overdraft.limit is only for bill and carry, not for forgive");
    assertThatThrownBy(() -> OverdraftPolicy.of(Overdraft.BILL, limit.negated()))
        .hasMessage("overdraft.limit is negative: -100");
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} {4} {5}: {6}")
  @CsvSource({
    "PT-1S, PT5M, PT0S, PT15M, PT24H,   P35D, limits.usage_max_age is negative: PT-1S",
    "P35D,  PT5M, PT0S, PT0S,  PT24H,   P35D, limits.reservation_ttl is zero",
    "P35D,  PT5M, PT0S, PT25H, PT24H,   P35D, limits.reservation_ttl is above "
        + "reservation_ttl_max: PT25H",
    "P35D,  PT5M, PT0S, PT15M, PT24H,   P34D, limits.id_retention is below usage_max_age: PT816H",
    "P35D,  PT5M, PT0S, PT15M, P3661D,  P35D, limits.reservation_ttl_max is above 3660 days: "
        + "PT87864H",
  })
  void refusesLimitsThatCannotBeKept(
      Duration ageMax,
      Duration aheadMax,
      Duration grace,
      Duration ttl,
      Duration ttlMax,
      Duration retention,
      String message) {
    assertThatThrownBy(() -> new Limits(ageMax, aheadMax, grace, ttl, ttlMax, retention))
        .isInstanceOf(InvalidCatalogException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "of {0} left, cap {1} and fraction {2} let {3} go over")
  @CsvSource({
    "50,  100, ,         50",
    "150, 100, ,         100",
    "150, ,    0.5,      75",
    "150, 100, 0.5,      75",
    "300, 100, 0.5,      100",
    "150, 0,   ,         0",
    "150, ,    0,        0",
    "150, ,    1,        150",
    "0,   100, 1,        0",
    "1,   ,    0.333333, 0.333333",
  })
  void letsTheSmallerOfCapAndFractionGoOver(
      String left, String cap, BigDecimal fraction, String expected) {
    // given
    Rollover rollover =
        new Rollover(
            Optional.ofNullable(cap).map(Credits::parse),
            Optional.ofNullable(fraction),
            Optional.empty());

    // then
    assertThat(rollover.of(Credits.parse(left))).isEqualTo(Credits.parse(expected));
  }

  @Test
  void refusesRolloversAndRecurrencesThatMakeNoSense() {
    IsoPeriod month = IsoPeriod.parse("P1M");

    assertThatThrownBy(() -> rollover(Optional.empty(), Optional.empty()))
        .hasMessage("rollover needs a cap or a fraction");
    assertThatThrownBy(() -> rollover(Optional.of("-1"), Optional.of("1.01")))
        .hasMessage("rollover.cap is negative: -1; rollover.fraction is above 1: 1.01");
    assertThatThrownBy(() -> rollover(Optional.empty(), Optional.of("-0.1")))
        .hasMessage("rollover.fraction is negative: -0.1");
    assertThatThrownBy(
            () -> new Recurrence(month, Optional.empty(), Optional.empty(), OptionalInt.of(0)))
        .hasMessage("recurrence.count is not above zero: 0");
    assertThatThrownBy(() -> new UsageLimit.Limited(Quantity.of(-1), UsageLimit.Per.DAY))
        .hasMessage("limit.limited is negative: -1");
  }

  @ParameterizedTest(name = "amount {0} with priority {1} is refused")
  @CsvSource({
    "0,  50,  grant.amount is not above zero: 0",
    "-1, 50,  grant.amount is not above zero: -1",
    "1,  -1,  grant.priority is not from 0 to 100: -1",
    "1,  101, grant.priority is not from 0 to 100: 101",
  })
  void refusesPlanGrantsThatMakeNoSense(String amount, int priority, String message) {
    Credits credits = Credits.parse(amount);

    assertThatThrownBy(
            () ->
                new PlanGrant(
                    "",
                    credits,
                    Unit.CREDITS,
                    priority,
                    Category.PAID,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of()))
        .isInstanceOf(InvalidCatalogException.class)
        .hasMessage(message);
  }

  private static Rollover rollover(Optional<String> cap, Optional<String> fraction) {
    return new Rollover(cap.map(Credits::parse), fraction.map(BigDecimal::new), Optional.empty());
  }

  private static Meter meter(MeterName name, String eventName) {
    return new Meter(
        name,
        "A meter",
        "",
        eventName,
        Aggregation.SUM,
        Unit.CREDITS,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Plan plan(Unit unit, List<MeterName> scope, Map<MeterName, UsageLimit> limits) {
    PlanGrant grant =
        new PlanGrant(
            "Plus plan",
            Credits.parse("3900"),
            unit,
            10,
            Category.PAID,
            Optional.of(Recurrence.every(IsoPeriod.parse("P1M"))),
            Optional.empty(),
            scope,
            List.of());
    return new Plan("plus", "Plus", List.of(grant), limits);
  }

  private static Catalog catalogOf(Plan plan) {
    return Catalog.of(
        Unit.CREDITS,
        Map.of(),
        Map.of(),
        Map.of(plan.id(), plan),
        OverdraftPolicy.DEFAULT,
        Limits.DEFAULT);
  }
}
