package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.payment.Claim;
import io.creditledger.stripe.payment.Claims;
import io.creditledger.stripe.payment.OneAtATime;
import io.creditledger.stripe.payment.Payments;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Refunds, disputes and credit notes: the same part of the credits is taken back. Events come in
 * any order, and one of them may tell less than another, so they only make the object be looked at:
 * how it is now decides.
 */
final class MoneyBackEvents implements EventHandler {

  private static final Set<String> REFUNDS =
      Set.of("charge.refunded", "charge.refund.updated", "refund.updated", "refund.failed");
  private static final Set<String> DISPUTES =
      Set.of("charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed");
  private static final Set<String> CREDIT_NOTES =
      Set.of("credit_note.created", "credit_note.updated", "credit_note.voided");

  private final StripeReads reads;
  private final TakeBacks takeBacks;
  private final InstantSource clock;

  MoneyBackEvents(StripeReads reads, TakeBacks takeBacks, InstantSource clock) {
    this.reads = reads;
    this.takeBacks = takeBacks;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Stream.of(REFUNDS, DISPUTES, CREDIT_NOTES)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    Optional<Claim> claim = claim(event);
    if (claim.isEmpty()) {
      return new Handled.Ignored("it names no charge");
    }
    Claim found = foundBy(transaction, claim.get());
    Claims.keep(transaction, found, event.id(), clock.instant());
    found.paymentIntent().ifPresent(intent -> OneAtATime.at(transaction, intent));
    Optional<String> payment =
        found
            .payment()
            .or(
                () ->
                    found
                        .paymentIntent()
                        .flatMap(intent -> Payments.byIntent(transaction, intent)));
    String said = payment.map(id -> takeBacks.enforce(transaction, id, event.id())).orElse("");
    return said.isEmpty()
        ? new Handled.Done("kept; no credits have been granted for it so far")
        : new Handled.Done(said);
  }

  private Optional<Claim> claim(StripeEvent event) throws InterruptedException {
    if (CREDIT_NOTES.contains(event.type())) {
      return Optional.of(MoneyBack.creditNote(now("/v1/credit_notes/", event)));
    }
    if (DISPUTES.contains(event.type())) {
      return Optional.of(MoneyBack.dispute(now("/v1/disputes/", event)));
    }
    if (event.type().equals("charge.refunded")) {
      return Optional.of(MoneyBack.refunds(now("/v1/charges/", event)));
    }
    Optional<String> charge = StripeJson.id(event.object(), "charge");
    return charge.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MoneyBack.refunds(
                reads
                    .find("/v1/charges/" + StripeReads.escaped(charge.get()))
                    .orElseThrow(
                        () -> new CannotException("Stripe has no charge " + charge.get()))));
  }

  /** The object as it is now, or as it was told where Stripe has it no more. */
  private JsonNode now(String path, StripeEvent event) throws InterruptedException {
    return reads.find(path + StripeReads.escaped(event.objectId())).orElseGet(event::object);
  }

  /** Versions since basil do not say which invoice a payment intent paid. */
  private Claim foundBy(Handle transaction, Claim claim) throws InterruptedException {
    if (claim.payment().isPresent() || claim.paymentIntent().isEmpty()) {
      return claim;
    }
    String intent = claim.paymentIntent().get();
    Optional<String> payment = Payments.byIntent(transaction, intent);
    return claim.of(payment.isPresent() ? payment : invoiceOf(intent));
  }

  private Optional<String> invoiceOf(String intent) throws InterruptedException {
    return reads
        .find(
            "/v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]="
                + StripeReads.escaped(intent))
        .flatMap(
            page ->
                StripeJson.items(page).stream()
                    .flatMap(payment -> StripeJson.id(payment, "invoice").stream())
                    .findFirst());
  }
}
