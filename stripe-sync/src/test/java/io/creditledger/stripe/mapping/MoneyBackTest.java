package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.RefundCreateParams;
import io.creditledger.core.event.LedgerEvent.IssueGrant;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.event.WebhookPlan.Fate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MoneyBackTest {

  private static final CustomerId ANN = new CustomerId("ann");

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private InboxRig rig;
  private Shopkeeper shop;
  private Customer ann;

  @BeforeEach
  void open() throws Exception {
    rig = new InboxRig(fixture);
    shop = new Shopkeeper(fixture);
    ann = shop.named("ann");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_refund_of_a_part_voids_the_same_part() throws Exception {
    // given
    Session session = bought();

    // when
    refund(session, 1000);
    rig.settle();

    // then
    assertThat(left()).isEqualTo("600");
  }

  @Test
  void two_refunds_add_up_however_they_are_told() throws Exception {
    // given
    Session session = bought();
    fixture.simulator().follow(WebhookPlan.seeded(1).always("charge.refunded", Fate.HELD));

    // when
    refund(session, 1000);
    refund(session, 1500);
    fixture.simulator().releaseBackwards();
    rig.settle();

    // then
    assertThat(left()).isEqualTo("375");
    assertThat(corrections()).containsExactly(Map.of("asked", "375", "done", "375"));
  }

  @Test
  void what_was_used_is_never_taken_and_the_shortfall_is_reported() throws Exception {
    // given
    Session session = bought();
    rig.use(ANN, "u1", "500");

    // when
    refund(session, 5000);
    rig.settle();

    // then
    assertThat(left()).isEqualTo("0");
    assertThat(corrections()).containsExactly(Map.of("asked", "750", "done", "250"));
    rig.use(ANN, "u2", "1");
    assertThat(rig.ledger().overage(ANN)).isEqualTo(Credits.parse("1"));
  }

  @Test
  void a_refund_that_is_told_before_the_purchase_takes_back_once_it_is_granted() throws Exception {
    // given
    fixture
        .simulator()
        .follow(WebhookPlan.seeded(1).always("checkout.session.completed", Fate.HELD));
    Session session = shop.buy(ann, shop.addOn("pack-750", 5000), 1);
    refund(session, 2500);
    rig.settle();
    assertThat(rig.grants()).isEmpty();

    // when
    fixture.simulator().release(fixture.simulator().heldEvents());
    rig.settle();

    // then
    assertThat(left()).isEqualTo("375");
  }

  @Test
  void a_dispute_takes_back_and_gives_back_what_it_took_when_it_is_won() throws Exception {
    // given
    Session session = bought();
    rig.use(ANN, "u1", "200");
    String dispute =
        fixture.simulator().openDispute(charge(session), 5000, "fraudulent").path("id").asText();
    rig.settle();
    assertThat(left()).isEqualTo("0");

    // when
    fixture.simulator().closeDispute(dispute, "won");
    rig.settle();

    // then
    assertThat(left()).isEqualTo("550");
  }

  @Test
  void a_dispute_that_is_lost_changes_nothing_more() throws Exception {
    Session session = bought();
    String dispute =
        fixture.simulator().openDispute(charge(session), 5000, "fraudulent").path("id").asText();
    rig.settle();
    fixture.simulator().closeDispute(dispute, "lost");
    rig.settle();
    assertThat(left()).isEqualTo("0");
    assertThat(corrections()).containsExactly(Map.of("asked", "750", "done", "750"));
  }

  @Test
  void a_dispute_that_is_won_before_the_ledger_answered_waits_for_the_answer() throws Exception {
    // given
    Session session = bought();
    String dispute =
        fixture.simulator().openDispute(charge(session), 5000, "fraudulent").path("id").asText();
    rig.takeIn();
    rig.process();
    fixture.simulator().closeDispute(dispute, "won");
    rig.takeIn();
    rig.process();
    assertThat(rig.event(rig.events("charge.dispute.closed").getFirst()))
        .containsEntry("state", "waiting")
        .hasEntrySatisfying("note", note -> assertThat(note).contains("has not said yet"));

    // when
    rig.settle();
    fixture.clock().advance(Duration.ofMinutes(11));
    rig.settle();

    // then
    assertThat(left()).isEqualTo("750");
  }

  @Test
  void a_refund_of_a_plans_invoice_is_found_by_its_payment() throws Exception {
    // given
    shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();
    String charge = charges().getFirst();

    // when
    fixture
        .client()
        .v1()
        .refunds()
        .create(RefundCreateParams.builder().setCharge(charge).setAmount(1300L).build());
    rig.settle();

    // then
    assertThat(left()).isEqualTo("2600");
  }

  @Test
  void a_credit_note_takes_back_once_though_it_refunds_a_part_of_it() throws Exception {
    // given
    shop.subscribe(ann, shop.plan("plus", 3900));
    rig.settle();

    // when
    fixture
        .client()
        .v1()
        .creditNotes()
        .create(
            CreditNoteCreateParams.builder()
                .setInvoice(invoice().getId())
                .setAmount(1950L)
                .setRefundAmount(975L)
                .setCreditAmount(975L)
                .build());
    rig.settle();

    // then
    assertThat(rig.events("charge.refunded")).hasSize(1);
    assertThat(left()).isEqualTo("1950");
  }

  @Test
  void a_payment_that_fails_after_all_takes_back_and_one_that_succeeds_gives_back()
      throws Exception {
    // given
    post("evt_1", "invoice.paid", "paid");
    rig.settle();
    assertThat(left()).isEqualTo("3900");

    // when
    post("evt_2", "invoice.payment_failed", "open");
    rig.settle();
    assertThat(left()).isEqualTo("0");
    post("evt_3", "invoice.paid", "paid");
    rig.settle();

    // then
    assertThat(left()).isEqualTo("3900");
    assertThat(rig.grants()).hasSize(1);
  }

  @Test
  void a_failure_that_is_told_after_the_success_that_followed_takes_nothing_back()
      throws Exception {
    // given
    fixture.simulator().follow(WebhookPlan.seeded(1).always("invoice.payment_failed", Fate.HELD));
    fixture.simulator().declineNextPayments(ann.getId(), 1);
    shop.subscribe(ann, shop.plan("plus", 3900));
    fixture.client().v1().invoices().pay(invoice().getId());
    rig.settle();
    assertThat(left()).isEqualTo("3900");

    // when
    fixture.simulator().release(fixture.simulator().heldEvents());
    rig.settle();

    // then
    assertThat(rig.events("invoice.payment_failed")).hasSize(1);
    assertThat(left()).isEqualTo("3900");
  }

  @Test
  void a_void_invoice_takes_all_back() throws Exception {
    post("evt_1", "invoice.paid", "paid");
    rig.settle();
    rig.use(ANN, "u1", "100");
    post("evt_2", "invoice.voided", "void");
    rig.settle();
    assertThat(left()).isEqualTo("0");
    assertThat(corrections()).containsExactly(Map.of("asked", "3900", "done", "3800"));
  }

  private Session bought() throws Exception {
    Session session = shop.buy(ann, shop.addOn("pack-750", 5000), 1);
    rig.settle();
    assertThat(left()).isEqualTo("750");
    return session;
  }

  private void refund(Session session, long cents) throws Exception {
    fixture
        .client()
        .v1()
        .refunds()
        .create(
            RefundCreateParams.builder()
                .setPaymentIntent(session.getPaymentIntent())
                .setAmount(cents)
                .build());
  }

  private String charge(Session session) throws Exception {
    return fixture
        .client()
        .v1()
        .paymentIntents()
        .retrieve(session.getPaymentIntent())
        .getLatestCharge();
  }

  private List<String> charges() throws Exception {
    return fixture.client().v1().charges().list().getData().stream().map(Charge::getId).toList();
  }

  private Invoice invoice() throws Exception {
    return fixture
        .client()
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(ann.getId()).build())
        .getData()
        .getFirst();
  }

  private String left() {
    IssueGrant grant = rig.grants().getFirst();
    return rig.left(grant).toString();
  }

  private List<Map<String, String>> corrections() {
    return fixture
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select asked, done from correction order by made_at, event_id")
                    .map(
                        (row, context) ->
                            Map.of(
                                "asked", Credits.ofMicros(row.getLong("asked")).toString(),
                                "done", Credits.ofMicros(row.getLong("done")).toString()))
                    .list());
  }

  /** An invoice that Stripe has no more, so that its events alone say how it is. */
  private void post(String id, String type, String status) throws Exception {
    String price = shop.plan("plus", 3900).getId();
    String event =
        """
        {"id":"%s","object":"event","api_version":"2026-07-29.dahlia","created":1793491200,
         "type":"%s","data":{"object":{"id":"in_gone","object":"invoice","customer":"%s",
         "status":"%s","billing_reason":"subscription_create","currency":"usd","total":3900,
         "created":1793491200,"period_end":1793491200,"status_transitions":{"paid_at":1793491200},
         "parent":{"type":"subscription_details","subscription_details":{"subscription":"sub_1"}},
         "lines":{"has_more":false,"data":[{"id":"il_1","amount":3900,"quantity":1,
          "period":{"start":1793491200,"end":1796083200},
          "parent":{"type":"subscription_item_details",
           "subscription_item_details":{"proration":false,"subscription":"sub_1"}},
          "pricing":{"type":"price_details","price_details":{"price":"%s"}}}]}}}}
        """
            .formatted(id, type, ann.getId(), status, price);
    rig.post(
        "/stripe/webhooks",
        event.getBytes(StandardCharsets.UTF_8),
        Webhook.Signature.generateSignatureHeader(event, InboxRig.SECRET));
  }
}
