package io.creditledger.stripe.simulator;

import io.creditledger.stripe.simulator.billing.BillingEngine;
import io.creditledger.stripe.simulator.billing.CheckoutSessions;
import io.creditledger.stripe.simulator.billing.CreditGrants;
import io.creditledger.stripe.simulator.billing.CreditLedger;
import io.creditledger.stripe.simulator.billing.CreditNotes;
import io.creditledger.stripe.simulator.billing.Customers;
import io.creditledger.stripe.simulator.billing.InvoiceBook;
import io.creditledger.stripe.simulator.billing.InvoiceCollection;
import io.creditledger.stripe.simulator.billing.InvoiceEndpoints;
import io.creditledger.stripe.simulator.billing.InvoiceItems;
import io.creditledger.stripe.simulator.billing.InvoiceLineEndpoints;
import io.creditledger.stripe.simulator.billing.InvoiceLines;
import io.creditledger.stripe.simulator.billing.Prices;
import io.creditledger.stripe.simulator.billing.Products;
import io.creditledger.stripe.simulator.billing.SubscriptionBilling;
import io.creditledger.stripe.simulator.billing.Subscriptions;
import io.creditledger.stripe.simulator.billing.TestClocks;
import io.creditledger.stripe.simulator.event.Dispatcher;
import io.creditledger.stripe.simulator.event.EventEndpoints;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.event.WebhookEndpoints;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.meter.Alerts;
import io.creditledger.stripe.simulator.meter.MeterEndpoints;
import io.creditledger.stripe.simulator.meter.MeterEventEndpoints;
import io.creditledger.stripe.simulator.meter.MeterIntake;
import io.creditledger.stripe.simulator.meter.Usage;
import io.creditledger.stripe.simulator.payment.Disputes;
import io.creditledger.stripe.simulator.payment.PaymentEndpoints;
import io.creditledger.stripe.simulator.payment.Payments;
import io.creditledger.stripe.simulator.payment.Refunds;
import io.creditledger.stripe.simulator.state.World;

/** The simulated account put together: every resource family, and the routes to all of them. */
final class Account {

  final World world;
  final Dispatcher dispatcher;
  final EventLog log;
  final WebhookEndpoints webhooks;
  final Usage usage = new Usage();
  final MeterIntake intake;
  final Payments payments;
  final Disputes disputes;
  private BillingEngine engine;
  private TestClocks clocks;
  private CheckoutSessions checkout;
  final Routes routes = new Routes();

  Account(SimulatorSettings settings) {
    world = new World(settings.time());
    dispatcher = new Dispatcher(world, settings.webhookRetries(), settings.webhookTimeout());
    log = new EventLog(world, dispatcher, settings.apiVersion());
    webhooks = new WebhookEndpoints(world);
    webhooks.addTo(routes);
    new EventEndpoints(world).addTo(routes);

    Alerts alerts = new Alerts(world, log, usage);
    alerts.addTo(routes);
    intake =
        new MeterIntake(
            world, log, usage, alerts, settings.meterReportWindow(), settings.meterSamplesMax());
    new MeterEndpoints(world, log, usage).addTo(routes);
    new MeterEventEndpoints(world, intake).addTo(routes);

    payments = new Payments(world, log);
    disputes = new Disputes(world, log, payments);
    billing(settings);
  }

  private void billing(SimulatorSettings settings) {
    Customers customers = new Customers(world, log);
    Products products = new Products(world, log);
    Prices prices = new Prices(world, log, products);
    CreditLedger credits = new CreditLedger(world, log);
    InvoiceLines lines = new InvoiceLines(world, usage);
    InvoiceBook book =
        new InvoiceBook(world, log, lines, credits, customers, settings.draftPeriod());
    InvoiceCollection collection = new InvoiceCollection(world, log, payments);
    InvoiceItems items = new InvoiceItems(world, log, customers, prices, book);
    SubscriptionBilling cycles = new SubscriptionBilling(world, log, book, collection, items);
    Subscriptions subscriptions =
        new Subscriptions(world, log, customers, prices, cycles, items, collection, payments);
    engine = new BillingEngine(world, book, collection, cycles, credits);
    clocks = new TestClocks(world, log, engine, dispatcher::isTried);
    checkout =
        new CheckoutSessions(
            world, log, customers, prices, subscriptions, items, book, collection, payments);
    Refunds refunds = new Refunds(world, log, payments);

    customers.addTo(routes);
    products.addTo(routes);
    prices.addTo(routes);
    subscriptions.addTo(routes);
    clocks.addTo(routes);
    new InvoiceEndpoints(world, log, customers, book, collection).addTo(routes);
    new InvoiceLineEndpoints(world, book, items).addTo(routes);
    items.addTo(routes);
    new CreditGrants(world, log, customers, credits).addTo(routes);
    new CreditNotes(world, log, customers, book, collection, refunds).addTo(routes);
    checkout.addTo(routes);
    new PaymentEndpoints(world, log, payments).addTo(routes);
    refunds.addTo(routes);
    disputes.addTo(routes);
  }

  TestClocks clocks() {
    return clocks;
  }

  CheckoutSessions checkout() {
    return checkout;
  }

  /** What time brings: nothing is done that is not due. */
  void tick() {
    engine.catchUp();
    intake.reportDueErrors();
  }
}
