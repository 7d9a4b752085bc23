package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Subscription;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import io.creditledger.core.event.LedgerEvent.IssueGrant;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.InboxRig.Flush;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.period.BillingPeriod;
import io.creditledger.stripe.period.BillingPeriods;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.event.WebhookPlan.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubscriptionsTest {

  private static final CustomerId ANN = new CustomerId("ann");
  private static final Instant TURN = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant NEXT_TURN = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant MIDST = Instant.parse("2026-11-16T00:00:00Z");
  private static final String VOIDING = "subscriptions: {at_end: void, on_pause: void}\n";

  /** Half of what is left goes over, at most 1,000. */
  private static final String ROLLING_OVER =
      InboxRig.CATALOG.replace(
          "every: P1M}", "every: P1M, rollover: {fraction: 0.5, cap: \"1000\"}}");

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private InboxRig rig;
  private Shopkeeper shop;
  private String clock;
  private Customer ann;

  @BeforeEach
  void open() throws Exception {
    shop = new Shopkeeper(fixture);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void open(String catalog, String rules) throws Exception {
    rig = new InboxRig(fixture, catalog, rules, fixture.simulator().apiVersion());
    clock = shop.clock();
    ann = shop.named("ann", clock);
  }

  @Test
  void its_periods_are_kept_and_usage_is_hurried_before_an_invoice_and_closed_by_it()
      throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES);
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900), shop.metered());
    rig.settle();
    assertThat(periods()).containsExactly(period(subscription, SyncFixture.START, TURN));
    assertThat(rig.flushes()).isEmpty();

    // when
    advance(TURN);

    // then
    assertThat(periods())
        .containsExactly(
            period(subscription, SyncFixture.START, TURN), period(subscription, TURN, NEXT_TURN));
    assertThat(rig.flushes()).isNotEmpty().containsOnly(new Flush(ANN, TURN));
    assertThat(finalized()).isEmpty();
    advance(TURN.plus(Duration.ofHours(2)));
    assertThat(finalized()).containsExactly(TURN);
  }

  @Test
  void an_upgrade_replaces_what_is_left_of_the_old_plan_once_it_is_paid() throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES);
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    rig.use(ANN, "u1", "900");
    advance(MIDST);

    // when
    change(subscription, shop.plan("pro", 9900).getId(), ProrationBehavior.ALWAYS_INVOICE);
    rig.settle();

    // then
    assertThat(left("plus")).isEqualTo("0");
    assertThat(left("pro")).isEqualTo("10000");
    assertThat(grant("pro").effectiveAt()).contains(MIDST);
    assertThat(grant("pro").expiresAt()).contains(TURN);
  }

  @Test
  void an_upgrade_that_is_told_before_the_first_payment_replaces_it_all_the_same()
      throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES);
    fixture.simulator().follow(WebhookPlan.seeded(1).next(1, "invoice.paid", Fate.HELD));
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    advance(MIDST);
    change(subscription, shop.plan("pro", 9900).getId(), ProrationBehavior.ALWAYS_INVOICE);
    rig.settle();
    assertThat(rig.grants()).hasSize(1);

    // when
    fixture.simulator().release(fixture.simulator().heldEvents());
    rig.settle();

    // then
    assertThat(left("plus")).isEqualTo("0");
    assertThat(left("pro")).isEqualTo("10000");
  }

  @Test
  void a_change_without_an_invoice_grants_with_the_next_one() throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES);
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    advance(MIDST);

    // when
    change(subscription, shop.plan("pro", 9900).getId(), ProrationBehavior.CREATE_PRORATIONS);
    rig.settle();
    assertThat(rig.grants()).hasSize(1);
    assertThat(left("plus")).isEqualTo("3900");
    advance(TURN);
    advance(TURN.plus(Duration.ofHours(2)));

    // then
    assertThat(rig.grants()).hasSize(2);
    assertThat(left("pro")).isEqualTo("10000");
    assertThat(grant("pro").effectiveAt()).contains(TURN);
  }

  @Test
  void the_rules_may_keep_the_old_plans_credits() throws Exception {
    open(InboxRig.CATALOG, InboxRig.RULES + "subscriptions: {on_change: keep}\n");
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    advance(MIDST);
    change(subscription, shop.plan("pro", 9900).getId(), ProrationBehavior.ALWAYS_INVOICE);
    rig.settle();
    assertThat(left("plus")).isEqualTo("3900");
    assertThat(left("pro")).isEqualTo("10000");
  }

  @Test
  void what_was_paid_for_stays_when_a_subscription_is_over() throws Exception {
    open(InboxRig.CATALOG, InboxRig.RULES);
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    advance(MIDST);
    fixture.client().v1().subscriptions().cancel(subscription.getId());
    rig.settle();
    assertThat(left("plus")).isEqualTo("3900");
    assertThat(periods()).containsExactly(period(subscription, SyncFixture.START, MIDST));
    assertThat(rig.flushes()).contains(new Flush(ANN, MIDST));
  }

  @Test
  void the_rules_may_end_the_credits_with_the_subscription_in_whatever_order_it_is_told()
      throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES + VOIDING);
    fixture.simulator().follow(WebhookPlan.seeded(1).next(1, "invoice.paid", Fate.HELD));
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    advance(MIDST);
    fixture.client().v1().subscriptions().cancel(subscription.getId());
    rig.settle();

    // when
    fixture.simulator().release(fixture.simulator().heldEvents());
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    assertThat(left("plus")).isEqualTo("0");
  }

  @Test
  void the_rules_may_end_the_credits_of_a_subscription_that_is_paused() throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES + VOIDING);
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    advance(MIDST);

    // when
    pause(subscription);
    rig.settle();

    // then
    assertThat(left("plus")).isEqualTo("0");
  }

  @Test
  void a_pause_changes_nothing_unless_the_rules_say_so() throws Exception {
    open(InboxRig.CATALOG, InboxRig.RULES);
    Subscription subscription = shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    advance(MIDST);
    pause(subscription);
    rig.settle();
    assertThat(left("plus")).isEqualTo("3900");
  }

  @Test
  void what_is_left_at_a_renewal_goes_over_as_the_plan_says() throws Exception {
    // given
    open(ROLLING_OVER, InboxRig.RULES);
    shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    rig.use(ANN, "u1", "2400");

    // when
    advance(TURN);
    advance(TURN.plus(Duration.ofHours(2)));

    // then
    assertThat(rig.grants()).hasSize(3);
    IssueGrant rollover = rig.grants().get(1);
    assertThat(rollover.id().value()).endsWith("-rollover");
    assertThat(rollover.amount()).hasToString("750");
    assertThat(rollover.priority()).isEqualTo(10);
    assertThat(rollover.expiresAt()).contains(NEXT_TURN);
    assertThat(rig.left(rig.grants().get(2))).hasToString("3900");
    rig.use(ANN, "u2", "800");
    assertThat(rig.left(rollover)).hasToString("0");
    assertThat(rig.left(rig.grants().get(2))).hasToString("3850");
  }

  @Test
  void a_renewal_that_is_paid_before_the_ledger_told_what_was_left_goes_over_once_it_has()
      throws Exception {
    // given
    open(ROLLING_OVER, InboxRig.RULES);
    shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    fixture.simulator().advanceClock(clock, TURN);
    fixture.simulator().advanceClock(clock, TURN.plus(Duration.ofHours(2)));
    fixture.clock().set(TURN.plus(Duration.ofHours(2)));
    rig.settle();
    assertThat(rig.grants()).hasSize(2);

    // when
    rig.ledger().fireTimers();
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(3);
    assertThat(rig.grants().getLast().amount()).hasToString("1000");
  }

  @Test
  void each_month_of_a_year_that_is_refunded_is_taken_back_as_it_comes() throws Exception {
    // given
    open(InboxRig.CATALOG, InboxRig.RULES);
    shop.subscribe(ann, shop.yearly("plus", 40_000));
    rig.settle();
    String charge = fixture.client().v1().charges().list().getData().getFirst().getId();
    fixture
        .client()
        .v1()
        .refunds()
        .create(RefundCreateParams.builder().setCharge(charge).setAmount(10_000L).build());
    rig.settle();
    assertThat(left("plus")).isEqualTo("2925");

    // when
    fixture.clock().set(TURN.plusSeconds(1));
    rig.ledger().fireTimers();
    rig.settle();

    // then
    assertThat(rig.left(ANN, grant("plus").grant() + "#2")).hasToString("2925");
  }

  /** Brings everybody to a time, and lets everything happen that it brings about. */
  private void advance(Instant to) throws Exception {
    fixture.simulator().advanceClock(clock, to);
    fixture.clock().set(to);
    rig.ledger().fireTimers();
    rig.settle();
  }

  private void change(Subscription subscription, String price, ProrationBehavior proration)
      throws Exception {
    fixture
        .client()
        .v1()
        .subscriptions()
        .update(
            subscription.getId(),
            SubscriptionUpdateParams.builder()
                .setProrationBehavior(proration)
                .addItem(
                    SubscriptionUpdateParams.Item.builder()
                        .setId(subscription.getItems().getData().getFirst().getId())
                        .setPrice(price)
                        .build())
                .build());
  }

  private void pause(Subscription subscription) throws Exception {
    fixture
        .client()
        .v1()
        .subscriptions()
        .update(
            subscription.getId(),
            SubscriptionUpdateParams.builder()
                .setPauseCollection(
                    PauseCollection.builder()
                        .setBehavior(PauseCollection.Behavior.KEEP_AS_DRAFT)
                        .build())
                .build());
  }

  private IssueGrant grant(String plan) {
    return rig.grants().stream()
        .filter(grant -> grant.id().value().contains(":" + plan + ":"))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private String left(String plan) {
    return rig.left(grant(plan)).toString();
  }

  private List<BillingPeriod> periods() {
    return fixture
        .database()
        .jdbi()
        .withHandle(handle -> BillingPeriods.endingAfter(handle, ANN, SyncFixture.START));
  }

  private List<Instant> finalized() {
    return fixture
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select ends_at from billing_period where finalized_at is not null")
                    .map((row, context) -> row.getTimestamp(1).toInstant())
                    .list());
  }

  private static BillingPeriod period(Subscription subscription, Instant from, Instant to) {
    return new BillingPeriod(ANN, subscription.getId(), from, to);
  }
}
