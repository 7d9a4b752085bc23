package io.creditledger.stripe.topup;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.NewTopUp;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.AlertJson;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.FakeLedger;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.effect.EffectLoop;
import io.creditledger.stripe.journal.JournalSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A customer whose credits are topped up, stepped by hand. */
final class ToppingUp {

  static final CustomerId ANN = new CustomerId("ann");

  final SyncFixture sync;
  final FakeLedger ledger;
  final String customer;
  private final TopUpRequests requests;
  private final JournalSink journal;
  private final EffectLoop loop;
  private int carried;

  ToppingUp(SyncFixture sync, String price, String rules) throws StripeException {
    this.sync = sync;
    Catalog catalog =
        CatalogYaml.parse("catalog", "units: {credits: {name: Credits%s}}".formatted(price));
    ledger = new FakeLedger(catalog, sync.clock());
    Services services = sync.services(rules);
    customer =
        sync.client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setName("Ann").build())
            .getId();
    requests = new TopUpRequests(sync.clock());
    journal = new JournalSink(Topics.prefixed(""), List.of(requests));
    loop =
        new EffectLoop(
            sync.database(),
            sync.clock(),
            List.of(
                new TopUpEffect(
                    sync.database(),
                    services.stripe(),
                    services.config().rules(),
                    () -> catalog,
                    ledger,
                    sync.clock())));
  }

  /** Links the customer to Stripe's. */
  void link() {
    sync.database().jdbi().useHandle(handle -> Customers.link(handle, ANN, customer));
  }

  /** The ledger asks for credits, since there are none: 750 each time, and again after an hour. */
  void ask() {
    ledger.publish(
        new LedgerEvent.Configure(
            new EventId("rule"),
            ANN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new NewTopUp.Rule(
                new TopUpRule(
                    Unit.CREDITS,
                    Credits.parse("100"),
                    Optional.of(Credits.parse("750")),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofHours(1),
                    3)),
            Optional.empty(),
            Note.NONE));
  }

  /** Somebody calls the request off. */
  void callOff() {
    ledger.publish(
        new LedgerEvent.EndTopUp(
            new EventId("off"),
            ANN,
            new EventId("top-up-1"),
            TopUpOutcome.CANCELLED,
            Optional.empty(),
            Note.NONE));
  }

  /** Carries the journal and the alerts; again from the start if they are told again. */
  void carry() {
    var records = ledger.entries();
    List<ConsumerRecord<byte[], byte[]>> alerts = new ArrayList<>();
    for (LedgerEntry entry : ledger.journal(ANN)) {
      for (int i = 0; i < entry.alerts().size(); i++) {
        Alert alert = entry.alerts().get(i);
        alerts.add(
            new ConsumerRecord<>(
                "ledger.alerts",
                0,
                alerts.size(),
                ANN.value().getBytes(StandardCharsets.UTF_8),
                AlertJson.write(ANN, entry, alert, i)));
      }
    }
    sync.database()
        .jdbi()
        .useTransaction(
            handle -> {
              requests.write(handle, alerts);
              journal.write(handle, records.subList(carried, records.size()));
            });
    carried = records.size();
  }

  /** Does what is due by now. */
  void run() throws InterruptedException {
    while (loop.tryOne()) {
      // Until nothing is due.
    }
  }

  /** Carries and does what is due, over an hour in which Stripe comes back. */
  void settle() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      carry();
      run();
      sync.clock().advance(Duration.ofMinutes(3));
    }
  }

  /** Stripe's invoices of the customer. */
  List<Invoice> invoices() throws StripeException {
    return sync.client()
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(customer).setLimit(100L).build())
        .getData();
  }

  /** How the ledger was told that requests failed. */
  List<LedgerEvent.EndTopUp> failures() {
    return ledger.published().stream()
        .filter(event -> event instanceof LedgerEvent.EndTopUp)
        .map(event -> (LedgerEvent.EndTopUp) event)
        .filter(event -> event.outcome() == TopUpOutcome.FAILED)
        .toList();
  }

  /** How the request's effect stands: its state and its note. */
  String state() {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select state || ': ' || note from effect where kind = 'top_up'")
                    .mapTo(String.class)
                    .one());
  }
}
