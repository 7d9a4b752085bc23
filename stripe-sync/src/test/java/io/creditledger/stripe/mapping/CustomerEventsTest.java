package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.param.CustomerUpdateParams;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.event.WebhookPlan.Fate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CustomerEventsTest {

  private static final CustomerId ANN = new CustomerId("ann");

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private InboxRig rig;
  private Shopkeeper shop;

  @BeforeEach
  void open() {
    rig = new InboxRig(fixture);
    shop = new Shopkeeper(fixture);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_customer_that_names_one_of_the_ledgers_is_that_one() throws Exception {
    Customer customer = shop.named("ann");
    rig.settle();
    assertThat(stripeId(ANN)).contains(customer.getId());
    assertThat(customer(customer.getId())).isEqualTo(ANN);
  }

  @Test
  void a_name_that_is_given_later_counts_from_then_on() throws Exception {
    // given
    Customer customer = shop.customer(shop.clock());
    rig.settle();
    assertThat(customer(customer.getId())).isEqualTo(new CustomerId(customer.getId()));

    // when
    name(customer, "bob");
    name(customer, "ann");
    rig.settle();

    // then
    assertThat(customer(customer.getId())).isEqualTo(ANN);
    assertThat(stripeId(new CustomerId("bob"))).isEmpty();
  }

  @Test
  void names_that_are_told_in_the_wrong_order_end_as_they_are() throws Exception {
    // given
    fixture.simulator().follow(WebhookPlan.seeded(1).always("customer.updated", Fate.HELD));
    Customer customer = shop.customer(shop.clock());
    name(customer, "bob");
    name(customer, "ann");

    // when
    fixture.simulator().releaseBackwards();
    rig.settle();

    // then
    assertThat(customer(customer.getId())).isEqualTo(ANN);
  }

  @Test
  void a_customer_that_is_deleted_is_sent_nothing_more_and_stays_known() throws Exception {
    // given
    Customer customer = shop.named("ann");
    rig.settle();

    // when
    fixture.client().v1().customers().delete(customer.getId());
    rig.settle();

    // then
    assertThat(stripeId(ANN)).isEmpty();
    assertThat(customer(customer.getId())).isEqualTo(ANN);
  }

  @Test
  void what_a_customer_bought_before_it_was_heard_of_is_granted_to_whom_it_names()
      throws Exception {
    fixture.simulator().follow(WebhookPlan.seeded(1).always("customer.created", Fate.HELD));
    shop.subscribe(shop.named("ann"), shop.plan("plus", 3900));
    rig.settle();
    assertThat(rig.grants().getFirst().customer()).isEqualTo(ANN);
  }

  private void name(Customer customer, String ledgerId) throws Exception {
    fixture
        .client()
        .v1()
        .customers()
        .update(
            customer.getId(),
            CustomerUpdateParams.builder().putMetadata("credit_ledger_customer", ledgerId).build());
  }

  private Optional<String> stripeId(CustomerId customer) {
    return fixture.database().jdbi().withHandle(handle -> Customers.stripeId(handle, customer));
  }

  private CustomerId customer(String stripeId) {
    return fixture.database().jdbi().withHandle(handle -> Customers.customer(handle, stripeId));
  }
}
