package io.creditledger.stripe.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.setup.Wanted.Outcome;
import io.creditledger.stripe.setup.Wanted.Result;
import io.creditledger.stripe.simulator.SimulatorSettings;
import io.creditledger.stripe.simulator.StripeSimulator;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSetupTest {

  private static final Catalog CATALOG =
      CatalogYaml.parse(
          "catalog.yaml",
          """
          meters:
            llm.tokens: {name: Tokens, credits: "0.5", per: 1000}
          plans:
            plus: {name: Plus, grants: [{name: Plus plan, amount: "3900"}]}
          """);

  private final StripeSimulator simulator = StripeSimulator.start(SimulatorSettings.defaults());

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void makes_what_the_rules_speak_of_and_a_second_time_nothing() throws InterruptedException {
    // when
    List<Result> first = run(rules("0.01"));
    List<Result> second = run(rules("0.01"));

    // then
    assertThat(first)
        .extracting(Result::kind)
        .containsExactly("meter", "product", "price", "product", "price", "product", "price");
    assertThat(first).extracting(Result::outcome).containsOnly(Outcome.CREATED);
    assertThat(second).extracting(Result::outcome).containsOnly(Outcome.PRESENT);
    assertThat(second).extracting(Result::id).isEqualTo(first.stream().map(Result::id).toList());
  }

  @Test
  void says_what_is_there_and_is_otherwise() throws InterruptedException {
    // given
    run(rules("0.01"));

    // when
    List<Result> results = run(rules("0.02"));

    // then
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.DIFFERENT)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.key()).isEqualTo("credit_ledger_meter_llm_tokens_price");
              assertThat(result.detail()).contains("usd");
            });
  }

  @Test
  void makes_nothing_twice_when_answers_are_lost() throws InterruptedException {
    // given: a lost answer strikes twice, since the client's connection sends a POST once more
    simulator.follow(
        FaultPlan.seeded(1)
            .next("POST /v1/billing/meters", Fault.of(Fault.Kind.LOST_ANSWER))
            .next("POST /v1/billing/meters", Fault.of(Fault.Kind.LOST_ANSWER))
            .next("POST /v1/prices", Fault.of(Fault.Kind.SERVER_ERROR_AFTER_WORK)));

    // when
    List<Result> results = run(rules("0.01"));

    // then
    assertThat(results).extracting(Result::outcome).doesNotContain(Outcome.FAILED);
    assertThat(simulator.state().path("billing.meter")).hasSize(1);
    assertThat(simulator.state().path("price")).hasSize(3);
  }

  private List<Result> run(StripeRules rules) throws InterruptedException {
    StripeSettings settings =
        StripeSettings.at(simulator.apiKey(), simulator.baseUri()).withCallsPerSecond(1_000);
    return new StripeSetup(new StripeCalls(settings)).run(rules, CATALOG);
  }

  private static StripeRules rules(String price) {
    return RulesYaml.parse(
        "stripe.yaml",
        """
        meters:
          llm.tokens: {event_name: llm_tokens, price: {amount: "%s", currency: usd}}
        plans:
          plus: {price: {amount: "39", currency: usd, every: month}}
        add_ons:
          pack-750: {name: 750 credits, credits: "750", price: {amount: "50", currency: usd}}
        """
            .formatted(price));
  }
}
