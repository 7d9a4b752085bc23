package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.InvoiceCreation;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.event.LedgerEvent.IssueGrant;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.billing.CheckoutSessions.Outcome;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.event.WebhookPlan.Fate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurchasesTest {

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private InboxRig rig;
  private Shopkeeper shop;

  @BeforeEach
  void open() {
    rig = new InboxRig(fixture);
    shop = new Shopkeeper(fixture);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_subscription_paid_grants_the_plans_credits_until_the_periods_end() throws Exception {
    // given
    Customer customer = shop.named("ann");

    // when
    shop.subscribe(customer, shop.plan("plus", 3900));
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    IssueGrant grant = rig.grants().getFirst();
    assertThat(grant.customer()).isEqualTo(new CustomerId("ann"));
    assertThat(grant.amount()).isEqualTo(Credits.parse("3900"));
    assertThat(grant.priority()).isEqualTo(10);
    assertThat(grant.category()).isEqualTo(Category.PAID);
    assertThat(grant.effectiveAt()).contains(SyncFixture.START);
    assertThat(grant.expiresAt()).contains(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(grant.details().costBasis()).contains(new CostBasis(Quantity.parse("39"), "usd"));
    assertThat(rig.left(grant)).isEqualTo(Credits.parse("3900"));
  }

  @Test
  void a_renewal_grants_again_for_the_next_period() throws Exception {
    // given
    String clock = shop.clock();
    Customer customer = shop.customer(clock);
    shop.subscribe(customer, shop.plan("plus", 3900));
    rig.settle();

    // when
    Instant turn = Instant.parse("2026-12-01T00:00:00Z");
    fixture.simulator().advanceClock(clock, turn.plusSeconds(2 * 3600));
    fixture.clock().set(turn.plusSeconds(2 * 3600));
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(2);
    assertThat(rig.grants().getLast().effectiveAt()).contains(turn);
    assertThat(rig.grants().getLast().expiresAt()).contains(Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(rig.left(rig.grants().getLast())).isEqualTo(Credits.parse("3900"));
  }

  @Test
  void what_is_bought_once_lives_as_long_as_the_add_on_says() throws Exception {
    // when
    shop.buy(shop.named("ann"), shop.addOn("pack-750", 5000), 2);
    rig.settle();

    // then
    IssueGrant grant = onlyGrant();
    assertThat(grant.amount()).isEqualTo(Credits.parse("1500"));
    assertThat(grant.priority()).isEqualTo(20);
    assertThat(grant.expiresAt()).contains(Instant.parse("2027-11-01T00:00:00Z"));
    assertThat(grant.details().costBasis()).contains(new CostBasis(Quantity.parse("100"), "usd"));
  }

  @Test
  void one_purchase_told_by_a_checkout_and_by_its_invoice_grants_once() throws Exception {
    // given
    fixture.simulator().follow(WebhookPlan.seeded(1).always("*", Fate.TWIN));
    var session =
        shop.checkout(
            SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomer(shop.named("ann").getId())
                .setInvoiceCreation(InvoiceCreation.builder().setEnabled(true).build()),
            shop.addOn("pack-750", 5000),
            1);

    // when
    fixture.simulator().completeCheckout(session.getId(), Outcome.PAID);
    rig.settle();

    // then
    assertThat(rig.events("invoice.paid")).hasSize(2);
    assertThat(rig.events("checkout.session.completed")).hasSize(2);
    assertThat(onlyGrant().amount()).isEqualTo(Credits.parse("750"));
  }

  @Test
  void a_checkout_that_is_paid_days_later_grants_only_then() throws Exception {
    // given
    var session =
        shop.checkout(
            SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setClientReferenceId("guest-7"),
            shop.addOn("pack-750", 5000),
            1);
    fixture.simulator().completeCheckout(session.getId(), Outcome.UNPAID);
    rig.settle();
    assertThat(rig.grants()).isEmpty();

    // when
    fixture.simulator().settleCheckout(session.getId(), Outcome.PAID);
    rig.settle();

    // then
    assertThat(onlyGrant().customer()).isEqualTo(new CustomerId("guest-7"));
  }

  @Test
  void a_guest_whom_nobody_names_is_parked_with_the_reason() throws Exception {
    var session =
        shop.checkout(
            SessionCreateParams.builder().setMode(SessionCreateParams.Mode.PAYMENT),
            shop.addOn("pack-750", 5000),
            1);
    fixture.simulator().completeCheckout(session.getId(), Outcome.PAID);
    rig.settle();
    assertThat(rig.event(rig.events("checkout.session.completed").getFirst()))
        .containsEntry("state", "parked")
        .hasEntrySatisfying("note", note -> assertThat(note).contains("a guest bought"));
  }

  @Test
  void a_yearly_price_of_a_monthly_plan_grants_each_month_of_the_year() throws Exception {
    // given
    shop.subscribe(shop.named("ann"), shop.yearly("plus", 39_000));
    rig.settle();
    IssueGrant grant = onlyGrant();
    assertThat(grant.details().costBasis()).contains(new CostBasis(Quantity.parse("32.5"), "usd"));

    // when
    fixture.clock().set(Instant.parse("2027-12-02T00:00:00Z"));
    rig.ledger().fireTimers();

    // then
    long periods =
        rig.ledger().journal(grant.customer()).stream()
            .filter(entry -> entry.header().id().value().startsWith("renew:"))
            .count();
    assertThat(periods).isEqualTo(11);
  }

  @Test
  void a_plan_that_the_catalog_lacks_is_parked_until_it_has_it() throws Exception {
    shop.subscribe(shop.named("ann"), shop.plan("unheard-of", 100));
    rig.settle();
    String id = rig.events("invoice.paid").getFirst();
    assertThat(rig.event(id))
        .containsEntry("state", "parked")
        .containsEntry("note", "the catalog has no plan \"unheard-of\"");
    assertThat(rig.grants()).isEmpty();
  }

  private IssueGrant onlyGrant() throws StripeException {
    assertThat(rig.grants()).hasSize(1);
    return rig.grants().getFirst();
  }

  @Test
  void a_payment_that_a_thin_event_tells_of_grants_and_its_snapshot_grants_nothing_more()
      throws Exception {
    // given
    fixture
        .simulator()
        .registerThinWebhook(
            rig.uri("/stripe/events"), InboxRig.SECRET, List.of("v1.checkout.session.completed"));
    fixture
        .simulator()
        .follow(WebhookPlan.seeded(1).always("checkout.session.completed", Fate.HELD));

    // when
    shop.buy(shop.named("ann"), shop.addOn("pack-750", 5000), 1);
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);

    // when
    fixture.simulator().release(fixture.simulator().heldEvents());
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    assertThat(rig.left(rig.grants().getFirst())).isEqualTo(Credits.parse("750"));
  }

  @Test
  void lines_that_an_invoices_event_does_not_show_are_bought_too() throws Exception {
    // given
    int lines = 12;
    Customer ann = shop.named("ann");
    String price = shop.addOn("pack-750", 5000).getId();
    Invoice invoice =
        fixture
            .client()
            .v1()
            .invoices()
            .create(InvoiceCreateParams.builder().setCustomer(ann.getId()).build());
    for (int i = 0; i < lines; i++) {
      fixture
          .client()
          .v1()
          .invoiceItems()
          .create(
              InvoiceItemCreateParams.builder()
                  .setCustomer(ann.getId())
                  .setInvoice(invoice.getId())
                  .setPricing(InvoiceItemCreateParams.Pricing.builder().setPrice(price).build())
                  .build());
    }

    // when
    fixture.client().v1().invoices().finalizeInvoice(invoice.getId());
    fixture.client().v1().invoices().pay(invoice.getId());
    rig.settle();

    // then
    assertThat(rig.grants().stream().map(IssueGrant::amount).reduce(Credits.ZERO, Credits::plus))
        .isEqualTo(Credits.parse("9000"));
  }
}
