package io.creditledger.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final AlertRule AT_100 = low("100");

  private final OneCustomer customer = new OneCustomer(Catalog.EMPTY);

  @BeforeEach
  void watchedAt100() {
    customer.alerting(AT_100);
  }

  private static AlertRule low(String bound) {
    return new AlertRule(Optional.of(Credits.parse(bound)), Optional.empty(), Optional.empty());
  }

  @Test
  void lowIsToldAtTheEntryThatReachedTheBound() {
    customer.grant("g", "500");

    customer.use("400");

    LedgerEntry entry = customer.entries().getLast();
    assertThat(entry.alerts())
        .containsExactly(new Alert.Low(Unit.CREDITS, Credits.parse("100"), Credits.parse("100")));
    assertThat(entry.balance().orElseThrow().level()).isEqualTo(AlertLevel.LOW);
  }

  @Test
  void aMillionthAboveTheBoundIsNotLow() {
    customer.grant("g", "500");

    customer.use("399.999999");

    assertThat(customer.alerts()).isEmpty();
  }

  @Test
  void aFirstGrantBelowTheBoundIsNoCrossingDown() {
    customer.grant("g", "20");

    assertThat(customer.alerts()).isEmpty();
    assertThat(customer.account().totals(Unit.CREDITS).level()).isEqualTo(AlertLevel.LOW);
  }

  @Test
  void nothingIsToldOfAnotherUnit() {
    customer.grant("g", "500");
    customer.use("400");

    assertThat(customer.account().totals(new Unit("goodies")).level())
        .isEqualTo(AlertLevel.UNFUNDED);
  }

  @Test
  void aRaisedBoundIsSeenAtTheNextEntryOfTheUnit() {
    customer.grant("g", "500");
    customer.alerting(low("600"));
    assertThat(customer.told()).isEmpty();

    customer.use("1");

    assertThat(customer.told()).containsExactly("low");
  }

  @Test
  void aShareOfGrantsBeyondTheRangeIsStillAShare() {
    customer.alerting(
        new AlertRule(Optional.empty(), Optional.of(BigDecimal.ONE), Optional.empty()));
    for (int i = 0; i < 3; i++) {
      customer.grantUntil("g" + i, "9223372036854", "2026-02-01T00:00:00Z");
      assertThat(customer.use("9223372036854")).isInstanceOf(Decision.Accepted.class);
    }
  }

  @Test
  void aReminderThatComesEarlyIsRefusedAndCanBeRepeated() {
    customer.alerting(
        new AlertRule(Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(3))));
    customer.grantUntil("g", "10", "2026-02-01T00:00:00Z");
    var grant = customer.account().grants().getFirst().id();

    assertThat(OneCustomer.refusal(customer.at("2026-01-28T23:59:59Z").remind(Optional.of(grant))))
        .contains(Reason.TIMER_EARLY);
    assertThat(OneCustomer.refusal(customer.at("2026-01-29T00:00:00Z").remind(Optional.of(grant))))
        .isEmpty();
    assertThat(OneCustomer.refusal(customer.remind(Optional.of(grant))))
        .contains(Reason.TIMER_STALE);
    assertThat(customer.told()).containsExactly("expiring_soon");
  }

  @Test
  void aReminderOverTakenByAnExtensionTellsNothing() {
    customer.alerting(
        new AlertRule(Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(3))));
    customer.grantUntil("g", "10", "2026-02-01T00:00:00Z");
    var grant = customer.account().grants().getFirst().id();
    customer.at("2026-01-29T00:00:00Z").extend("g", "2026-05-01T00:00:00Z");

    assertThat(OneCustomer.refusal(customer.remind(Optional.of(grant))))
        .contains(Reason.TIMER_EARLY);
  }

  @Test
  void aReminderTellsWhatIsNotHeld() {
    customer.alerting(
        new AlertRule(Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(3))));
    customer.grantUntil("g", "10", "2026-02-01T00:00:00Z");
    customer.at("2026-01-29T00:00:00Z").reserve("r", "4");

    customer.timers();

    assertThat(customer.alerts())
        .singleElement()
        .isInstanceOfSatisfying(
            Alert.ExpiringSoon.class,
            soon -> assertThat(soon.remaining()).isEqualTo(Credits.parse("6")));
  }

  @Test
  void aRuleTakenBackLeavesTheCatalogs() {
    customer.alerting(
        new AlertRule(Optional.of(Credits.parse("400")), Optional.empty(), Optional.empty()));
    customer.alertingAsTheCatalogSays();
    customer.grant("g", "500");

    customer.use("200");

    assertThat(customer.alerts()).isEmpty();
    assertThat(customer.account().settings().alerts()).isEmpty();
  }

  @Test
  void aReversalIntoNothingRecovers() {
    customer.grant("g", "500");
    customer.use("500");

    customer.reverse(new EventId("u2"));

    assertThat(customer.told()).containsExactly("depleted", "recovered");
  }
}
