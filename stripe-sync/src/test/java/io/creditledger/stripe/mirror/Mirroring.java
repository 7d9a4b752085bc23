package io.creditledger.stripe.mirror;

import com.stripe.exception.StripeException;
import com.stripe.model.billing.CreditGrant;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billing.CreditGrantListParams;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.FakeLedger;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.effect.EffectLoop;
import io.creditledger.stripe.journal.JournalSink;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger whose grants are mirrored, stepped by hand. */
public final class Mirroring {

  public static final CustomerId ANN = new CustomerId("ann");

  final SyncFixture sync;
  final FakeLedger ledger;
  public final Catalog catalog;
  public final Services services;
  final String customer;
  private final JournalSink sink;
  private final EffectLoop loop;
  private int carried;

  public Mirroring(SyncFixture sync, String price) throws StripeException {
    this.sync = sync;
    catalog =
        Catalog.of(
            Unit.CREDITS,
            Map.of(
                Unit.CREDITS,
                new UnitInfo(
                    "Credits",
                    "",
                    Optional.of(new Price(new BigDecimal(price), "usd")),
                    AlertRule.DEFAULT)),
            Map.of(),
            Map.of(),
            OverdraftPolicy.DEFAULT,
            Limits.DEFAULT);
    ledger = new FakeLedger(catalog, sync.clock());
    services =
        sync.services(
            """
            meters: {llm.tokens: {event_name: tokens, send: all, in: quantity}}
            mirror: {units: [credits], outlive: PT2H}
            """);
    customer =
        sync.client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setName("Ann").build())
            .getId();
    link();
    sink =
        new JournalSink(
            Topics.prefixed(""),
            List.of(new GrantSink(services.config().rules().mirror(), sync.clock())));
    sync.database().jdbi().useTransaction(handle -> sink.write(handle, List.of()));
    loop =
        new EffectLoop(
            sync.database(),
            sync.clock(),
            List.of(
                new MirrorEffect(
                    sync.database(),
                    services.stripe(),
                    services.config().rules(),
                    () -> catalog,
                    sync.clock())));
  }

  /** Links the customer to Stripe's. */
  void link() {
    sync.database().jdbi().useHandle(handle -> Customers.link(handle, ANN, customer));
  }

  /** The customer is linked to none of Stripe's any more. */
  void unlink() {
    sync.database().jdbi().useHandle(handle -> handle.execute("delete from stripe_customer"));
  }

  /** A grant of that many credits, to be changed before it is published. */
  public LedgerEvent.IssueGrant grant(
      String id, String credits, Scope scope, Optional<Instant> end) {
    return new LedgerEvent.IssueGrant(
        new EventId(id),
        ANN,
        Credits.parse(credits),
        Optional.empty(),
        Category.PAID,
        10,
        Optional.empty(),
        end,
        scope,
        LedgerEvent.Activation.AT_ONCE,
        Optional.empty(),
        new GrantDetails(Optional.of("Plus plan"), Optional.empty(), Map.of()),
        Optional.empty(),
        Optional.empty(),
        Note.NONE);
  }

  LedgerEvent.VoidGrant voidGrant(String event, String grant, Optional<String> amount) {
    return new LedgerEvent.VoidGrant(
        new EventId(event),
        ANN,
        new GrantId(grant),
        LedgerEvent.Extent.of(amount.map(Credits::parse)),
        Optional.empty(),
        Note.NONE);
  }

  /** Publishes an event, carries the journal and does all that is due. */
  public void happens(LedgerEvent event) throws InterruptedException {
    ledger.publish(event);
    settle();
  }

  /** Carries the journal and does all that is due by now. */
  public void settle() throws InterruptedException {
    var records = ledger.entries();
    var fresh = records.subList(carried, records.size());
    sync.database().jdbi().useTransaction(handle -> sink.write(handle, fresh));
    carried = records.size();
    run();
  }

  void run() throws InterruptedException {
    while (loop.tryOne()) {
      // Until nothing is due.
    }
  }

  /** Stripe's grants of the customer, oldest first. */
  public List<CreditGrant> inStripe() throws StripeException {
    return sync.client()
        .v1()
        .billing()
        .creditGrants()
        .list(CreditGrantListParams.builder().setCustomer(customer).setLimit(100L).build())
        .getData()
        .reversed();
  }

  /** How a grant's effect stands: its state and its note. */
  String state(String grant) {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select state || ': ' || note from effect"
                            + " where kind = 'grant_mirror' and key = :grant")
                    .bind("grant", grant)
                    .mapTo(String.class)
                    .one());
  }
}
