package io.creditledger.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reminders and the turns of top-ups; grants' and reservations' own timers are in scenarios. */
class DueEventsTest {

  private static final CustomerId CUSTOMER = new CustomerId("cus_1");
  private static final String END = "2026-02-01T00:00:00Z";
  private static final Instant THREE_DAYS_BEFORE = Instant.parse("2026-01-29T00:00:00Z");

  private final OneCustomer customer = new OneCustomer(Catalog.EMPTY);

  private void remindedAfter(Duration time) {
    customer.alerting(new AlertRule(Optional.empty(), Optional.empty(), Optional.of(time)));
  }

  @Test
  void aReminderIsDueSoLongBeforeTheEnd() {
    remindedAfter(Duration.ofDays(3));
    customer.grantUntil("g", "10", END);

    assertThat(customer.at(THREE_DAYS_BEFORE).due())
        .containsExactly(
            new DueEvents.Due(
                THREE_DAYS_BEFORE,
                new LedgerEvent.Reminder(
                    new EventId("remind:g@" + END), CUSTOMER, Optional.of(new GrantId("g")))));
  }

  @Test
  void aGrantThatLivesShorterIsToldOfFromItsBeginning() {
    remindedAfter(Duration.ofDays(300));
    customer.grantUntil("g", "10", END);

    assertThat(customer.nextDue()).contains(customer.now());
  }

  @Test
  void withoutARuleAnEndOrARestThereIsNoReminder() {
    customer.grantUntil("g", "10", END);
    assertThat(customer.nextDue()).contains(Instant.parse(END));
    remindedAfter(Duration.ofDays(3));
    customer.grant("forever", "10");
    assertThat(customer.nextDue()).contains(THREE_DAYS_BEFORE);
    customer.use("10");
    assertThat(customer.nextDue()).contains(Instant.parse(END));
  }

  @Test
  void aReminderIsDueOnceForEachEnd() {
    remindedAfter(Duration.ofDays(3));
    customer.grantUntil("g", "10", END);
    customer.at(THREE_DAYS_BEFORE).timers();
    assertThat(customer.nextDue()).contains(Instant.parse(END));

    customer.extend("g", "2026-03-01T00:00:00Z");

    assertThat(customer.nextDue()).contains(Instant.parse("2026-02-26T00:00:00Z"));
    customer.extend("g", END);
    assertThat(customer.nextDue()).contains(Instant.parse(END));
  }

  @Test
  void whatWasToldIsForgottenWithTheGrant() {
    remindedAfter(Duration.ofDays(3));
    customer.grantUntil("g", "10", END);
    customer.at(THREE_DAYS_BEFORE).timers();
    assertThat(customer.account().reminded()).hasSize(1);

    customer.at(END).timers();

    assertThat(customer.account().reminded()).isEmpty();
  }

  @Test
  void aTopUpHasItsTurnWhenItHasCooledDown() {
    customer.grant("g", "10");
    customer.toppingUp(
        new TopUpRule(
            Unit.CREDITS,
            Credits.parse("50"),
            Optional.of(Credits.parse("100")),
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(6),
            3));
    assertThat(customer.nextDue()).as("while a request is pending").isEmpty();

    customer.later(Duration.ofHours(1)).topUp("top-up-1", TopUpOutcome.FAILED);

    assertThat(customer.nextDue()).contains(Instant.parse("2026-01-01T06:00:00Z"));
    customer.grant("gift", "100");
    assertThat(customer.nextDue()).as("while there is enough").isEmpty();
    customer.notToppingUp();
    customer.use("100");
    assertThat(customer.nextDue()).as("without a rule").isEmpty();
  }

  @Test
  void aCustomerWithoutCreditsIsAskedForAgainToo() {
    customer.toppingUp(
        new TopUpRule(
            Unit.CREDITS,
            Credits.parse("50"),
            Optional.of(Credits.parse("100")),
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(6),
            3));
    customer.topUp("top-up-1", TopUpOutcome.FAILED);

    customer.later(Duration.ofHours(6)).timers();

    assertThat(customer.told()).containsExactly("top_up_requested", "top_up_requested");
  }
}
