package io.creditledger.stripe.topup;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopUpTest {

  private static final String PRICED = ", price: {amount: \"0.10\", currency: usd}";
  private static final String NO_RULES = "add_ons: {}";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void what_is_asked_for_is_bought_at_the_catalogs_price()
      throws StripeException, InterruptedException {
    // given
    ToppingUp topping = new ToppingUp(sync, PRICED, NO_RULES);
    topping.link();
    topping.ask();

    // when
    topping.carry();
    topping.carry();
    topping.run();

    // then
    assertThat(topping.invoices()).hasSize(1);
    Invoice invoice = topping.invoices().getFirst();
    assertThat(invoice.getStatus()).isEqualTo("paid");
    assertThat(invoice.getAmountPaid()).isEqualTo(7500);
    assertThat(invoice.getCollectionMethod()).isEqualTo("charge_automatically");
    assertThat(invoice.getMetadata())
        .containsEntry("credit_ledger_top_up", "top-up-1")
        .containsEntry("credit_ledger_credits", "750")
        .containsEntry("credit_ledger_unit", "credits");
    assertThat(topping.state()).isEqualTo("done: paid by " + invoice.getId());
    assertThat(topping.failures()).isEmpty();
  }

  @Test
  void an_add_on_of_as_many_credits_says_what_they_cost()
      throws StripeException, InterruptedException {
    ToppingUp topping =
        new ToppingUp(
            sync,
            PRICED,
            "add_ons: {pack-750: {credits: \"750\", price: {amount: \"50\", currency: usd}}}");
    topping.link();
    topping.ask();
    topping.carry();
    topping.run();

    assertThat(topping.invoices().getFirst().getAmountPaid()).isEqualTo(5000);
    assertThat(topping.invoices().getFirst().getMetadata())
        .containsEntry("credit_ledger_add_on", "pack-750");
  }

  @Test
  void a_declined_card_is_told_to_the_ledger_once_nobody_can_pay_any_more()
      throws StripeException, InterruptedException {
    ToppingUp topping = new ToppingUp(sync, PRICED, NO_RULES);
    topping.link();
    sync.simulator().declineNextPayments(topping.customer, 1);
    topping.ask();
    topping.carry();
    topping.run();

    assertThat(topping.invoices()).hasSize(1);
    assertThat(topping.invoices().getFirst().getStatus()).isEqualTo("void");
    assertThat(topping.failures()).hasSize(1);
    assertThat(topping.failures().getFirst().note().description().orElseThrow())
        .contains("card_declined");
    assertThat(topping.ledger.rejections()).isEmpty();
  }

  @Test
  void without_a_customer_in_stripe_or_a_price_it_fails_with_the_reason()
      throws StripeException, InterruptedException {
    ToppingUp topping = new ToppingUp(sync, "", NO_RULES);
    topping.ask();
    topping.carry();
    topping.run();
    topping.link();
    sync.clock().advance(Duration.ofMinutes(61));
    topping.ledger.fireTimers();
    topping.carry();
    topping.run();

    assertThat(topping.failures())
        .extracting(failure -> failure.note().description().orElseThrow())
        .containsExactly(
            "no customer of Stripe's is linked to ann",
            "neither the catalog nor an add-on prices 750 credits");
    assertThat(topping.invoices()).isEmpty();
  }

  @Test
  void a_request_that_was_called_off_is_not_bought_and_not_failed()
      throws StripeException, InterruptedException {
    // given
    ToppingUp topping = new ToppingUp(sync, PRICED, NO_RULES);
    topping.link();
    topping.ask();
    topping.carry();
    sync.simulator()
        .follow(
            FaultPlan.seeded(1)
                .share(1, "POST /v1/invoices/*/pay", Fault.of(Fault.Kind.SERVER_ERROR)));
    topping.run();

    // when
    topping.callOff();
    sync.simulator().follow(FaultPlan.seeded(1));
    topping.settle();

    // then
    assertThat(topping.invoices()).hasSize(1);
    assertThat(topping.invoices().getFirst().getStatus()).isEqualTo("void");
    assertThat(topping.failures()).isEmpty();
  }

  @Test
  void what_was_not_begun_for_a_day_is_given_up() throws StripeException, InterruptedException {
    ToppingUp topping = new ToppingUp(sync, PRICED, NO_RULES);
    topping.link();
    topping.ask();
    topping.carry();
    sync.clock().advance(Duration.ofHours(25));
    topping.run();

    assertThat(topping.invoices()).isEmpty();
    assertThat(topping.failures().getFirst().note().description().orElseThrow())
        .isEqualTo("it was not tried within 24 hours");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /v1/invoices, LOST_ANSWER",
    "POST /v1/invoices, SERVER_ERROR_AFTER_WORK",
    "POST /v1/invoiceitems, LOST_ANSWER",
    "POST /v1/invoiceitems, SERVER_ERROR_KEPT",
    "POST /v1/invoices/*/finalize, LOST_ANSWER",
    "POST /v1/invoices/*/pay, LOST_ANSWER",
    "POST /v1/invoices/*/pay, SERVER_ERROR_AFTER_WORK",
    "POST /v1/invoices/*/pay, LOCK_TIMEOUT_KEPT",
  })
  void a_fault_makes_nobody_pay_twice(String request, Fault.Kind kind)
      throws StripeException, InterruptedException {
    // given
    ToppingUp topping = new ToppingUp(sync, PRICED, NO_RULES);
    topping.link();
    topping.ask();
    FaultPlan plan = FaultPlan.seeded(1);
    for (int i = 0; i < 3; i++) {
      plan = plan.next(request, Fault.of(kind));
    }
    sync.simulator().follow(plan);

    // when
    topping.settle();

    // then
    assertThat(sync.simulator().faultsStruck()).containsKey(kind);
    assertThat(topping.invoices()).hasSize(1);
    assertThat(topping.invoices().getFirst().getStatus()).isEqualTo("paid");
    assertThat(topping.invoices().getFirst().getAmountPaid()).isEqualTo(7500);
    assertThat(topping.failures()).isEmpty();
  }
}
