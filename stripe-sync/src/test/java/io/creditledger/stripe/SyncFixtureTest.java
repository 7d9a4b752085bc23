package io.creditledger.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.rules.StripeRules;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SyncFixtureTest {

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void a_part_finds_stripe_a_schema_and_one_clock_for_both_sides()
      throws StripeException, InterruptedException {
    // given
    Services services = sync.services(StripeRules.NONE);
    String made =
        sync.client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setName("Ann").build())
            .getId();
    sync.clock().advance(Duration.ofDays(1));

    // when
    services
        .database()
        .jdbi()
        .useHandle(handle -> Customers.link(handle, new CustomerId("ann"), made));

    // then
    assertThat(services.stripe().call(stripe -> stripe.v1().customers().retrieve(made).getName()))
        .isEqualTo(new Attempt.Done<>("Ann"));
    assertThat(sync.simulator().now()).isEqualTo(SyncFixture.START.plus(Duration.ofDays(1)));
    assertThat(services.config().clock().instant()).isEqualTo(sync.simulator().now());
    Optional<String> linked =
        sync.database()
            .jdbi()
            .withHandle(handle -> Customers.stripeId(handle, new CustomerId("ann")));
    assertThat(linked).contains(made);
  }
}
