package io.creditledger.stripe.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.billing.CreditGrant;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MirrorTest {

  private static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");
  private static final String CREATE = "POST /v1/billing/credit_grants";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void a_grant_stands_in_stripe_with_its_worth_its_terms_and_its_id() throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "0.01");

    // when
    mirroring.happens(mirroring.grant("g_1", "3900", Scope.EVERYTHING, Optional.of(MONTH_END)));

    // then
    CreditGrant grant = mirroring.inStripe().getFirst();
    assertThat(grant.getAmount().getMonetary().getValue()).isEqualTo(3900);
    assertThat(grant.getAmount().getMonetary().getCurrency()).isEqualTo("usd");
    assertThat(grant.getPriority()).isEqualTo(10);
    assertThat(grant.getCategory()).isEqualTo("paid");
    assertThat(grant.getName()).isEqualTo("Plus plan");
    assertThat(grant.getEffectiveAt()).isEqualTo(SyncFixture.START.getEpochSecond());
    assertThat(grant.getExpiresAt())
        .as("two hours later, so that the invoice of the month can still take it")
        .isEqualTo(MONTH_END.plus(Duration.ofHours(2)).getEpochSecond());
    assertThat(grant.getApplicabilityConfig().getScope().getPriceType()).isEqualTo("metered");
    assertThat(grant.getMetadata())
        .containsEntry("credit_ledger_grant", "g_1")
        .containsEntry("credit_ledger_customer", "ann");
  }

  @Test
  void a_fraction_of_a_cent_is_rounded_down_and_said() throws Exception {
    Mirroring mirroring = new Mirroring(sync, "0.0105");
    mirroring.happens(mirroring.grant("g_1", "3", Scope.EVERYTHING, Optional.empty()));
    mirroring.happens(mirroring.grant("g_2", "0.5", Scope.EVERYTHING, Optional.empty()));

    assertThat(mirroring.inStripe()).hasSize(1);
    assertThat(mirroring.inStripe().getFirst().getAmount().getMonetary().getValue()).isEqualTo(3);
    assertThat(mirroring.state("g_1")).startsWith("done: ").contains("0.0015 usd of its worth");
    assertThat(mirroring.state("g_2")).startsWith("parked: ").contains("smallest unit");
  }

  @Test
  void a_void_follows_and_so_does_a_moved_end() throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "0.01");
    mirroring.happens(mirroring.grant("g_1", "100", Scope.EVERYTHING, Optional.of(MONTH_END)));
    mirroring.happens(mirroring.grant("g_2", "200", Scope.EVERYTHING, Optional.of(MONTH_END)));

    // when
    mirroring.happens(mirroring.voidGrant("v_1", "g_1", Optional.empty()));
    mirroring.happens(extend("x_1", "g_2", new LedgerEvent.NewEnd.Never()));
    CreditGrant endless = mirroring.inStripe().getLast();
    mirroring.happens(
        extend("x_2", "g_2", new LedgerEvent.NewEnd.At(MONTH_END.plus(Duration.ofDays(31)))));

    // then
    assertThat(mirroring.inStripe().getFirst().getVoidedAt()).isNotNull();
    assertThat(endless.getExpiresAt()).isNull();
    assertThat(mirroring.inStripe().getLast().getExpiresAt())
        .isEqualTo(MONTH_END.plus(Duration.ofDays(31)).plusSeconds(7200).getEpochSecond());
  }

  private static LedgerEvent extend(String event, String grant, LedgerEvent.NewEnd end) {
    return new LedgerEvent.ExtendGrant(
        new EventId(event),
        Mirroring.ANN,
        new GrantId(grant),
        end,
        Map.of(),
        Optional.empty(),
        Note.NONE);
  }

  @Test
  void what_stripe_cannot_change_is_reported() throws Exception {
    Mirroring mirroring = new Mirroring(sync, "0.01");
    mirroring.happens(mirroring.grant("g_1", "100", Scope.EVERYTHING, Optional.empty()));
    mirroring.happens(mirroring.voidGrant("v_1", "g_1", Optional.of("40")));
    mirroring.happens(
        mirroring.grant(
            "g_2",
            "100",
            new Scope(List.of(), List.of(new SubscriptionId("sub_1"))),
            Optional.empty()));

    assertThat(mirroring.state("g_1")).startsWith("parked: the ledger has granted 60 credits");
    assertThat(mirroring.state("g_2")).startsWith("parked: it is limited to subscriptions");
    mirroring.happens(mirroring.voidGrant("v_2", "g_1", Optional.empty()));
    assertThat(mirroring.inStripe().getFirst().getVoidedAt()).isNotNull();
  }

  @Test
  void a_grant_for_some_meters_is_for_the_prices_that_charge_them() throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "0.01");
    Scope tokens = new Scope(List.of(new MeterName("llm.tokens")), List.of());
    mirroring.happens(mirroring.grant("g_1", "100", tokens, Optional.empty()));
    String waiting = mirroring.state("g_1");

    // when
    String price = meteredPrice();
    sync.clock().advance(Duration.ofHours(1));
    mirroring.run();

    // then
    assertThat(waiting).startsWith("held: it is limited to meters");
    assertThat(mirroring.inStripe().getFirst().getApplicabilityConfig().getScope().getPrices())
        .extracting(CreditGrant.ApplicabilityConfig.Scope.Price::getId)
        .containsExactly(price);
  }

  private String meteredPrice() throws StripeException {
    String meter =
        sync.client()
            .v1()
            .billing()
            .meters()
            .create(
                MeterCreateParams.builder()
                    .setDisplayName("tokens")
                    .setEventName("tokens")
                    .setDefaultAggregation(
                        MeterCreateParams.DefaultAggregation.builder()
                            .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                            .build())
                    .build())
            .getId();
    return sync.client()
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(5L)
                .setProductData(PriceCreateParams.ProductData.builder().setName("tokens").build())
                .setRecurring(
                    PriceCreateParams.Recurring.builder()
                        .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                        .setMeter(meter)
                        .build())
                .build())
        .getId();
  }

  @Test
  void the_hundred_and_first_unused_grant_waits_for_room() throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "0.01");
    mirroring.happens(mirroring.grant("g_1", "100", Scope.EVERYTHING, Optional.empty()));
    for (int i = 0; i < 99; i++) {
      sync.client().v1().billing().creditGrants().create(byHand(mirroring.customer));
    }
    mirroring.happens(mirroring.grant("g_2", "200", Scope.EVERYTHING, Optional.empty()));
    String waiting = mirroring.state("g_2");

    // when
    mirroring.happens(mirroring.voidGrant("v_1", "g_1", Optional.empty()));

    // then
    assertThat(waiting).startsWith("held: waiting for room");
    assertThat(mirroring.state("g_2")).startsWith("done: stands in Stripe");
  }

  private static CreditGrantCreateParams byHand(String customer) {
    return CreditGrantCreateParams.builder()
        .setCustomer(customer)
        .setAmount(
            CreditGrantCreateParams.Amount.builder()
                .setType(CreditGrantCreateParams.Amount.Type.MONETARY)
                .setMonetary(
                    CreditGrantCreateParams.Amount.Monetary.builder()
                        .setCurrency("usd")
                        .setValue(1L)
                        .build())
                .build())
        .setApplicabilityConfig(
            CreditGrantCreateParams.ApplicabilityConfig.builder()
                .setScope(
                    CreditGrantCreateParams.ApplicabilityConfig.Scope.builder()
                        .setPriceType(
                            CreditGrantCreateParams.ApplicabilityConfig.Scope.PriceType.METERED)
                        .build())
                .build())
        .build();
  }

  @Test
  void a_grant_waits_for_a_customer_in_stripe() throws Exception {
    Mirroring mirroring = new Mirroring(sync, "0.01");
    mirroring.unlink();
    mirroring.happens(mirroring.grant("g_1", "100", Scope.EVERYTHING, Optional.empty()));
    String waiting = mirroring.state("g_1");
    mirroring.link();
    mirroring.run();

    assertThat(waiting).isEqualTo("held: no customer of Stripe's is linked to ann");
    assertThat(mirroring.inStripe()).hasSize(1);
  }

  @Test
  void a_grant_that_stripe_made_is_not_mirrored_back() throws Exception {
    Mirroring mirroring = new Mirroring(sync, "0.01");
    LedgerEvent.IssueGrant made = mirroring.grant("g_1", "100", Scope.EVERYTHING, Optional.empty());
    mirroring.happens(
        new LedgerEvent.IssueGrant(
            made.id(),
            made.customer(),
            made.amount(),
            made.unit(),
            made.category(),
            made.priority(),
            made.effectiveAt(),
            made.expiresAt(),
            made.scope(),
            made.activation(),
            made.recurring(),
            new GrantDetails(
                Optional.empty(), Optional.empty(), Map.of("stripe_credit_grant", "credgr_9")),
            made.topUp(),
            made.occurredAt(),
            made.note()));

    assertThat(mirroring.inStripe()).isEmpty();
    assertThat(mirroring.state("g_1")).isEqualTo("done: it was made of credgr_9 of Stripe's");
  }

  @Test
  void what_ends_with_the_month_pays_in_stripe_for_the_month_and_a_void_then_ends_the_rest()
      throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "1");
    mirroring.happens(mirroring.grant("g_1", "20", Scope.EVERYTHING, Optional.of(MONTH_END)));
    subscribeAndUse(mirroring.customer, "5");

    // when
    sync.clock().set(MONTH_END);
    await().until(() -> invoice(mirroring), invoice -> invoice.getStatus().equals("draft"));
    sync.clock().advance(Duration.ofMinutes(61));
    Invoice invoice =
        await().until(() -> invoice(mirroring), one -> !one.getStatus().equals("draft"));
    mirroring.happens(mirroring.voidGrant("v_1", "g_1", Optional.empty()));

    // then
    assertThat(invoice.getSubtotal()).isEqualTo(25);
    assertThat(invoice.getTotal()).as("the ledger paid for it with the same grant").isZero();
    CreditGrant grant = mirroring.inStripe().getFirst();
    assertThat(grant.getVoidedAt()).as("Stripe voids nothing that was used").isNull();
    assertThat(grant.getExpiresAt()).isEqualTo(sync.clock().instant().getEpochSecond());
    assertThat(mirroring.state("g_1")).isEqualTo("done: expired in Stripe");
  }

  private void subscribeAndUse(String customer, String tokens) throws StripeException {
    String price = meteredPrice();
    sync.client()
        .v1()
        .subscriptions()
        .create(
            SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build())
                .build());
    sync.client()
        .v1()
        .billing()
        .meterEvents()
        .create(
            MeterEventCreateParams.builder()
                .setEventName("tokens")
                .setIdentifier("u_1")
                .setTimestamp(SyncFixture.START.getEpochSecond())
                .putPayload("stripe_customer_id", customer)
                .putPayload("value", tokens)
                .build());
  }

  private Invoice invoice(Mirroring mirroring) throws StripeException {
    return sync.client()
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(mirroring.customer).setLimit(1L).build())
        .getData()
        .getFirst();
  }

  @Test
  void a_grant_that_is_older_than_the_mirror_stands_with_what_is_left_of_it() throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "0.01");
    mirroring.ledger.publish(mirroring.grant("g_old", "100", Scope.EVERYTHING, Optional.empty()));
    mirroring.ledger.use(Mirroring.ANN, "u_1", "30");
    sync.clock().advance(Duration.ofDays(3));
    sync.database()
        .jdbi()
        .useHandle(handle -> handle.execute("update mirror_since set since = ?", now()));
    mirroring.ledger.publish(mirroring.grant("g_new", "100", Scope.EVERYTHING, Optional.empty()));
    mirroring.ledger.use(Mirroring.ANN, "u_2", "80");

    // when
    mirroring.settle();

    // then
    assertThat(mirroring.inStripe())
        .extracting(
            grant -> grant.getMetadata().get("credit_ledger_grant"),
            grant -> grant.getAmount().getMonetary().getValue())
        .containsExactlyInAnyOrder(tuple("g_new", 100L));
    assertThat(mirroring.state("g_old")).startsWith("parked: it is worth 0.00");
  }

  private OffsetDateTime now() {
    return sync.clock().instant().atOffset(ZoneOffset.UTC);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {
        "LOST_ANSWER",
        "LOST_REQUEST",
        "SERVER_ERROR",
        "SERVER_ERROR_KEPT",
        "SERVER_ERROR_AFTER_WORK",
        "CONFLICT",
        "LOCK_TIMEOUT_KEPT",
        "RATE_LIMITED"
      })
  void a_fault_makes_neither_two_grants_nor_none(Fault.Kind kind) throws Exception {
    // given
    Mirroring mirroring = new Mirroring(sync, "0.01");
    FaultPlan plan = FaultPlan.seeded(1);
    // The JDK sends a POST once more by itself where there was no answer.
    for (int i = 0; i < 3; i++) {
      plan = plan.next(CREATE, Fault.of(kind));
    }
    sync.simulator().follow(plan);

    // when
    mirroring.happens(mirroring.grant("g_1", "100", Scope.EVERYTHING, Optional.empty()));
    for (int i = 0; i < 10 && !mirroring.state("g_1").startsWith("done"); i++) {
      sync.clock().advance(Duration.ofMinutes(5));
      mirroring.run();
    }

    // then
    assertThat(sync.simulator().faultsStruck()).containsKey(kind);
    assertThat(mirroring.state("g_1")).startsWith("done: stands in Stripe");
    assertThat(mirroring.inStripe()).hasSize(1);
  }
}
