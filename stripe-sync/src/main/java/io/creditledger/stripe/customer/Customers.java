package io.creditledger.stripe.customer;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.effect.Effects;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The links between the ledger's customers and Stripe's. Without a link a customer of Stripe's is
 * the ledger's customer of the same id, and only an id of Stripe's form is taken to be one.
 */
public final class Customers {

  private static final String STRIPE_FORM = "cus_";

  /** Stripe's side of a link. */
  private record Link(String stripeId, boolean deleted) {}

  private Customers() {}

  /** Stripe's id of a customer; empty if Stripe has no such customer as far as is known. */
  public static Optional<String> stripeId(Handle handle, CustomerId customer) {
    Optional<Link> link =
        handle
            .createQuery(
                "select stripe_id, deleted_at is not null as deleted from stripe_customer"
                    + " where customer = :customer")
            .bind("customer", customer.value())
            .map((row, context) -> new Link(row.getString(1), row.getBoolean(2)))
            .findOne();
    return link.isPresent()
        ? link.filter(one -> !one.deleted()).map(Link::stripeId)
        : Optional.of(customer.value()).filter(value -> value.startsWith(STRIPE_FORM));
  }

  /** Stripe's ids of those customers that Stripe has, as far as is known. */
  public static Map<CustomerId, String> stripeIds(Handle handle, Set<CustomerId> customers) {
    Map<CustomerId, String> ids = new HashMap<>();
    customers.stream()
        .filter(customer -> customer.value().startsWith(STRIPE_FORM))
        .forEach(customer -> ids.put(customer, customer.value()));
    handle
        .createQuery(
            "select customer, stripe_id from stripe_customer where customer = any(:customers)")
        .bind("customers", SqlArrays.texts(customers, CustomerId::value))
        .map(
            (row, context) ->
                Map.entry(new CustomerId(row.getString("customer")), row.getString("stripe_id")))
        .forEach(linked -> ids.put(linked.getKey(), linked.getValue()));
    return ids;
  }

  /** The ledger's customers that are linked to one of Stripe's. */
  public static Set<CustomerId> linked(Handle handle) {
    return handle
        .createQuery("select customer from stripe_customer")
        .mapTo(String.class)
        .map(CustomerId::new)
        .set();
  }

  /** The ledger's customer of Stripe's id. */
  public static CustomerId customer(Handle handle, String stripeId) {
    return linked(handle, stripeId).orElseGet(() -> new CustomerId(stripeId));
  }

  /** The ledger's customer that Stripe's is known to be; empty if it was never heard of. */
  static Optional<CustomerId> linked(Handle handle, String stripeId) {
    return handle
        .createQuery("select customer from stripe_customer where stripe_id = :stripeId")
        .bind("stripeId", stripeId)
        .mapTo(String.class)
        .findOne()
        .map(CustomerId::new);
  }

  /** The customer is gone from Stripe; whose it was stays known. */
  public static void deleted(Handle handle, String stripeId, Instant at) {
    handle
        .createUpdate(
            "insert into stripe_customer (customer, stripe_id, deleted_at)"
                + " values (:stripeId, :stripeId, :at)"
                + " on conflict (stripe_id) do update set deleted_at = :at")
        .bind("stripeId", stripeId)
        .bind("at", at)
        .execute();
  }

  /**
   * From now on the two are the same customer; what either was linked to before is forgotten, and
   * what waits for the customer is released.
   */
  public static void link(Handle handle, CustomerId customer, String stripeId) {
    handle
        .createUpdate(
            "delete from stripe_customer where customer = :customer or stripe_id = :stripeId")
        .bind("customer", customer.value())
        .bind("stripeId", stripeId)
        .execute();
    handle
        .createUpdate(
            "insert into stripe_customer (customer, stripe_id) values (:customer, :stripeId)")
        .bind("customer", customer.value())
        .bind("stripeId", stripeId)
        .execute();
    Effects.release(handle, customer);
  }
}
