package io.creditledger.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.wire.CatalogYaml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntitlementTest {

  private static final MeterName IMAGES = new MeterName("images");
  private static final MeterName VIDEO = new MeterName("video");

  private static final Catalog CATALOG =
      CatalogYaml.parse(
          "test.yaml",
          """
          meters:
            images: {overdraft: {policy: reject}, rates: [{credits: 2}]}
            video: {rates: [{credits: 1, match: {size: small}}]}
          plans:
            basic:
              name: Basic
              limits: {images: {limited: 10, per: day}, video: disabled}
          """);

  private final OneCustomer customer = new OneCustomer(CATALOG);

  private Entitlement ask(MeterName meter, String quantity) {
    return Entitlement.of(
        customer.account(),
        CATALOG,
        new Dimensions(Optional.of(meter), Optional.empty()),
        Quantity.parse(quantity),
        Map.of(),
        customer.now());
  }

  private static Optional<Reason> reason(Entitlement entitlement) {
    return entitlement.refusal().map(Decision.Rejected::reason);
  }

  @Test
  void aCustomerWithNothingIsToldWhatItWouldCost() {
    Entitlement entitlement = ask(IMAGES, "3");

    assertThat(reason(entitlement)).contains(Reason.INSUFFICIENT_CREDITS);
    assertThat(entitlement.cost()).contains(Credits.parse("6"));
    assertThat(entitlement.unit()).isEqualTo(Unit.CREDITS);
    assertThat(entitlement.available()).isEqualTo(Credits.ZERO);
    assertThat(entitlement.nextGrantAt()).isEmpty();
    assertThat(entitlement.expiresNext()).isEmpty();
    assertThat(entitlement.limit()).isEmpty();
  }

  @Test
  void theLastCreditOfAGrantMayBeUsed() {
    customer.grant("g_1", "1");
    customer.grant("g_2", "1");

    assertThat(reason(ask(IMAGES, "1"))).isEmpty();
    assertThat(reason(ask(IMAGES, "1.1"))).contains(Reason.INSUFFICIENT_CREDITS);
  }

  @Test
  void whatReservationsHoldIsNotAvailable() {
    customer.grantUntil("g", "10", "2026-02-01T00:00:00Z");
    customer.reserve("r", "5");

    assertThat(reason(ask(IMAGES, "2.5"))).isEmpty();
    assertThat(reason(ask(IMAGES, "2.6"))).contains(Reason.INSUFFICIENT_CREDITS);
    assertThat(ask(IMAGES, "1").available()).isEqualTo(Credits.parse("5"));
    assertThat(ask(IMAGES, "1").expiresNext()).contains(Instant.parse("2026-02-01T00:00:00Z"));
  }

  @Test
  void anEndThatHasComeCountsBeforeTheLogSaysSo() {
    customer.grantUntil("g", "10", "2026-02-01T00:00:00Z");
    customer.at("2026-02-01T00:00:00Z");

    assertThat(ask(IMAGES, "1").available()).isEqualTo(Credits.ZERO);
    assertThat(reason(ask(IMAGES, "1"))).contains(Reason.INSUFFICIENT_CREDITS);
  }

  @Test
  void aLimitedMeterSaysWhereItStands() {
    customer.grant("g", "1000");
    customer.onPlan("basic");
    customer.use(IMAGES, "4");
    customer.reserve("r", IMAGES, "5");

    assertThat(ask(IMAGES, "1").limit())
        .contains(
            new Entitlement.Limit(
                Quantity.of(10),
                UsageLimit.Per.DAY,
                Quantity.of(4),
                Quantity.of(1),
                Instant.parse("2026-01-02T00:00:00Z")));
    assertThat(reason(ask(IMAGES, "1"))).isEmpty();
    assertThat(reason(ask(IMAGES, "1.1"))).contains(Reason.USAGE_LIMIT_EXCEEDED);
    assertThat(ask(VIDEO, "1").limit()).isEmpty();
  }

  @Test
  void theReasonIsTheOneTheUsageWouldHave() {
    customer.grant("g", "1000");

    assertThat(reason(ask(VIDEO, "1"))).contains(Reason.RATE_MISSING);
    assertThat(ask(VIDEO, "1").cost()).isEmpty();
    assertThat(reason(ask(new MeterName("none"), "1"))).contains(Reason.METER_UNKNOWN);
    assertThat(reason(ask(IMAGES, "999999999999999999"))).contains(Reason.AMOUNT_OUT_OF_RANGE);
    customer.use(IMAGES, "1");
    assertThat(reason(ask(IMAGES, "1"))).isEmpty();
  }

  @Test
  void aShortageIsReadOutOfItsSentence() {
    Shortage shortage = new Shortage(Credits.parse("75"), Credits.parse("-0.5"));
    Dimensions dimensions =
        new Dimensions(Optional.of(new MeterName("a, available 9")), Optional.empty());

    assertThat(Shortage.of(shortage.detail(Unit.CREDITS, dimensions))).contains(shortage);
    assertThat(Shortage.of("asked for 75 credits with meter \"cut sho…")).isEmpty();
    assertThat(Shortage.of("asked for 7.5.5 credits, available 1")).isEmpty();
  }
}
