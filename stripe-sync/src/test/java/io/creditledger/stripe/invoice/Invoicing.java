package io.creditledger.stripe.invoice;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.FakeLedger;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.effect.EffectLoop;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.mirror.GrantSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A customer whose usage costs a dollar a token in Stripe, and credits of a dollar each. */
final class Invoicing {

  static final CustomerId ANN = new CustomerId("ann");
  static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  final SyncFixture sync;
  final FakeLedger ledger;
  final String customer;
  final AtomicBoolean usageIsSent = new AtomicBoolean(true);
  private final DraftInvoices drafts;
  private final JournalSink sink;
  private final EffectLoop loop;
  private int entries;
  private int rejections;

  /**
   * Sets up the customer and the subscription.
   *
   * @param overdraft the catalog's policy
   * @param rule of invoice credits, as people write it
   */
  Invoicing(SyncFixture sync, String overdraft, String rule) throws StripeException {
    this.sync = sync;
    Catalog catalog =
        CatalogYaml.parse(
            "catalog",
            """
            units: {credits: {name: Credits, price: {amount: "1", currency: usd}}}
            overdraft: {%s}
            limits: {expiry_grace: PT2H}
            """
                .formatted(overdraft));
    ledger = new FakeLedger(catalog, sync.clock());
    Services services =
        sync.services(
            """
            meters: {llm.tokens: {event_name: tokens, send: all, in: quantity}}
            invoice_credits: {%s}
            """
                .formatted(rule));
    customer = customer();
    subscribe(customer);
    sync.database().jdbi().useHandle(handle -> Customers.link(handle, ANN, customer));
    drafts = new DraftInvoices(services.config().rules().invoiceCredits(), sync.clock());
    sink =
        new JournalSink(
            Topics.prefixed(""),
            List.of(
                new GrantSink(services.config().rules().mirror(), sync.clock()),
                new DebitReader(sync.clock())));
    loop =
        new EffectLoop(
            sync.database(),
            sync.clock(),
            List.of(
                new InvoiceCreditsEffect(
                    sync.database(),
                    services.stripe(),
                    services.config().rules(),
                    () -> catalog,
                    ledger,
                    (handle, who, until) -> usageIsSent.get(),
                    sync.clock())));
  }

  private String customer() throws StripeException {
    return sync.client()
        .v1()
        .customers()
        .create(CustomerCreateParams.builder().setName("Ann").build())
        .getId();
  }

  private void subscribe(String to) throws StripeException {
    String meter =
        sync.client()
            .v1()
            .billing()
            .meters()
            .create(
                MeterCreateParams.builder()
                    .setDisplayName("tokens")
                    .setEventName("tokens")
                    .setDefaultAggregation(
                        MeterCreateParams.DefaultAggregation.builder()
                            .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                            .build())
                    .build())
            .getId();
    String price =
        sync.client()
            .v1()
            .prices()
            .create(
                PriceCreateParams.builder()
                    .setCurrency("usd")
                    .setUnitAmount(100L)
                    .setProductData(
                        PriceCreateParams.ProductData.builder().setName("tokens").build())
                    .setRecurring(
                        PriceCreateParams.Recurring.builder()
                            .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                            .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                            .setMeter(meter)
                            .build())
                    .build())
            .getId();
    sync.client()
        .v1()
        .subscriptions()
        .create(
            SubscriptionCreateParams.builder()
                .setCustomer(to)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build())
                .build());
  }

  /** The ledger gives credits for ever. */
  void grant(String id, String credits) {
    grant(id, credits, Optional.empty());
  }

  /** The ledger gives credits. */
  void grant(String id, String credits, Optional<Instant> end) {
    ledger.publish(
        new LedgerEvent.IssueGrant(
            new EventId(id),
            ANN,
            Credits.parse(credits),
            Optional.empty(),
            Category.PAID,
            10,
            Optional.empty(),
            end,
            Scope.EVERYTHING,
            LedgerEvent.Activation.AT_ONCE,
            Optional.empty(),
            GrantDetails.NONE,
            Optional.empty(),
            Optional.empty(),
            Note.NONE));
  }

  /** Credits are spent that the customer does not have. */
  void owe(String credits) {
    ledger.publish(
        new LedgerEvent.Usage(
            new EventId("debt"),
            ANN,
            Dimensions.NONE,
            new Charge.Rated(Credits.parse(credits), Optional.empty()),
            Map.of(),
            Optional.empty(),
            Note.NONE));
  }

  /** What is available in the ledger: what is owed is below zero. */
  Credits available() {
    return ledger.journal(ANN).stream()
        .flatMap(entry -> entry.balance().stream())
        .reduce((before, after) -> after)
        .map(balance -> balance.available().minus(balance.overdraft()))
        .orElse(Credits.ZERO);
  }

  /** Tokens are used, and Stripe is told. */
  void use(String identifier, String tokens) throws StripeException {
    sync.client()
        .v1()
        .billing()
        .meterEvents()
        .create(
            MeterEventCreateParams.builder()
                .setEventName("tokens")
                .setIdentifier(identifier)
                .setTimestamp(SyncFixture.START.getEpochSecond())
                .putPayload("stripe_customer_id", customer)
                .putPayload("value", tokens)
                .build());
  }

  /** The month ends in Stripe, and its invoice is drafted. */
  Invoice draft() {
    sync.clock().set(MONTH_END);
    return await().until(this::invoice, found -> found.getStatus().equals("draft"));
  }

  /** The draft hour passes. */
  Invoice finalized() {
    sync.clock().set(MONTH_END.plusSeconds(3601));
    return await().until(this::invoice, found -> !found.getStatus().equals("draft"));
  }

  /** The customer's latest invoice. */
  Invoice invoice() throws StripeException {
    return sync.client()
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(customer).setLimit(1L).build())
        .getData()
        .getFirst();
  }

  void tellDrafted(Invoice invoice) {
    sync.database().jdbi().useTransaction(handle -> drafts.drafted(handle, json(invoice)));
  }

  void tellFinalized(Invoice invoice) {
    sync.database().jdbi().useTransaction(handle -> drafts.finalized(handle, json(invoice)));
  }

  void tellVoided(Invoice invoice) {
    sync.database().jdbi().useTransaction(handle -> drafts.voided(handle, json(invoice)));
  }

  private static JsonNode json(Invoice invoice) {
    try {
      return JSON.readTree(invoice.toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Carries the journal and does what is due, till nothing comes of it any more. */
  void settle() throws InterruptedException {
    do {
      carry();
      while (loop.tryOne()) {
        // Until nothing is due.
      }
    } while (ledger.entries().size() > entries || ledger.rejections().size() > rejections);
  }

  /** Carries the journal to the tables. */
  void carry() {
    var journal = ledger.entries();
    var refusals = ledger.rejections();
    sync.database()
        .jdbi()
        .useTransaction(
            handle -> {
              sink.write(handle, journal.subList(entries, journal.size()));
              sink.write(handle, refusals.subList(rejections, refusals.size()));
            });
    entries = journal.size();
    rejections = refusals.size();
  }

  /** How the invoice's effect stands: its state and its note. */
  String state() {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select state || ': ' || note from effect where kind = 'invoice_credits'")
                    .mapTo(String.class)
                    .one());
  }
}
