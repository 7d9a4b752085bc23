package io.creditledger.stripe.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.invoice.InvoiceDraft.Finality;
import io.creditledger.stripe.rules.InvoiceCreditsRule;
import io.creditledger.stripe.webhook.EventWatcher;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes note of what becomes of invoices, so that credits are applied in time. Invoices may come in
 * the shape of any API version, more than once and in any order.
 */
public final class DraftInvoices implements EventWatcher {

  private static final String CREATED = "invoice.created";
  private static final String FINALIZED = "invoice.finalized";
  private static final String VOIDED = "invoice.voided";

  /** How long a draft lives where it does not say when it will be finalised. */
  private static final Duration DRAFT_LIFE = Duration.ofHours(1);

  /** What is left to apply credits in when usage is no longer waited for. */
  private static final Duration LAST_MINUTES = Duration.ofMinutes(3);

  private final InvoiceCreditsRule rule;
  private final InstantSource clock;

  /** Takes note by that rule. */
  public DraftInvoices(InvoiceCreditsRule rule, InstantSource clock) {
    this.rule = rule;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of(CREATED, FINALIZED, VOIDED);
  }

  @Override
  public void see(Handle transaction, StripeEvent event) {
    switch (event.type()) {
      case CREATED -> drafted(transaction, event.object());
      case FINALIZED -> finalized(transaction, event.object());
      case VOIDED -> voided(transaction, event.object());
      default -> throw new IllegalArgumentException("no such type: " + event.type());
    }
  }

  /**
   * An invoice was drafted. Credits are applied shortly before it is finalised, once all its usage
   * has been sent; at once where it lives on a test clock, whose hours are not ours.
   */
  void drafted(Handle transaction, JsonNode invoice) {
    if (!rule.isAny()
        || !invoice.path("status").asText().equals("draft")
        || !isOfSubscription(invoice)) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> end = finalizedAt(invoice);
    CustomerId customer = Customers.customer(transaction, id(invoice.path("customer")));
    InvoiceDraft draft =
        new InvoiceDraft(
            invoice.path("id").asText(),
            customer,
            id(invoice.path("customer")),
            Instant.ofEpochSecond(invoice.path("period_end").asLong()),
            end.map(at -> at.minus(LAST_MINUTES)),
            InvoiceDraft.State.WAITING,
            Finality.DRAFT);
    if (CreditTable.keep(transaction, draft)) {
      Instant at = end.map(last -> last.minus(rule.lead())).orElse(now);
      Effects.ask(
          transaction,
          InvoiceCreditsEffect.KIND,
          customer,
          draft.invoice(),
          at.isBefore(now) ? now : at,
          now);
    }
  }

  /** An invoice was finalised: what it charges is held against what its credits were made for. */
  void finalized(Handle transaction, JsonNode invoice) {
    CreditTable.finalized(transaction, invoice.path("id").asText())
        .ifPresent(customer -> ask(transaction, customer, invoice));
  }

  /** An invoice was voided: the ledger gets back the credits that had paid on it. */
  void voided(Handle transaction, JsonNode invoice) {
    CreditTable.voided(transaction, invoice.path("id").asText())
        .ifPresent(customer -> ask(transaction, customer, invoice));
  }

  private void ask(Handle transaction, CustomerId customer, JsonNode invoice) {
    Instant now = clock.instant();
    Effects.ask(
        transaction, InvoiceCreditsEffect.KIND, customer, invoice.path("id").asText(), now, now);
  }

  private Optional<Instant> finalizedAt(JsonNode invoice) {
    if (!id(invoice.path("test_clock")).isEmpty()) {
      return Optional.empty();
    }
    JsonNode at = invoice.path("automatically_finalizes_at");
    return Optional.of(
        at.canConvertToLong() && at.asLong() > 0
            ? Instant.ofEpochSecond(at.asLong())
            : clock.instant().plus(DRAFT_LIFE));
  }

  /** Its first invoice has no usage, and is final at once. */
  private static boolean isOfSubscription(JsonNode invoice) {
    boolean named =
        !id(invoice.path("subscription")).isEmpty()
            || !id(invoice.path("parent").path("subscription_details").path("subscription"))
                .isEmpty();
    return named && !invoice.path("billing_reason").asText().equals("subscription_create");
  }

  /** The id of an object that may be named or spelled out; empty if there is none. */
  private static String id(JsonNode reference) {
    JsonNode named = reference.isObject() ? reference.path("id") : reference;
    return named.isTextual() ? named.asText() : "";
  }
}
