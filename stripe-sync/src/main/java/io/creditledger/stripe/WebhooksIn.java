package io.creditledger.stripe;

import io.creditledger.relay.Worker;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.invoice.DraftInvoices;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.mapping.EventHandlers;
import io.creditledger.stripe.payment.GrantNews;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.publish.LedgerAlerts;
import io.creditledger.stripe.publish.PublicationOutcomes;
import io.creditledger.stripe.publish.Publisher;
import io.creditledger.stripe.topup.TopUpInvoices;
import io.creditledger.stripe.usage.UsageFlush;
import io.creditledger.stripe.webhook.InboxProcessor;
import io.creditledger.stripe.webhook.SignatureCheck;
import io.creditledger.stripe.webhook.Watched;
import io.creditledger.stripe.webhook.WebhookEndpoint;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Stripe's events on their way into the ledger: taken in, understood, published. */
public final class WebhooksIn implements Part {

  private final LedgerAlerts alerts;
  private final WebhookEndpoint endpoint;
  private final InboxProcessor processor;
  private final Publisher publisher;
  private final List<JournalSink.Reader> readers;
  private final Worker processing;
  private final Worker publishing;

  /**
   * The part, not yet started.
   *
   * @param usage is hurried before an invoice
   * @param alerts closed with this
   * @param machineClock which signatures carry, also where Stripe's time is simulated
   */
  public WebhooksIn(
      Services services,
      CatalogInForce catalog,
      UsageFlush usage,
      LedgerAlerts alerts,
      Clock machineClock) {
    this.alerts = alerts;
    StripeSyncConfig config = services.config();
    InstantSource clock = config.clock();
    StripeReads reads = new StripeReads(services.stripe());
    TakeBacks takeBacks = new TakeBacks(config.rules().subscriptions().onRefund(), clock);
    this.readers = List.of(new PublicationOutcomes(), new GrantNews(takeBacks, clock));
    this.processor =
        new InboxProcessor(
            services.database(),
            clock,
            reads,
            Watched.by(
                List.of(
                    new DraftInvoices(config.rules().invoiceCredits(), clock),
                    new TopUpInvoices(clock)),
                EventHandlers.all(config.rules(), catalog, reads, usage, takeBacks, clock)));
    this.publisher = new Publisher(services.database(), services.ledger(), alerts, clock);
    this.processing = new Worker("webhook-inbox", this::process);
    this.publishing = new Worker("ledger-publisher", publisher::step);
    this.endpoint =
        new WebhookEndpoint(
            services.database(),
            new SignatureCheck(config.webhookSecrets(), machineClock),
            clock,
            processing::nudge,
            services.metrics());
  }

  private Duration process() throws InterruptedException {
    Duration wait = processor.step();
    if (wait.isZero()) {
      publishing.nudge();
    }
    return wait;
  }

  /** Deals with events; for whoever does not want to wait for the loop. */
  InboxProcessor processor() {
    return processor;
  }

  /** Publishes what they come to; for whoever does not want to wait for the loop. */
  Publisher publisher() {
    return publisher;
  }

  /** Who is to read what the ledger decided. */
  List<JournalSink.Reader> readers() {
    return readers;
  }

  @Override
  public void routes(HttpRouting.Builder routing) {
    endpoint.addTo(routing);
  }

  @Override
  public void start() {
    processing.start();
    publishing.start();
  }

  @Override
  public void close() {
    processing.close();
    publishing.close();
    alerts.close();
  }
}
