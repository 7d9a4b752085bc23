package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.rules.CustomerRule;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@code customer.created}, {@code .updated}, {@code .deleted}: which of Stripe's customers is
 * which of the ledger's. Events come in any order, so one that may change the answer only makes it
 * be asked for.
 */
final class CustomerEvents implements EventHandler {

  private static final String DELETED = "customer.deleted";

  private final CustomerLookup customers;

  CustomerEvents(CustomerLookup customers) {
    this.customers = customers;
  }

  @Override
  public Set<String> types() {
    return Set.of("customer.created", "customer.updated", DELETED);
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    String stripeId =
        StripeJson.text(event.object(), "id")
            .orElseThrow(() -> new CannotException("the customer has no id"));
    if (event.type().equals(DELETED)) {
      Customers.deleted(transaction, stripeId, event.createdAt());
      return new Handled.Done(stripeId + " is gone from Stripe");
    }
    if (!names(event.object()) && !names(event.before())) {
      return new Handled.Ignored("its metadata says nothing new of " + CustomerRule.METADATA);
    }
    return new Handled.Done(stripeId + " is " + customers.lookUp(transaction, stripeId));
  }

  private static boolean names(JsonNode customer) {
    return customer.path("metadata").has(CustomerRule.METADATA);
  }
}
