package io.creditledger.stripe.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.rules.CustomerRule;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds the ledger's customer of one of Stripe's. One that was never heard of is looked up first,
 * since what it bought may be told before it is.
 */
public final class CustomerLookup {

  private final StripeReads reads;

  /** Looks customers up with these reads. */
  public CustomerLookup(StripeReads reads) {
    this.reads = reads;
  }

  /** The ledger's customer. */
  public CustomerId customer(Handle handle, String stripeId) throws InterruptedException {
    Optional<CustomerId> known = Customers.linked(handle, stripeId);
    return known.isPresent() ? known.get() : lookUp(handle, stripeId);
  }

  /** Asks Stripe which customer of the ledger it is now, and keeps the answer. */
  public CustomerId lookUp(Handle handle, String stripeId) throws InterruptedException {
    Optional<JsonNode> there =
        reads
            .find("/v1/customers/" + StripeReads.escaped(stripeId))
            .filter(customer -> !customer.path("deleted").asBoolean());
    Optional<CustomerId> named =
        there
            .map(StripeJson::metadata)
            .map(metadata -> metadata.get(CustomerRule.METADATA))
            .map(name -> named(stripeId, name));
    // Whoever it was keeps it, until somebody else is named.
    CustomerId customer =
        named
            .or(() -> Customers.linked(handle, stripeId))
            .orElseGet(() -> new CustomerId(stripeId));
    if (there.isPresent() && !Customers.linked(handle, stripeId).equals(Optional.of(customer))) {
      Customers.link(handle, customer, stripeId);
    }
    return customer;
  }

  private static CustomerId named(String stripeId, String name) {
    try {
      return new CustomerId(name);
    } catch (IllegalArgumentException e) {
      throw new CannotException(
          "the metadata of " + stripeId + " names no customer: " + e.getMessage());
    }
  }
}
