package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.billing.CreditGrant;
import com.stripe.param.billing.AlertCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams.Amount;
import com.stripe.param.billing.CreditGrantCreateParams.ApplicabilityConfig;
import com.stripe.param.billing.CreditGrantUpdateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.IssueGrant;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.wire.UsageThresholdJson;
import io.creditledger.core.wire.UsageThresholdJson.UsageThreshold;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.rules.Metadata;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody does by hand in Stripe: credit grants, and alerts about usage. */
class CreditGrantEventsTest {

  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private InboxRig rig;
  private Shopkeeper shop;
  private Customer ann;

  @BeforeEach
  void open() throws Exception {
    rig =
        new InboxRig(
            fixture,
            InboxRig.CATALOG,
            InboxRig.RULES + "meters: {llm.tokens: {event_name: tokens}}\n",
            fixture.simulator().apiVersion());
    shop = new Shopkeeper(fixture);
    ann = shop.named("ann");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_grant_made_in_stripe_is_one_of_the_ledger_that_is_not_shown_back() throws Exception {
    // when
    CreditGrant made = make(params());
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    IssueGrant grant = rig.grants().getFirst();
    assertThat(grant.customer()).isEqualTo(new CustomerId("ann"));
    assertThat(grant.amount()).isEqualTo(Credits.parse("1250"));
    assertThat(grant.priority()).isEqualTo(7);
    assertThat(grant.category()).isEqualTo(Category.PAID);
    assertThat(grant.expiresAt()).contains(END);
    assertThat(grant.scope()).isEqualTo(Scope.EVERYTHING);
    assertThat(grant.details().costBasis()).contains(new CostBasis(Quantity.parse("12.5"), "usd"));
    assertThat(grant.details().metadata())
        .isEqualTo(Map.of(Metadata.STRIPE_CREDIT_GRANT, made.getId()));
    assertThat(rig.left(grant)).isEqualTo(Credits.parse("1250"));
  }

  @Test
  void it_is_granted_once_however_often_and_in_whatever_order_it_is_told() throws Exception {
    // given
    fixture.simulator().follow(WebhookPlan.seeded(1).twice(1).twins(1));
    CreditGrant made = make(params());
    moveEnd(made, END.plus(Duration.ofDays(1)));

    // when
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    assertThat(rig.grants().getFirst().expiresAt()).contains(END.plus(Duration.ofDays(1)));
  }

  @Test
  void its_end_follows_also_back_to_what_it_was_and_so_does_its_void() throws Exception {
    // given
    CreditGrant made = make(params());
    rig.settle();

    // when
    moveEnd(made, END.plus(Duration.ofDays(1)));
    rig.settle();
    moveEnd(made, END);
    rig.settle();
    fixture.client().v1().billing().creditGrants().voidGrant(made.getId());
    rig.settle();

    // then
    assertThat(
            rig.ledger().published().stream()
                .filter(LedgerEvent.ExtendGrant.class::isInstance)
                .map(event -> ((LedgerEvent.ExtendGrant) event).end()))
        .containsExactly(
            new LedgerEvent.NewEnd.At(END.plus(Duration.ofDays(1))),
            new LedgerEvent.NewEnd.At(END));
    assertThat(rig.left(rig.grants().getFirst())).isEqualTo(Credits.ZERO);
  }

  @Test
  void a_grant_that_shows_one_of_the_ledger_changes_nothing() throws Exception {
    // when
    make(params().putMetadata(Metadata.GRANT, "g_1"));
    rig.settle();

    // then
    assertThat(rig.grants()).isEmpty();
    assertThat(rig.event(rig.events("billing.credit_grant.created").getFirst()))
        .containsEntry("state", "ignored")
        .hasEntrySatisfying("note", note -> assertThat(note).contains("g_1"));
  }

  @Test
  void a_grant_for_prices_is_limited_to_the_meters_they_charge() throws Exception {
    // when
    make(params().setApplicabilityConfig(only(shop.metered().getId())));
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    assertThat(rig.grants().getFirst().scope())
        .isEqualTo(new Scope(List.of(new MeterName("llm.tokens")), List.of()));
  }

  @Test
  void money_that_is_no_credits_is_parked_with_the_reason() throws Exception {
    // when
    make(params().setAmount(amount("eur", 1250)));
    rig.settle();

    // then
    assertThat(rig.grants()).isEmpty();
    assertThat(rig.event(rig.events("billing.credit_grant.created").getFirst()))
        .containsEntry("state", "parked")
        .containsEntry("note", "it is in eur, and credits costs usd");
  }

  @Test
  void an_alert_about_usage_is_told_once_among_the_ledgers_alerts() throws Exception {
    // given
    fixture.simulator().follow(WebhookPlan.seeded(1).twice(1).twins(1));
    String meter = shop.metered().getRecurring().getMeter();
    String alert =
        fixture
            .client()
            .v1()
            .billing()
            .alerts()
            .create(
                AlertCreateParams.builder()
                    .setAlertType(AlertCreateParams.AlertType.USAGE_THRESHOLD)
                    .setTitle("A thousand")
                    .setUsageThreshold(
                        AlertCreateParams.UsageThreshold.builder()
                            .setGte(1000L)
                            .setMeter(meter)
                            .setRecurrence(AlertCreateParams.UsageThreshold.Recurrence.ONE_TIME)
                            .build())
                    .build())
            .getId();

    // when
    fixture
        .client()
        .v1()
        .billing()
        .meterEvents()
        .create(
            MeterEventCreateParams.builder()
                .setEventName("tokens")
                .putPayload("stripe_customer_id", ann.getId())
                .putPayload("value", "1005")
                .build());
    rig.settle();

    // then
    assertThat(rig.alerts()).hasSize(1);
    UsageThreshold told =
        UsageThresholdJson.read(rig.alerts().getFirst().getBytes(StandardCharsets.UTF_8))
            .orElseThrow();
    assertThat(told.customer()).isEqualTo(new CustomerId("ann"));
    assertThat(told.alert()).isEqualTo(alert);
    assertThat(told.title()).contains("A thousand");
    assertThat(told.meter()).isEqualTo("tokens");
    assertThat(told.threshold()).isEqualTo("1000");
    assertThat(told.value()).isEqualTo("1005");
    assertThat(told.occurredAt()).isEqualTo(SyncFixture.START);
  }

  private CreditGrantCreateParams.Builder params() {
    return CreditGrantCreateParams.builder()
        .setCustomer(ann.getId())
        .setName("Goodwill")
        .setCategory(CreditGrantCreateParams.Category.PAID)
        .setPriority(7L)
        .setExpiresAt(END.getEpochSecond())
        .setAmount(amount("usd", 1250))
        .setApplicabilityConfig(
            ApplicabilityConfig.builder()
                .setScope(
                    ApplicabilityConfig.Scope.builder()
                        .setPriceType(ApplicabilityConfig.Scope.PriceType.METERED)
                        .build())
                .build());
  }

  private static ApplicabilityConfig only(String price) {
    return ApplicabilityConfig.builder()
        .setScope(
            ApplicabilityConfig.Scope.builder()
                .addPrice(ApplicabilityConfig.Scope.Price.builder().setId(price).build())
                .build())
        .build();
  }

  private static Amount amount(String currency, long cents) {
    return Amount.builder()
        .setType(Amount.Type.MONETARY)
        .setMonetary(Amount.Monetary.builder().setCurrency(currency).setValue(cents).build())
        .build();
  }

  private CreditGrant make(CreditGrantCreateParams.Builder params) throws StripeException {
    return fixture.client().v1().billing().creditGrants().create(params.build());
  }

  private void moveEnd(CreditGrant grant, Instant end) throws StripeException {
    fixture
        .client()
        .v1()
        .billing()
        .creditGrants()
        .update(
            grant.getId(),
            CreditGrantUpdateParams.builder().setExpiresAt(end.getEpochSecond()).build());
  }
}
