package io.creditledger.stripe.mapping;

import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.usage.UsageFlush;
import io.creditledger.stripe.webhook.EventHandler;
import java.time.InstantSource;
import java.util.List;

/** Everything that this package does with Stripe's events. */
public final class EventHandlers {

  private EventHandlers() {}

  /** The handlers. */
  public static List<EventHandler> all(
      StripeRules rules,
      CatalogInForce catalog,
      StripeReads reads,
      UsageFlush usage,
      TakeBacks takeBacks,
      InstantSource clock) {
    CustomerLookup customers = new CustomerLookup(reads);
    PriceMeanings meanings = new PriceMeanings(rules, reads, clock);
    SubscriptionReader subscriptions = new SubscriptionReader(reads, meanings);
    InvoiceReader invoices = new InvoiceReader(reads);
    Purchases purchases = new Purchases(rules, catalog, meanings, clock);
    BilledPeriods periods = new BilledPeriods(usage);
    PaidInvoices paid =
        new PaidInvoices(
            invoices,
            customers,
            purchases,
            periods,
            takeBacks,
            new PlanChanges(rules.subscriptions().onChange(), meanings, subscriptions, clock),
            clock);
    return List.of(
        paid,
        new Checkouts(reads, customers, meanings, purchases, paid, takeBacks),
        new InvoiceEvents(reads, invoices, customers, periods, takeBacks, clock),
        new MoneyBackEvents(reads, takeBacks, clock),
        new SubscriptionEvents(rules.subscriptions(), subscriptions, customers, usage, clock),
        new CustomerEvents(customers),
        new MeterErrorEvents(reads, clock),
        new CreditGrantEvents(rules, catalog, reads, customers, clock),
        new AlertEvents(reads, customers, clock));
  }
}
