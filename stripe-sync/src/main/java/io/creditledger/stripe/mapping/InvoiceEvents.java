package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.payment.Claim;
import io.creditledger.stripe.payment.Claim.Standing;
import io.creditledger.stripe.payment.Claims;
import io.creditledger.stripe.payment.Payments;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * An invoice on its way: {@code invoice.created} hurries usage that belongs on it, {@code
 * .finalized} closes its period; {@code .voided}, and {@code .payment_failed} after credits were
 * granted for it, take them back.
 */
final class InvoiceEvents implements EventHandler {

  private static final String CREATED = "invoice.created";
  private static final String FINALIZED = "invoice.finalized";
  private static final String VOIDED = "invoice.voided";
  private static final String FAILED = "invoice.payment_failed";

  private final StripeReads reads;
  private final InvoiceReader invoices;
  private final CustomerLookup customers;
  private final BilledPeriods periods;
  private final TakeBacks takeBacks;
  private final InstantSource clock;

  InvoiceEvents(
      StripeReads reads,
      InvoiceReader invoices,
      CustomerLookup customers,
      BilledPeriods periods,
      TakeBacks takeBacks,
      InstantSource clock) {
    this.reads = reads;
    this.invoices = invoices;
    this.customers = customers;
    this.periods = periods;
    this.takeBacks = takeBacks;
    this.clock = clock;
  }

  /** The claim that a payment which failed after all lays on its invoice. */
  static String failure(String invoice) {
    return invoice + ":failed";
  }

  @Override
  public Set<String> types() {
    return Set.of(CREATED, FINALIZED, VOIDED, FAILED);
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    String said =
        switch (event.type()) {
          case CREATED, FINALIZED -> followed(transaction, event);
          case VOIDED -> voided(transaction, event);
          case FAILED -> failed(transaction, event);
          default -> throw new IllegalStateException("no such type: " + event.type());
        };
    return said.isEmpty() ? new Handled.Ignored("it concerns no credits") : new Handled.Done(said);
  }

  private String followed(Handle transaction, StripeEvent event) throws InterruptedException {
    Invoice invoice = invoices.of(event);
    String stripeId =
        invoice.customer().orElseThrow(() -> new CannotException("the invoice names no customer"));
    CustomerId customer = customers.customer(transaction, stripeId);
    return periods.follow(transaction, invoice, customer, event.createdAt());
  }

  private String voided(Handle transaction, StripeEvent event) {
    String id = event.objectId();
    claim(transaction, id + ":voided", id, "invoice " + id + " is void", event.id());
    return takeBacks.enforce(transaction, id, event.id());
  }

  /** A failure may be told after the success that followed it: how the invoice is now decides. */
  private String failed(Handle transaction, StripeEvent event) throws InterruptedException {
    String id = event.objectId();
    if (Payments.find(transaction, id).isEmpty()) {
      return "";
    }
    String status =
        reads
            .find("/v1/invoices/" + StripeReads.escaped(id))
            .or(() -> Optional.of(event.object()))
            .flatMap(invoice -> StripeJson.text(invoice, "status"))
            .orElse("");
    if (status.equals(Invoice.PAID)) {
      return "";
    }
    claim(transaction, failure(id), id, "the payment of invoice " + id + " failed", event.id());
    return takeBacks.enforce(transaction, id, event.id());
  }

  private void claim(Handle transaction, String id, String invoice, String reason, String cause) {
    Claims.keep(
        transaction,
        new Claim(
            id,
            Optional.of(invoice),
            Optional.empty(),
            OptionalLong.empty(),
            Standing.STANDS,
            reason),
        cause,
        clock.instant());
  }
}
