package io.creditledger.stripe.mapping;

import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.webhook.EventHandler;
import java.time.InstantSource;
import java.util.List;

/** Everything that this package does with Stripe's events. */
public final class EventHandlers {

  private EventHandlers() {}

  /** The handlers. */
  public static List<EventHandler> all(
      StripeRules rules, CatalogInForce catalog, StripeReads reads, InstantSource clock) {
    CustomerLookup customers = new CustomerLookup(reads);
    PriceMeanings meanings = new PriceMeanings(rules, reads, clock);
    Purchases purchases = new Purchases(rules, catalog, meanings, clock);
    PaidInvoices paid = new PaidInvoices(new InvoiceReader(reads), customers, purchases);
    return List.of(
        paid,
        new Checkouts(reads, customers, meanings, purchases, paid),
        new MeterErrorEvents(reads, clock));
  }
}
