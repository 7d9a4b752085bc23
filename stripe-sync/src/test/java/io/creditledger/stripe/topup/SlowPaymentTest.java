package io.creditledger.stripe.topup;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.creditledger.core.id.EventId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import io.creditledger.stripe.topup.TopUp.State;
import io.creditledger.stripe.webhook.StripeEvent;
import io.creditledger.stripe.webhook.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlowPaymentTest {

  private static final EventId REQUEST = new EventId("top-up-1");

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void a_payment_that_takes_days_is_waited_for_until_stripe_says_that_it_failed()
      throws StripeException, InterruptedException, UnreadableEventException {
    // given
    ToppingUp topping =
        new ToppingUp(sync, ", price: {amount: \"0.10\", currency: usd}", "add_ons: {}");
    topping.link();
    topping.ask();
    topping.carry();
    sync.simulator()
        .follow(
            FaultPlan.seeded(1)
                .share(1, "POST /v1/invoices/*/pay", Fault.of(Fault.Kind.SERVER_ERROR)));
    topping.run();
    processing();
    topping.run();
    String waiting = topping.state();
    sync.clock().advance(Duration.ofHours(2));
    topping.run();
    int told = topping.failures().size();

    // when
    StripeEvent failed =
        StripeEvent.read(
            """
            {"id":"evt_1","object":"event","type":"invoice.payment_failed","created":1,
             "api_version":"2026-07-29.dahlia","data":{"object":{"id":"%s"}}}
            """
                .formatted(topping.invoices().getFirst().getId())
                .getBytes(StandardCharsets.UTF_8));
    sync.database()
        .jdbi()
        .useTransaction(handle -> new TopUpInvoices(sync.clock()).see(handle, failed));
    topping.run();

    // then
    assertThat(waiting).startsWith("held: the payment of in_");
    assertThat(told).isZero();
    assertThat(topping.failures()).hasSize(1);
    assertThat(topping.invoices().getFirst().getStatus()).isEqualTo("void");
  }

  /** As Stripe leaves it where a bank takes its time, which the simulator's cards do not. */
  private void processing() {
    sync.clock().advance(Duration.ofMinutes(10));
    sync.database()
        .jdbi()
        .useTransaction(
            handle ->
                TopUpTable.put(
                    handle,
                    TopUpTable.find(handle, ToppingUp.ANN, REQUEST)
                        .orElseThrow()
                        .in(State.PROCESSING, "")));
  }
}
