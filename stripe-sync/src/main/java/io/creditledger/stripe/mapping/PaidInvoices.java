package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code invoice.paid}: what was bought is granted. */
final class PaidInvoices implements EventHandler {

  private static final String PAID = "invoice.paid";

  private final InvoiceReader invoices;
  private final CustomerLookup customers;
  private final Purchases purchases;

  PaidInvoices(InvoiceReader invoices, CustomerLookup customers, Purchases purchases) {
    this.invoices = invoices;
    this.customers = customers;
    this.purchases = purchases;
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
    String granted = purchases.grant(transaction, purchases.bought(invoice, customer), cause);
    return granted.isEmpty()
        ? new Handled.Ignored("nothing on invoice " + invoice.id() + " has credits")
        : new Handled.Done(granted);
  }
}
