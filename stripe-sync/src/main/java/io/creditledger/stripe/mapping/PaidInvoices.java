package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.payment.Claims;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code invoice.paid}: what was bought is granted. */
final class PaidInvoices implements EventHandler {

  private static final String PAID = "invoice.paid";

  private final InvoiceReader invoices;
  private final CustomerLookup customers;
  private final Purchases purchases;
  private final BilledPeriods periods;
  private final TakeBacks takeBacks;
  private final PlanChanges changes;
  private final InstantSource clock;

  PaidInvoices(
      InvoiceReader invoices,
      CustomerLookup customers,
      Purchases purchases,
      BilledPeriods periods,
      TakeBacks takeBacks,
      PlanChanges changes,
      InstantSource clock) {
    this.invoices = invoices;
    this.customers = customers;
    this.purchases = purchases;
    this.periods = periods;
    this.takeBacks = takeBacks;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of(PAID);
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    return paid(transaction, invoices.of(event), event.id());
  }

  /** A checkout's invoice, if it is paid by now: the same purchase as the invoice's own event. */
  Handled handle(Handle transaction, String invoiceId, String cause) throws InterruptedException {
    Invoice invoice = invoices.now(invoiceId);
    return invoice.status().equals(Invoice.PAID)
        ? paid(transaction, invoice, cause)
        : new Handled.Ignored("invoice " + invoiceId + " is " + invoice.status());
  }

  private Handled paid(Handle transaction, Invoice invoice, String cause)
      throws InterruptedException {
    String stripeId =
        invoice
            .customer()
            .orElseThrow(
                () -> new CannotException("invoice " + invoice.id() + " names no customer"));
    CustomerId customer = customers.customer(transaction, stripeId);
    Purchase purchase = purchases.bought(invoice, customer);
    String granted = purchases.grant(transaction, purchase, cause);
    periods.follow(transaction, invoice, customer, invoice.paidAt());
    // Paid after all: what an earlier failure claimed has come.
    Claims.lift(transaction, InvoiceEvents.failure(invoice.id()), cause, clock.instant());
    String corrected = takeBacks.enforce(transaction, invoice.id(), cause);
    String replaced = changes.replace(transaction, invoice, purchase, cause);
    return granted.isEmpty()
        ? new Handled.Ignored("nothing on invoice " + invoice.id() + " has credits")
        : new Handled.Done(String.join(" ", granted, corrected, replaced).strip());
  }
}
