package io.creditledger.stripe.topup;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceCreateParams.CollectionMethod;
import com.stripe.param.InvoiceCreateParams.PendingInvoiceItemsBehavior;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceListParams;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.Once;
import io.creditledger.stripe.rules.AddOn;
import io.creditledger.stripe.rules.CustomerRule;
import io.creditledger.stripe.rules.Metadata;
import java.util.Optional;

/** Stripe's invoices, as top-ups make and pay them. */
final class TopUpCalls {

  private static final long PAGE = 100;

  private final StripeCalls stripe;

  TopUpCalls(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /**
   * Makes the draft, unless there is one: it is looked for each time, since it is about money. It
   * does not advance by itself: a draft left without its item would be final, and paid, at nothing,
   * and a payment that failed would be tried again after it was given up here.
   */
  Attempt<Invoice> draft(Effect effect, TopUp topUp, TopUpPrice price, String customer)
      throws InterruptedException {
    Attempt<Optional<Invoice>> found =
        new Once(stripe)
            .find(
                after -> invoicePage(customer, after),
                invoice ->
                    topUp.request().value().equals(invoice.getMetadata().get(Metadata.TOP_UP)));
    if (!(found instanceof Done<Optional<Invoice>> done) || done.value().isPresent()) {
      return found.map(Optional::get);
    }
    InvoiceCreateParams.Builder params =
        InvoiceCreateParams.builder()
            .setCustomer(customer)
            .setCurrency(price.money().currency())
            .setAutoAdvance(false)
            .setCollectionMethod(CollectionMethod.CHARGE_AUTOMATICALLY)
            .setPendingInvoiceItemsBehavior(PendingInvoiceItemsBehavior.EXCLUDE)
            .putMetadata(Metadata.TOP_UP, topUp.request().value())
            .putMetadata(Metadata.CREDITS, topUp.credits().toString())
            .putMetadata(Metadata.UNIT, topUp.unit().value())
            .putMetadata(CustomerRule.METADATA, topUp.customer().value());
    price.addOn().ifPresent(name -> params.putMetadata(AddOn.METADATA, name));
    return stripe.call(
        client -> client.v1().invoices().create(params.build(), key(effect, "invoice")));
  }

  private static StripeCalls.Call<StripeCollection<Invoice>> invoicePage(
      String customer, Optional<String> after) {
    InvoiceListParams.Builder params =
        InvoiceListParams.builder().setCustomer(customer).setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().invoices().list(params.build());
  }

  /** Puts the credits on the draft, unless an earlier try has. */
  Attempt<InvoiceItem> item(
      Effect effect, TopUp topUp, TopUpPrice price, String customer, String invoice)
      throws InterruptedException {
    InvoiceItemCreateParams params =
        InvoiceItemCreateParams.builder()
            .setCustomer(customer)
            .setInvoice(invoice)
            .setAmount(price.money().minor())
            .setCurrency(price.money().currency())
            .setDescription(topUp.credits() + " " + topUp.unit())
            .putMetadata(Metadata.TOP_UP, topUp.request().value())
            .build();
    return new Once(stripe)
        .make(
            effect,
            after -> itemPage(invoice, after),
            item -> topUp.request().value().equals(item.getMetadata().get(Metadata.TOP_UP)),
            client -> client.v1().invoiceItems().create(params, key(effect, "item")));
  }

  private static StripeCalls.Call<StripeCollection<InvoiceItem>> itemPage(
      String invoice, Optional<String> after) {
    InvoiceItemListParams.Builder params =
        InvoiceItemListParams.builder().setInvoice(invoice).setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().invoiceItems().list(params.build());
  }

  /** The invoice as it is now. */
  Attempt<Invoice> read(String invoice) throws InterruptedException {
    return stripe.call(client -> client.v1().invoices().retrieve(invoice));
  }

  /** Makes the draft final; nothing is taken by that. */
  Attempt<Invoice> finish(Effect effect, String invoice) throws InterruptedException {
    return stripe.call(
        client -> client.v1().invoices().finalizeInvoice(invoice, key(effect, "finalize")));
  }

  /** Takes the payment. An invoice can be paid once, whatever is retried. */
  Attempt<Invoice> pay(Effect effect, String invoice) throws InterruptedException {
    return stripe.call(client -> client.v1().invoices().pay(invoice, key(effect, "pay")));
  }

  /** Voids the invoice. */
  Attempt<Invoice> voidInvoice(Effect effect, String invoice) throws InterruptedException {
    return stripe.call(client -> client.v1().invoices().voidInvoice(invoice, key(effect, "void")));
  }

  /** Deletes the draft. */
  Attempt<Invoice> delete(String invoice) throws InterruptedException {
    return stripe.call(client -> client.v1().invoices().delete(invoice));
  }

  private static RequestOptions key(Effect effect, String step) {
    return RequestOptions.builder().setIdempotencyKey(effect.idempotencyKey(step)).build();
  }
}
