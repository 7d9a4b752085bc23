package io.creditledger.stripe.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerListParams;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.effect.EffectLoop;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnknownCustomersTest {

  private static final CustomerId ANN = new CustomerId("ann");

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"LATENCY", "LOST_ANSWER", "SERVER_ERROR_AFTER_WORK", "SERVER_ERROR_KEPT"})
  void who_is_waited_for_is_made_once_and_linked(Fault.Kind fault)
      throws StripeException, InterruptedException {
    // given
    waitsFor("ann");
    waitsFor("cus_of_stripe");
    FaultPlan plan = FaultPlan.seeded(1);
    for (int i = 0; i < 3; i++) {
      plan = plan.next("POST /v1/customers", Fault.of(fault));
    }
    sync.simulator().follow(plan);

    // when
    EffectLoop loop = loop();
    for (int i = 0; i < 8; i++) {
      int asked = ask();
      assertThat(asked).isEqualTo(i == 0 ? 1 : 0);
      while (loop.tryOne()) {
        // Until nothing is due.
      }
      sync.clock().advance(Duration.ofMinutes(5));
    }

    // then
    List<Customer> customers =
        sync.client().v1().customers().list(CustomerListParams.builder().build()).getData();
    assertThat(customers).hasSize(1);
    assertThat(customers.getFirst().getMetadata()).containsEntry("credit_ledger_customer", "ann");
    Optional<String> linked =
        sync.database().jdbi().withHandle(handle -> Customers.stripeId(handle, ANN));
    assertThat(linked).contains(customers.getFirst().getId());
  }

  @Test
  void nobody_is_made_who_is_linked_already() {
    sync.database().jdbi().useHandle(handle -> Customers.link(handle, ANN, "cus_1"));
    waitsFor("ann");

    assertThat(ask()).isZero();
  }

  private void waitsFor(String customer) {
    sync.database()
        .jdbi()
        .useHandle(
            handle -> {
              Effects.ask(
                  handle,
                  "grant_mirror",
                  new CustomerId(customer),
                  "g_1",
                  sync.clock().instant().plus(Duration.ofDays(1)),
                  sync.clock().instant());
              handle.execute("update effect set state = 'held'");
            });
  }

  private int ask() {
    return sync.database()
        .jdbi()
        .inTransaction(new UnknownCustomers(sync.database(), sync.clock())::ask);
  }

  private EffectLoop loop() {
    return new EffectLoop(
        sync.database(),
        sync.clock(),
        List.of(new CustomerEffect(sync.database(), sync.services(StripeRules.NONE).stripe())));
  }
}
