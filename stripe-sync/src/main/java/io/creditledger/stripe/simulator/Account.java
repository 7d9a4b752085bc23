package io.creditledger.stripe.simulator;

import io.creditledger.stripe.simulator.billing.Customers;
import io.creditledger.stripe.simulator.billing.Prices;
import io.creditledger.stripe.simulator.billing.Products;
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
import io.creditledger.stripe.simulator.state.World;

/** The simulated account put together: every resource family, and the routes to all of them. */
final class Account {

  final World world;
  final Dispatcher dispatcher;
  final EventLog log;
  final WebhookEndpoints webhooks;
  final Usage usage = new Usage();
  final MeterIntake intake;
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

    Customers customers = new Customers(world, log);
    customers.addTo(routes);
    Products products = new Products(world, log);
    products.addTo(routes);
    Prices prices = new Prices(world, log, products);
    prices.addTo(routes);
  }

  /** What time brings: nothing is done that is not due. */
  void tick() {
    intake.reportDueErrors();
  }
}
