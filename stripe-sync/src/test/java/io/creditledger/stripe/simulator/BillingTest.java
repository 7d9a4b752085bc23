package io.creditledger.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.model.billing.CreditBalanceTransaction;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.InvoiceAddLinesParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billing.CreditBalanceTransactionListParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams.Category;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillingTest {

  private static final Instant NOVEMBER_15 = Instant.parse("2026-11-15T00:00:00Z");
  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2027-02-01T00:00:00Z");

  private final SimulatedStripe stripe = new SimulatedStripe();
  private Shop shop;

  @BeforeEach
  void open() throws StripeException {
    shop = new Shop(stripe);
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  @Test
  void aSubscriptionIsPaidForAtOnce() throws StripeException {
    Subscription subscription = shop.subscribe();

    assertThat(shop.subscription(subscription.getId()).getStatus()).isEqualTo("active");
    Invoice first = shop.latest();
    assertThat(first.getBillingReason()).isEqualTo("subscription_create");
    assertThat(first.getStatus()).isEqualTo("paid");
    assertThat(first.getAmountPaid()).isEqualTo(3900);
    assertThat(first.getParent().getSubscriptionDetails().getSubscription())
        .isEqualTo(subscription.getId());
    assertThat(first.getParent().getSubscriptionDetails().getMetadata())
        .containsEntry("plan", "plus");
    InvoiceLineItem line = first.getLines().getData().getFirst();
    assertThat(line.getPricing().getPriceDetails().getPrice()).isEqualTo(shop.plan.getId());
    assertThat(line.getPeriod().getEnd()).isEqualTo(DECEMBER.getEpochSecond());
  }

  @Test
  void threeMonthsOfOverageBurnCreditsInStripesOrder() throws StripeException {
    shop.subscribe();
    var late = shop.grant(new CreditGrantCreateParams.Builder().setPriority(60L), 1000);
    var paid =
        shop.grant(
            new CreditGrantCreateParams.Builder().setExpiresAt(FEBRUARY.getEpochSecond()), 300);
    var promotional =
        shop.grant(
            new CreditGrantCreateParams.Builder()
                .setCategory(Category.PROMOTIONAL)
                .setExpiresAt(FEBRUARY.getEpochSecond()),
            200);
    var soonest =
        shop.grant(
            new CreditGrantCreateParams.Builder().setExpiresAt(JANUARY.getEpochSecond()), 100);
    var first = shop.grant(new CreditGrantCreateParams.Builder().setPriority(10L), 50);

    shop.advanceTo(NOVEMBER_15);
    shop.use("november", 50, NOVEMBER_15);
    shop.advanceTo(DECEMBER);
    Invoice draft = shop.latest();
    assertThat(draft.getStatus()).isEqualTo("draft");
    assertThat(draft.getTotal()).isEqualTo(3900 + 250);
    assertThat(draft.getAutomaticallyFinalizesAt()).isEqualTo(DECEMBER.getEpochSecond() + 3600);

    shop.advanceTo(DECEMBER.plusSeconds(3600));
    Invoice november = shop.latest();
    assertThat(november.getStatus()).isEqualTo("paid");
    assertThat(november.getSubtotal()).isEqualTo(4150);
    assertThat(november.getTotal()).isEqualTo(3900);
    assertThat(applied(first.getId())).isEqualTo(50);
    assertThat(applied(soonest.getId())).isEqualTo(100);
    assertThat(applied(promotional.getId())).isEqualTo(100);
    assertThat(applied(paid.getId())).isZero();

    shop.use("december", 100, DECEMBER.plusSeconds(3600));
    shop.advanceTo(JANUARY.plusSeconds(3600));
    assertThat(shop.latest().getTotal()).isEqualTo(3900);
    assertThat(applied(promotional.getId())).isEqualTo(200);
    assertThat(applied(paid.getId())).isEqualTo(300);
    assertThat(applied(late.getId())).isEqualTo(100);

    shop.use("january", 200, JANUARY.plusSeconds(3600));
    shop.advanceTo(FEBRUARY.plusSeconds(3600));
    Invoice january = shop.latest();
    assertThat(january.getTotal()).isEqualTo(3900 + 1000 - 900);
    assertThat(january.getTotalPretaxCreditAmounts().getFirst().getAmount()).isEqualTo(900);
    assertThat(applied(late.getId())).isEqualTo(1000);
    assertThat(shop.invoices())
        .extracting(Invoice::getBillingReason)
        .containsExactly(
            "subscription_create",
            "subscription_cycle",
            "subscription_cycle",
            "subscription_cycle");
  }

  private long applied(String grant) throws StripeException {
    return shop
        .client
        .v1()
        .billing()
        .creditBalanceTransactions()
        .list(CreditBalanceTransactionListParams.builder().setCreditGrant(grant).build())
        .getData()
        .stream()
        .map(CreditBalanceTransaction::getDebit)
        .filter(debit -> debit != null && debit.getType().equals("credits_applied"))
        .mapToLong(debit -> debit.getAmount().getMonetary().getValue())
        .sum();
  }

  @Test
  void usageInTheDraftHourIsBilledAndUsageAfterItIsNotEver() throws StripeException {
    shop.subscribe();
    shop.advanceTo(DECEMBER.plusSeconds(1800));
    shop.use("in time", 10, DECEMBER.minusSeconds(60));
    shop.advanceTo(DECEMBER.plusSeconds(3600));
    shop.use("too late", 10, DECEMBER.minusSeconds(60));

    assertThat(shop.latest().getTotal()).isEqualTo(3950);
    shop.advanceTo(JANUARY.plusSeconds(3600));
    assertThat(shop.latest().getTotal()).isEqualTo(3900);
  }

  @Test
  void aDraftCanBeChangedAndAFinalInvoiceCannot() throws StripeException {
    shop.subscribe();
    shop.advanceTo(DECEMBER.plusSeconds(60));
    String draft = shop.latest().getId();
    InvoiceItemCreateParams item =
        InvoiceItemCreateParams.builder()
            .setCustomer(shop.customer.getId())
            .setInvoice(draft)
            .setCurrency("usd")
            .setAmount(-700L)
            .setDescription("Credits")
            .build();

    shop.client.v1().invoiceItems().create(item);
    shop.client
        .v1()
        .invoices()
        .addLines(
            draft,
            InvoiceAddLinesParams.builder()
                .addLine(
                    InvoiceAddLinesParams.Line.builder()
                        .setAmount(-100L)
                        .setDescription("More credits")
                        .build())
                .build());
    shop.advanceTo(DECEMBER.plusSeconds(3600));

    assertThat(shop.latest().getTotal()).isEqualTo(3900 - 800);
    assertThat(shop.client.v1().invoices().lineItems().list(draft).getData()).hasSize(4);
    assertThatThrownBy(() -> shop.client.v1().invoiceItems().create(item))
        .isInstanceOf(InvalidRequestException.class)
        .extracting("code")
        .isEqualTo("invoice_not_editable");
  }

  @Test
  void theCustomersBalanceIsUsedAfterTheCredits() throws StripeException {
    shop.subscribe();
    shop.grant(new CreditGrantCreateParams.Builder(), 500);
    shop.client
        .v1()
        .customers()
        .balanceTransactions()
        .create(
            shop.customer.getId(),
            CustomerBalanceTransactionCreateParams.builder()
                .setAmount(-5000L)
                .setCurrency("usd")
                .setDescription("Credits applied")
                .build());
    shop.use("november", 100, SimulatedStripe.START);

    shop.advanceTo(DECEMBER.plusSeconds(3600));

    Invoice invoice = shop.latest();
    assertThat(invoice.getTotal()).isEqualTo(3900);
    assertThat(invoice.getStartingBalance()).isEqualTo(-5000);
    assertThat(invoice.getEndingBalance()).isEqualTo(-1100);
    assertThat(invoice.getAmountDue()).isZero();
    assertThat(invoice.getStatus()).isEqualTo("paid");
    assertThat(shop.client.v1().customers().retrieve(shop.customer.getId()).getBalance())
        .isEqualTo(-1100);
  }

  @Test
  void aFailedPaymentIsTriedAgainAndAVoidedInvoiceGivesCreditsBack() throws StripeException {
    Subscription subscription = shop.subscribe();
    var grant = shop.grant(new CreditGrantCreateParams.Builder(), 500);
    shop.use("november", 100, SimulatedStripe.START);
    stripe.simulator.declineNextPayments(shop.customer.getId(), 2);

    shop.advanceTo(DECEMBER.plusSeconds(3600));
    assertThat(shop.latest().getStatus()).isEqualTo("open");
    assertThat(shop.latest().getAttemptCount()).isEqualTo(1);
    assertThat(shop.subscription(subscription.getId()).getStatus()).isEqualTo("past_due");

    shop.client.v1().invoices().voidInvoice(shop.latest().getId());
    assertThat(
            shop.client
                .v1()
                .billing()
                .creditBalanceTransactions()
                .list(
                    CreditBalanceTransactionListParams.builder()
                        .setCreditGrant(grant.getId())
                        .build())
                .getData()
                .getFirst()
                .getCredit()
                .getType())
        .isEqualTo("credits_application_invoice_voided");
    stripe.simulator.declineNextPayments(shop.customer.getId(), 1);
    shop.advanceTo(JANUARY.plusSeconds(3600));
    assertThat(shop.latest().getStatus()).isEqualTo("open");
    shop.advanceTo(JANUARY.plusSeconds(3600 + 3 * 86_400));
    assertThat(shop.latest().getStatus()).isEqualTo("paid");
    assertThat(shop.subscription(subscription.getId()).getStatus()).isEqualTo("active");
  }

  @Test
  void anUpgradeIsBilledAtOnceForTheRestOfThePeriod() throws StripeException {
    Subscription subscription = shop.subscribe();
    String dear =
        shop.price(
                "Pro",
                9900,
                PriceCreateParams.Recurring.builder()
                    .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                    .build())
            .getId();
    shop.advanceTo(Instant.parse("2026-11-16T00:00:00Z"));

    shop.client
        .v1()
        .subscriptions()
        .update(
            subscription.getId(),
            SubscriptionUpdateParams.builder()
                .addItem(
                    SubscriptionUpdateParams.Item.builder()
                        .setId(subscription.getItems().getData().getFirst().getId())
                        .setPrice(dear)
                        .build())
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .build());

    Invoice change = shop.latest();
    assertThat(change.getBillingReason()).isEqualTo("subscription_update");
    assertThat(change.getStatus()).isEqualTo("paid");
    assertThat(change.getTotal()).isEqualTo((9900 - 3900) / 2);
    assertThat(change.getLines().getData())
        .extracting(line -> line.getParent().getInvoiceItemDetails().getProration())
        .containsExactly(true, true);
  }

  @Test
  void aSubscriptionCancelledAtItsPeriodsEndBillsWhatWasUsed() throws StripeException {
    Subscription subscription = shop.subscribe();
    shop.client
        .v1()
        .subscriptions()
        .update(
            subscription.getId(),
            SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    shop.use("november", 10, SimulatedStripe.START);

    shop.advanceTo(JANUARY);

    assertThat(shop.subscription(subscription.getId()).getStatus()).isEqualTo("canceled");
    assertThat(shop.invoices()).hasSize(2);
    assertThat(shop.latest().getTotal()).isEqualTo(50);
    assertThat(shop.latest().getStatus()).isEqualTo("paid");
  }

  @Test
  void aPausedSubscriptionKeepsItsDrafts() throws StripeException {
    Subscription subscription = shop.subscribe();
    shop.client
        .v1()
        .subscriptions()
        .update(
            subscription.getId(),
            SubscriptionUpdateParams.builder()
                .setPauseCollection(
                    SubscriptionUpdateParams.PauseCollection.builder()
                        .setBehavior(
                            SubscriptionUpdateParams.PauseCollection.Behavior.KEEP_AS_DRAFT)
                        .build())
                .build());

    shop.advanceTo(DECEMBER.plusSeconds(7200));

    assertThat(shop.latest().getStatus()).isEqualTo("draft");
    assertThat(shop.latest().getAutomaticallyFinalizesAt()).isNull();
  }

  @Test
  void timeMovesForCustomersWithoutATestClockToo() throws StripeException {
    String customer = stripe.customer("Bob").getId();
    shop.client
        .v1()
        .subscriptions()
        .create(
            SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .addItem(
                    SubscriptionCreateParams.Item.builder().setPrice(shop.plan.getId()).build())
                .build());

    stripe.simulator.setTime(JANUARY.plusSeconds(3600));

    assertThat(
            shop.client
                .v1()
                .invoices()
                .list(InvoiceListParams.builder().setCustomer(customer).build())
                .getData())
        .extracting(Invoice::getStatus, Invoice::getCreated)
        .containsExactly(
            tuple("paid", JANUARY.getEpochSecond()),
            tuple("paid", DECEMBER.getEpochSecond()),
            tuple("paid", SimulatedStripe.START.getEpochSecond()));
  }
}
