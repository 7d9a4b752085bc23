package io.creditledger.core.account;

import static io.creditledger.core.account.OneCustomer.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopUpsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final OneCustomer customer = new OneCustomer(Catalog.EMPTY);

  private static TopUpRule rule(String threshold, String amount, Optional<Credits> cap) {
    return new TopUpRule(
        Unit.CREDITS,
        Credits.parse(threshold),
        Optional.of(Credits.parse(amount)),
        Optional.empty(),
        cap,
        HOUR,
        2);
  }

  private static TopUpRule rule() {
    return rule("50", "500", Optional.empty());
  }

  @Test
  void aRequestStandsInTheEntryThatBroughtItAbout() {
    customer.grant("g", "60");
    customer.toppingUp(rule());

    customer.use("11");

    assertThat(customer.entries().getLast().alerts())
        .containsExactly(
            new Alert.TopUpRequested(Unit.CREDITS, new EventId("top-up-1"), Credits.parse("500")));
    assertThat(customer.account().topUp().pending()).contains(new EventId("top-up-1"));
  }

  @Test
  void someoneElsesGrantAnswersNothing() {
    customer.toppingUp(rule());

    customer.grant("gift", "10");

    assertThat(customer.account().topUp().pending()).isPresent();
  }

  @Test
  void aLateAnswerToAFailedRequestIsAGrantLikeAnyOther() {
    customer.toppingUp(rule());
    customer.topUp("top-up-1", TopUpOutcome.FAILED);

    assertThat(refusal(customer.answer("top-up-1", "500"))).isEmpty();

    assertThat(customer.account().topUp().failures()).isEqualTo(1);
  }

  @Test
  void theSameRuleSetAgainEndsAPause() {
    customer.toppingUp(rule());
    customer.topUp("top-up-1", TopUpOutcome.FAILED);
    customer.later(HOUR).timers();
    customer.topUp("top-up-2", TopUpOutcome.FAILED);
    assertThat(customer.told())
        .containsExactly("top_up_requested", "top_up_requested", "top_up_paused");

    customer.toppingUp(rule());

    assertThat(customer.told()).endsWith("top_up_paused", "top_up_requested");
  }

  @Test
  void anythingElseThatIsSetLeavesThePause() {
    customer.toppingUp(rule());
    customer.topUp("top-up-1", TopUpOutcome.FAILED);
    customer.later(HOUR).timers();
    customer.topUp("top-up-2", TopUpOutcome.FAILED);

    customer.movingTo("Europe/Berlin");

    assertThat(customer.told()).endsWith("top_up_paused");
    assertThat(customer.nextDue()).isEmpty();
  }

  @Test
  void aRuleSetInAMonthThatIsUsedUpWaitsForTheNext() {
    Optional<Credits> cap = Optional.of(Credits.parse("500"));
    customer.toppingUp(rule("50", "500", cap));
    customer.answer("top-up-1", "500");
    customer.later(HOUR).use("500");

    customer.toppingUp(rule("80", "500", cap));

    assertThat(customer.told()).endsWith("top_up_requested", "depleted");
    assertThat(customer.nextDue()).contains(Instant.parse("2026-02-01T00:00:00Z"));
  }

  @Test
  void aTurnThatFoundNothingToAskIsNotProposedAgain() {
    customer.grant("g", "10");
    customer.toppingUp(rule());
    customer.topUp("top-up-1", TopUpOutcome.FAILED);
    assertThat(customer.nextDue()).contains(customer.now().plus(HOUR));
    // A grant that begins a moment after the turn, told of late: both timers were down.
    Instant begin = customer.now().plus(HOUR).plusSeconds(60);
    customer.submit(scheduled(begin));

    customer.later(Duration.ofHours(2)).due().forEach(due -> customer.submit(due.event()));

    assertThat(customer.due()).isEmpty();
    assertThat(customer.told()).containsExactly("top_up_requested");
  }

  private static LedgerEvent scheduled(Instant begin) {
    return new LedgerEvent.IssueGrant(
        new EventId("later"),
        new CustomerId("cus_1"),
        Credits.parse("500"),
        Optional.empty(),
        Category.PAID,
        50,
        Optional.of(begin),
        Optional.empty(),
        Scope.EVERYTHING,
        LedgerEvent.Activation.AT_ONCE,
        Optional.empty(),
        GrantDetails.NONE,
        Optional.empty(),
        Optional.empty(),
        Note.NONE);
  }

  @Test
  void aReminderOfATopUpOutOfItsTimeIsRefused() {
    assertThat(refusal(customer.remind(Optional.empty()))).contains(Reason.TIMER_STALE);
    customer.toppingUp(rule());
    assertThat(refusal(customer.remind(Optional.empty()))).contains(Reason.TIMER_STALE);
    customer.topUp("top-up-1", TopUpOutcome.CANCELLED);
    assertThat(refusal(customer.remind(Optional.empty()))).contains(Reason.TIMER_EARLY);
  }

  @Test
  void theMonthNeverGoesBack() {
    Optional<Credits> cap = Optional.of(Credits.parse("500"));
    customer.movingTo("Pacific/Kiritimati");
    customer.at("2026-01-31T11:00:00Z"); // 1 February there
    customer.toppingUp(rule("50", "500", cap));
    customer.answer("top-up-1", "500");

    customer.movingTo("Etc/GMT+12"); // where it is still January
    customer.later(HOUR).use("500");

    assertThat(customer.told()).containsExactly("top_up_requested", "depleted");
    assertThat(customer.nextDue()).contains(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Test
  void aRequestNeverAsksForMoreThanTheTargetNeeds() {
    customer.grant("g", "10");

    customer.toppingUp(
        new TopUpRule(
            Unit.CREDITS,
            Credits.parse("50"),
            Optional.empty(),
            Optional.of(Credits.parse("50")),
            Optional.empty(),
            HOUR,
            2));

    assertThat(customer.alerts())
        .containsExactly(
            new Alert.TopUpRequested(Unit.CREDITS, new EventId("top-up-1"), Credits.parse("40")));
  }
}
