package io.creditledger.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.CreditNote;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.StripeObject;
import com.stripe.model.checkout.Session;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.creditledger.stripe.simulator.billing.CheckoutSessions.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentsTest {

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

  private Session checkout(SessionCreateParams.Mode mode, String price) throws StripeException {
    return shop.client
        .v1()
        .checkout()
        .sessions()
        .create(
            SessionCreateParams.builder()
                .setMode(mode)
                .setCustomer(shop.customer.getId())
                .setClientReferenceId("order 7")
                .setSuccessUrl("https://example.com/thanks")
                .putMetadata("add_on", "750")
                .addLineItem(
                    SessionCreateParams.LineItem.builder().setPrice(price).setQuantity(1L).build())
                .build());
  }

  private Session session(String id) throws StripeException {
    return shop.client.v1().checkout().sessions().retrieve(id);
  }

  private List<String> types() throws StripeException {
    return shop
        .client
        .v1()
        .events()
        .list(EventListParams.builder().setLimit(100L).build())
        .getData()
        .reversed()
        .stream()
        .map(Event::getType)
        .toList();
  }

  @Test
  void aCheckoutIsPaidForAndRefundedInTwoParts() throws StripeException {
    String id =
        checkout(SessionCreateParams.Mode.PAYMENT, shop.oneOff("750 credits", 5000).getId())
            .getId();
    assertThat(session(id).getPaymentStatus()).isEqualTo("unpaid");

    stripe.simulator.completeCheckout(id, Outcome.PAID);

    Session paid = session(id);
    assertThat(paid.getPaymentStatus()).isEqualTo("paid");
    assertThat(paid.getAmountTotal()).isEqualTo(5000);
    assertThat(paid.getMetadata()).containsEntry("add_on", "750");
    String charge =
        shop.client.v1().paymentIntents().retrieve(paid.getPaymentIntent()).getLatestCharge();
    var refunds = shop.client.v1().refunds();
    refunds.create(RefundCreateParams.builder().setCharge(charge).setAmount(2000L).build());
    refunds.create(RefundCreateParams.builder().setPaymentIntent(paid.getPaymentIntent()).build());
    Charge refunded = shop.client.v1().charges().retrieve(charge);
    assertThat(refunded.getRefunded()).isTrue();
    assertThat(refunded.getAmountRefunded()).isEqualTo(5000);
    assertThatThrownBy(() -> refunds.create(RefundCreateParams.builder().setCharge(charge).build()))
        .extracting("code")
        .isEqualTo("charge_already_refunded");
    assertThat(types())
        .containsSubsequence(
            "payment_intent.succeeded",
            "checkout.session.completed",
            "charge.refunded",
            "charge.refunded");
  }

  @Test
  void aCheckoutMayBePaidDaysLaterOrNotAtAll() throws StripeException {
    String price = shop.oneOff("750 credits", 5000).getId();
    String good = checkout(SessionCreateParams.Mode.PAYMENT, price).getId();
    String bad = checkout(SessionCreateParams.Mode.PAYMENT, price).getId();
    stripe.simulator.completeCheckout(good, Outcome.UNPAID);
    stripe.simulator.completeCheckout(bad, Outcome.UNPAID);
    assertThat(session(good).getPaymentStatus()).isEqualTo("unpaid");

    stripe.simulator.settleCheckout(good, Outcome.PAID);
    stripe.simulator.settleCheckout(bad, Outcome.UNPAID);

    assertThat(session(good).getPaymentStatus()).isEqualTo("paid");
    assertThat(session(bad).getPaymentStatus()).isEqualTo("unpaid");
    assertThat(types())
        .contains(
            "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed");
  }

  @Test
  void aCheckoutStartsASubscription() throws StripeException {
    String id = checkout(SessionCreateParams.Mode.SUBSCRIPTION, shop.plan.getId()).getId();

    stripe.simulator.completeCheckout(id, Outcome.PAID);

    assertThat(shop.subscription(session(id).getSubscription()).getStatus()).isEqualTo("active");
    assertThat(shop.latest().getStatus()).isEqualTo("paid");
  }

  private Invoice topUp() throws StripeException {
    Invoice draft =
        shop.client
            .v1()
            .invoices()
            .create(
                InvoiceCreateParams.builder()
                    .setCustomer(shop.customer.getId())
                    .setAutoAdvance(false)
                    .putMetadata("top_up", "t_1")
                    .build());
    shop.client
        .v1()
        .invoiceItems()
        .create(
            InvoiceItemCreateParams.builder()
                .setCustomer(shop.customer.getId())
                .setInvoice(draft.getId())
                .setPricing(
                    InvoiceItemCreateParams.Pricing.builder()
                        .setPrice(shop.oneOff("750 credits", 5000).getId())
                        .build())
                .build());
    return shop.client.v1().invoices().finalizeInvoice(draft.getId());
  }

  private Invoice pay(Invoice invoice) throws StripeException {
    return shop.client.v1().invoices().pay(invoice.getId(), InvoicePayParams.builder().build());
  }

  @Test
  void anInvoiceOfItsOwnIsPaidAndItsPaymentFound() throws StripeException {
    Invoice open = topUp();
    assertThat(open.getStatus()).isEqualTo("open");
    assertThat(open.getBillingReason()).isEqualTo("manual");

    Invoice paid = pay(open);

    assertThat(paid.getStatus()).isEqualTo("paid");
    assertThat(paid.getAmountPaid()).isEqualTo(5000);
    InvoicePayment payment =
        shop.client
            .v1()
            .invoicePayments()
            .list(InvoicePaymentListParams.builder().setInvoice(open.getId()).build())
            .getData()
            .getFirst();
    String intent = payment.getPayment().getPaymentIntent();
    assertThat(
            shop.client
                .v1()
                .invoicePayments()
                .list(
                    InvoicePaymentListParams.builder()
                        .setPayment(
                            InvoicePaymentListParams.Payment.builder()
                                .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                                .setPaymentIntent(intent)
                                .build())
                        .build())
                .getData())
        .extracting(InvoicePayment::getInvoice)
        .containsExactly(open.getId());
    assertThatThrownBy(() -> pay(open)).hasMessageContaining("already paid");
  }

  @Test
  void aDeclinedCardLeavesTheInvoiceOpen() throws StripeException {
    Invoice open = topUp();
    stripe.simulator.declineNextPayments(shop.customer.getId(), 1);

    assertThatThrownBy(() -> pay(open))
        .isInstanceOf(CardException.class)
        .extracting("code")
        .isEqualTo("card_declined");

    assertThat(types()).contains("invoice.payment_failed", "charge.failed");
    assertThat(pay(open).getStatus()).isEqualTo("paid");
  }

  private CreditNote credit(Invoice paid) throws StripeException {
    return shop.client
        .v1()
        .creditNotes()
        .create(
            CreditNoteCreateParams.builder()
                .setInvoice(paid.getId())
                .setAmount(3000L)
                .setRefundAmount(2000L)
                .setCreditAmount(1000L)
                .setReason(CreditNoteCreateParams.Reason.ORDER_CHANGE)
                .build());
  }

  /** The charge of a completed checkout. */
  private String checkoutAndPay() throws StripeException {
    String id =
        checkout(SessionCreateParams.Mode.PAYMENT, shop.oneOff("750 credits", 5000).getId())
            .getId();
    stripe.simulator.completeCheckout(id, Outcome.PAID);
    return shop.client
        .v1()
        .paymentIntents()
        .retrieve(session(id).getPaymentIntent())
        .getLatestCharge();
  }

  @Test
  void aCreditNoteGivesMoneyAndBalanceBack() throws StripeException {
    Invoice paid = pay(topUp());

    CreditNote note = credit(paid);

    assertThat(note.getPostPaymentAmount()).isEqualTo(3000);
    assertThat(note.getRefunds().getFirst().getAmountRefunded()).isEqualTo(2000);
    assertThat(shop.client.v1().customers().retrieve(shop.customer.getId()).getBalance())
        .isEqualTo(-1000);
    assertThat(types()).contains("credit_note.created", "charge.refunded");
  }

  @Test
  void aDisputeIsOpenedAndDecided() throws StripeException {
    var intent =
        shop.client
            .v1()
            .paymentIntents()
            .create(
                PaymentIntentCreateParams.builder()
                    .setAmount(5000L)
                    .setCurrency("usd")
                    .setCustomer(shop.customer.getId())
                    .setConfirm(true)
                    .build());
    String dispute =
        stripe
            .simulator
            .openDispute(intent.getLatestCharge(), 5000, "fraudulent")
            .path("id")
            .asText();

    stripe.simulator.closeDispute(dispute, "lost");

    assertThat(shop.client.v1().disputes().retrieve(dispute).getStatus()).isEqualTo("lost");
    assertThat(types()).containsSubsequence("charge.dispute.created", "charge.dispute.closed");
  }

  @Test
  void everyEventHoldsAnObjectTheClientKnows() throws Exception {
    shop.subscribe();
    pay(topUp());
    credit(pay(topUp()));
    String charge = checkoutAndPay();
    shop.client
        .v1()
        .refunds()
        .create(RefundCreateParams.builder().setCharge(charge).setAmount(2000L).build());
    String dispute = stripe.simulator.openDispute(charge, 3000, "general").path("id").asText();
    stripe.simulator.closeDispute(dispute, "won");
    shop.grant(new CreditGrantCreateParams.Builder(), 100);

    List<Event> events =
        shop.client.v1().events().list(EventListParams.builder().setLimit(100L).build()).getData();

    assertThat(events).hasSizeGreaterThan(40);
    for (Event event : events) {
      assertThat(event.getDataObjectDeserializer().getObject())
          .as(event.getType())
          .isPresent()
          .get()
          .isInstanceOf(StripeObject.class);
    }
  }
}
