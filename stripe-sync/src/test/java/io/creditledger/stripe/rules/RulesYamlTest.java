package io.creditledger.stripe.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.catalog.Price;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.yaml.YamlException;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.rules.MeterRule.Measure;
import io.creditledger.stripe.rules.MeterRule.Send;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesYamlTest {

  @Test
  void an_empty_mapping_sends_and_grants_nothing() {
    assertThat(RulesYaml.parse("stripe.yaml", "{}")).isEqualTo(StripeRules.NONE);
  }

  @Test
  void a_meter_has_its_own_name_and_is_sent_as_overage_in_credits_unless_said_otherwise() {
    StripeRules rules =
        RulesYaml.parse(
            "stripe.yaml",
            """
            meters:
              llm.tokens: {}
              gpu.seconds: {event_name: gpu, send: all, in: quantity, aggregation: last_of_hour}
            """);

    assertThat(rules.rule(Optional.of(new MeterName("llm.tokens"))))
        .contains(
            new MeterRule(
                "llm.tokens",
                Send.OVERAGE,
                Measure.CREDITS,
                Duration.ofMinutes(1),
                Aggregation.SUM,
                Optional.empty()));
    assertThat(rules.rule(Optional.of(new MeterName("gpu.seconds"))))
        .contains(
            new MeterRule(
                "gpu",
                Send.ALL,
                Measure.QUANTITY,
                Duration.ofHours(1),
                Aggregation.LAST_OF_HOUR,
                Optional.empty()));
    assertThat(rules.rule(Optional.of(new MeterName("other")))).isEmpty();
    assertThat(rules.rule(Optional.empty())).isEmpty();
  }

  @Test
  void everything_can_be_said() {
    StripeRules rules =
        RulesYaml.parse(
            "stripe.yaml",
            """
            credits: {event_name: credits, send: all}
            plans:
              plus: {products: [prod_1], prices: [price_1], price: {amount: 39, currency: usd}}
            add_ons:
              pack-750: {name: 750 credits, credits: 750, priority: 20, lifetime: P1Y}
            subscriptions: {at_end: void, on_change: keep, on_pause: void, on_refund: report}
            invoice_credits:
              mode: bill_customer
              form: balance_transaction
              customers: {cus_1: zero_out}
              meters: {llm.tokens: none}
            mirror: {units: [credits]}
            customers: {unknown: create}
            """);

    assertThat(rules.plans().get("plus").price())
        .contains(
            new RecurringPrice(new Price(new BigDecimal("39"), "usd"), RecurringPrice.Every.MONTH));
    assertThat(rules.addOns().get("pack-750").priority()).isEqualTo(20);
    assertThat(rules.subscriptions().onRefund()).isEqualTo(SubscriptionRule.OnRefund.REPORT);
    InvoiceCreditsRule credits = rules.invoiceCredits();
    Optional<MeterName> tokens = Optional.of(new MeterName("llm.tokens"));
    assertThat(credits.mode(new CustomerId("cus_1"), tokens)).isEqualTo(Mode.ZERO_OUT);
    assertThat(credits.mode(new CustomerId("cus_2"), tokens)).isEqualTo(Mode.NONE);
    assertThat(credits.mode(new CustomerId("cus_2"), Optional.empty()))
        .isEqualTo(Mode.BILL_CUSTOMER);
    assertThat(rules.mirror().units()).containsExactly(new Unit("credits"));
    assertThat(rules.customers().unknown()).isEqualTo(CustomerRule.Unknown.CREATE);
  }

  @Test
  void every_mistake_is_told_with_its_line() {
    assertThatThrownBy(
            () ->
                RulesYaml.parse(
                    "stripe.yaml",
                    """
                    meters:
                      llm.tokens: {send: everything}
                      gpu.seconds: {window: PT7M}
                    add_ons:
                      pack: {}
                    mirrors: {}
                    """))
        .isInstanceOf(YamlException.class)
        .message()
        .contains("stripe.yaml:2: meters[llm.tokens].send: \"everything\" is not one of all")
        .contains("stripe.yaml:3: meters[gpu.seconds]: window is not a number of seconds")
        .contains("stripe.yaml:5: add_ons[pack].credits: is missing")
        .contains("stripe.yaml:6: mirrors: is not a known field; did you mean \"mirror\"?");
  }
}
