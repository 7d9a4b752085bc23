package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Extent;
import io.creditledger.core.event.LedgerEvent.NewEnd;
import io.creditledger.core.event.Note;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.payment.OneAtATime;
import io.creditledger.stripe.publish.Publications;
import io.creditledger.stripe.rules.Metadata;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@code billing.credit_grant.created} and {@code .updated}: a credit grant that somebody made in
 * Stripe is a grant of the ledger too, and its end and its void follow. One that shows a grant of
 * the ledger is known by its metadata and changes nothing. Events come in any order, so they only
 * make the grant be looked at.
 */
final class CreditGrantEvents implements EventHandler {

  private static final String VERB = "stripe";

  private final StripeReads reads;
  private final CustomerLookup customers;
  private final CreditGrantTerms terms;
  private final CatalogInForce catalog;
  private final InstantSource clock;

  CreditGrantEvents(
      StripeRules rules,
      CatalogInForce catalog,
      StripeReads reads,
      CustomerLookup customers,
      InstantSource clock) {
    this.reads = reads;
    this.customers = customers;
    this.terms = new CreditGrantTerms(rules, reads);
    this.catalog = catalog;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of("billing.credit_grant.created", "billing.credit_grant.updated");
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    String id =
        StripeJson.text(event.object(), "id")
            .orElseThrow(() -> new CannotException("the credit grant has no id"));
    OneAtATime.at(transaction, id);
    JsonNode grant =
        reads
            .find("/v1/billing/credit_grants/" + StripeReads.escaped(id))
            .orElseThrow(() -> new CannotException("Stripe has no credit grant " + id));
    Optional<String> shown = Optional.ofNullable(StripeJson.metadata(grant).get(Metadata.GRANT));
    if (shown.isPresent()) {
      return new Handled.Ignored(id + " shows the ledger's own grant " + shown.get());
    }
    Optional<HandMadeGrant> known = HandMadeGrant.find(transaction, id);
    return known.isPresent()
        ? follow(transaction, event, grant, known.get())
        : begin(transaction, event, id, grant);
  }

  private Handled begin(Handle transaction, StripeEvent event, String id, JsonNode grant)
      throws InterruptedException {
    Optional<Instant> end = StripeJson.time(grant, "expires_at");
    if (voidedAt(grant).isPresent() || end.filter(at -> !at.isAfter(clock.instant())).isPresent()) {
      return new Handled.Ignored(id + " was over before the ledger heard of it");
    }
    String stripeCustomer =
        StripeJson.id(grant, "customer")
            .orElseThrow(() -> new CannotException("credit grant " + id + " names no customer"));
    CustomerId customer = customers.customer(transaction, stripeCustomer);
    LedgerEvent.IssueGrant issue =
        terms.grant(
            new EventId(DerivedIds.byDefault(VERB, id)), customer, grant, catalog.current());
    Publications.add(transaction, issue, event.id(), clock.instant());
    HandMadeGrant.keep(transaction, new HandMadeGrant(id, customer, issue.grant(), end, false, 0));
    return new Handled.Done(
        "granted to " + customer + ": " + issue.amount() + " as " + issue.grant());
  }

  private Handled follow(
      Handle transaction, StripeEvent event, JsonNode grant, HandMadeGrant known) {
    if (known.ended()) {
      return new Handled.Ignored(known.stripeId() + " is void already");
    }
    Optional<Instant> end = StripeJson.time(grant, "expires_at");
    EventId next =
        new EventId(DerivedIds.byDefault(VERB, known.stripeId() + ":" + (known.changes() + 1)));
    Note note = new Note(Optional.of("changed in Stripe"), Optional.of("stripe"), Map.of());
    if (voidedAt(grant).isPresent()) {
      return changed(
          transaction,
          event,
          new LedgerEvent.VoidGrant(
              next, known.customer(), known.grant(), new Extent.All(), Optional.empty(), note),
          known.voided(),
          "is void");
    }
    if (end.equals(known.expiresAt())) {
      return new Handled.Ignored("nothing changed that the ledger keeps of " + known.stripeId());
    }
    return changed(
        transaction,
        event,
        new LedgerEvent.ExtendGrant(
            next,
            known.customer(),
            known.grant(),
            end.<NewEnd>map(NewEnd.At::new).orElseGet(NewEnd.Never::new),
            Map.of(),
            Optional.empty(),
            note),
        known.until(end),
        end.map(at -> "ends at " + at).orElse("does not end"));
  }

  private Handled changed(
      Handle transaction, StripeEvent cause, LedgerEvent change, HandMadeGrant after, String what) {
    Publications.add(transaction, change, cause.id(), clock.instant());
    HandMadeGrant.keep(transaction, after);
    return new Handled.Done(after.grant() + " " + what);
  }

  private static Optional<Instant> voidedAt(JsonNode grant) {
    return StripeJson.time(grant, "voided_at");
  }
}
