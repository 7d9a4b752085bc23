package io.creditledger.core.account;

import static io.creditledger.core.account.OneCustomer.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.event.Charge;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.wire.CatalogYaml;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageCapTest {

  private static final MeterName IMAGES = new MeterName("images");
  private static final MeterName CALLS = new MeterName("calls");
  private static final MeterName HUGE = new MeterName("huge");

  private static final Catalog CATALOG =
      CatalogYaml.parse(
          "test.yaml",
          """
          meters:
            images: {rates: [{credits: 1}]}
            calls: {aggregation: count, rates: [{credits: 1}]}
            huge: {rates: [{credits: 0.000001, per: 1000000000000}]}
          plans:
            basic:
              name: Basic
              limits:
                images: {limited: 10, per: day}
                calls: {limited: 2, per: month}
                huge: {limited: 999999999999999999, per: day}
            none: {name: None, limits: {images: disabled, huge: {limited: 1, per: day}}}
          limits: {usage_max_age: P200D, id_retention: P200D}
          """);

  private final OneCustomer customer = new OneCustomer(CATALOG);

  @BeforeEach
  void onThePlan() {
    customer.grant("g", "1000000");
    customer.onPlan("basic");
  }

  @Test
  void theEntrySaysTheCountAndUntilWhenItMatters() {
    customer.use(IMAGES, "2.5");
    customer.use(IMAGES, "2.5");

    assertThat(customer.entries().getLast().change())
        .isInstanceOfSatisfying(
            Change.Used.class,
            used ->
                assertThat(used.count())
                    .contains(
                        new MeterCount(
                            IMAGES,
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Quantity.of(5),
                            Instant.parse("2026-01-02T00:00:00Z")
                                .plus(CATALOG.limits().usageAgeMax()))));
  }

  @Test
  void concurrentReservationsAndUsageNeverPassTheLimit() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      OneCustomer one = new OneCustomer(CATALOG);
      one.grant("g", "1000000");
      one.onPlan("basic");
      long used = 0;
      long[] held = new long[100];
      for (int i = 0; i < 60; i++) {
        long quantity = random.nextLong(1, 7);
        int which = random.nextInt(i + 1);
        switch (random.nextInt(4)) {
          case 0 -> used += accepted(one.use(IMAGES, "" + quantity)) ? quantity : 0;
          case 1 -> held[i] = accepted(one.reserve("r" + i, IMAGES, "" + quantity)) ? quantity : 0;
          case 2 -> held[which] = accepted(one.release("r" + which)) ? 0 : held[which];
          default -> {
            Charge charge = new Charge.Metered(Quantity.of(quantity));
            boolean settled = accepted(one.settle("r" + which, Optional.of(charge)));
            used += settled ? quantity : 0;
            held[which] = settled ? 0 : held[which];
          }
        }
        long all = used;
        for (long part : held) {
          all += part;
        }
        assertThat(all).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(10);
        assertThat(UsageCap.used(one.account(), IMAGES, one.now()))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(Quantity.of(used));
      }
    }
  }

  private static boolean accepted(Decision decision) {
    return decision instanceof Decision.Accepted;
  }

  @Test
  void lateUsageIsLimitedForAsLongAsItIsTaken() {
    customer.at("2026-03-01T12:00:00Z").use(IMAGES, "10");
    for (int day = 2; day < 30; day++) {
      customer.at("2026-06-%02dT12:00:00Z".formatted(day)).use(IMAGES, "1");
    }

    Decision late =
        customer.at("2026-07-01T12:00:00Z").use(IMAGES, "1", Instant.parse("2026-03-01T13:00:00Z"));

    assertThat(refusal(late)).contains(Reason.USAGE_LIMIT_EXCEEDED);
  }

  @Test
  void countsThatNothingCanBeAddedToAreForgotten() {
    customer.use(IMAGES, "1");

    customer.at("2027-01-01T00:00:00Z").use(IMAGES, "1");

    assertThat(customer.account().counts()).hasSize(1);
  }

  @Test
  void quantitiesBeyondWhatCanBeWrittenAreRefusedNotThrown() {
    assertThat(refusal(customer.use(HUGE, "999999999999999999"))).isEmpty();
    assertThat(refusal(customer.use(HUGE, "999999999999999999")))
        .contains(Reason.USAGE_LIMIT_EXCEEDED);
  }

  @Test
  void settlingWhatWasPromisedNeverThrowsHoweverMuchWasCounted() {
    customer.use(HUGE, "500000000000000000");
    customer.reserve("r1", HUGE, "400000000000000000");
    customer.onPlan("none");

    assertThat(refusal(customer.settle("r1", Optional.empty()))).isEmpty();

    assertThat(customer.account().counts())
        .extracting(MeterCount::used)
        .containsExactly(Quantity.of(900_000_000_000_000_000L));
  }

  @Test
  void aSwitchedOffMeterStillSettlesWhatWasReserved() {
    customer.reserve("r1", IMAGES, "3");
    customer.onPlan("none");

    assertThat(refusal(customer.settle("r1", Optional.of(new Charge.Metered(Quantity.of(4))))))
        .contains(Reason.METER_DISABLED);
    assertThat(refusal(customer.settle("r1", Optional.of(new Charge.Metered(Quantity.of(3))))))
        .isEmpty();
  }

  @Test
  void ratedUsageOfAMeterCountsAsOne() {
    customer.reserve("r1", CALLS, "70");
    customer.settle("r1", Optional.of(new Charge.Rated(Credits.parse("5"), Optional.empty())));

    assertThat(customer.account().counts())
        .extracting(MeterCount::used)
        .containsExactly(Quantity.ONE);
  }

  @Test
  void theDayThatHasNoMidnightBeginsWhenItBegins() {
    // In Beirut the clocks went forward at midnight: 27 March 2022 began at 1 o'clock.
    customer.at("2022-03-20T00:00:00Z").movingTo("Asia/Beirut");
    customer.at("2022-03-26T21:59:59Z").use(IMAGES, "10");

    assertThat(refusal(customer.at("2022-03-26T22:00:00Z").use(IMAGES, "10"))).isEmpty();
    assertThat(refusal(customer.at("2022-03-27T20:59:59Z").use(IMAGES, "1")))
        .contains(Reason.USAGE_LIMIT_EXCEEDED);
    assertThat(refusal(customer.at("2022-03-27T21:00:00Z").use(IMAGES, "1"))).isEmpty();
  }
}
