package io.creditledger.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.invoice.DraftInvoices;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.mapping.EventHandlers;
import io.creditledger.stripe.payment.GrantNews;
import io.creditledger.stripe.payment.ShortfallStatus;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.publish.LedgerAlerts;
import io.creditledger.stripe.publish.PublicationOutcomes;
import io.creditledger.stripe.publish.PublicationStatus;
import io.creditledger.stripe.publish.Publications;
import io.creditledger.stripe.publish.Publisher;
import io.creditledger.stripe.topup.TopUpInvoices;
import io.creditledger.stripe.usage.UsageFlush;
import io.creditledger.stripe.webhook.CatchUp;
import io.creditledger.stripe.webhook.Inbox;
import io.creditledger.stripe.webhook.InboxProcessor;
import io.creditledger.stripe.webhook.InboxStatus;
import io.creditledger.stripe.webhook.SignatureCheck;
import io.creditledger.stripe.webhook.Watched;
import io.creditledger.stripe.webhook.WebhookEndpoint;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
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
  private final CatchUp catchUp;
  private final Worker catchingUp;
  private final Services services;

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
    this.services = services;
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
    this.catchUp =
        new CatchUp(
            services.database(),
            reads,
            config.rules().webhooks(),
            processor.types(),
            clock,
            processing::nudge);
    this.catchingUp = new Worker("stripe-event-list", catchUp::step);
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

  /** Finds events that never came; for whoever does not want to wait for the loop. */
  CatchUp catchUp() {
    return catchUp;
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
  public void adminRoutes(HttpRouting.Builder routing) {
    routing.post("/v1/events/retry", this::retry);
  }

  /** Has another try made of what was parked, or refused by the ledger: all, or by event. */
  private void retry(ServerRequest request, ServerResponse response) {
    List<String> named = request.query().all("event", List::of);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    services
        .database()
        .jdbi()
        .useTransaction(
            transaction -> {
              List<String> events =
                  Inbox.retry(transaction, named, services.config().clock().instant());
              List<String> told = Publications.retry(transaction, named);
              answer.put("events", events.size()).put("told_again", told.size());
            });
    processing.nudge();
    publishing.nudge();
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(answer.toString());
  }

  @Override
  public void status(ObjectNode status) {
    ObjectNode part = status.putObject("webhooks");
    services
        .database()
        .jdbi()
        .useHandle(
            handle -> {
              InboxStatus.add(handle, part);
              PublicationStatus.add(handle, part);
              ShortfallStatus.add(handle, part);
            });
  }

  @Override
  public void start() {
    processing.start();
    publishing.start();
    catchingUp.start();
  }

  @Override
  public void close() {
    catchingUp.close();
    processing.close();
    publishing.close();
    alerts.close();
  }
}
