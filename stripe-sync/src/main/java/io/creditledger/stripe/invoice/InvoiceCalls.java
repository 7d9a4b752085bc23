package io.creditledger.stripe.invoice;

import com.stripe.model.CustomerBalanceTransaction;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.CustomerBalanceTransactionListParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceLineItemListParams;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.Once;
import io.creditledger.stripe.rules.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stripe's invoices, as credits read and change them. */
final class InvoiceCalls {

  private static final long PAGE = 100;

  private final StripeCalls stripe;

  InvoiceCalls(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /** An invoice as it is now; only the first of its lines are among it. */
  Attempt<Invoice> read(String invoice) throws InterruptedException {
    return stripe.call(client -> client.v1().invoices().retrieve(invoice));
  }

  /** All lines of an invoice. */
  Attempt<List<InvoiceLineItem>> lines(String invoice) throws InterruptedException {
    List<InvoiceLineItem> lines = new ArrayList<>();
    return new Once(stripe)
        .find(
            after -> linePage(invoice, after),
            line -> {
              lines.add(line);
              return false;
            })
        .map(none -> List.copyOf(lines));
  }

  private static StripeCalls.Call<StripeCollection<InvoiceLineItem>> linePage(
      String invoice, Optional<String> after) {
    InvoiceLineItemListParams.Builder params = InvoiceLineItemListParams.builder().setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().invoices().lineItems().list(invoice, params.build());
  }

  /** Puts credits on a draft as an item of less than nothing, unless an earlier try has. */
  Attempt<InvoiceItem> item(Effect effect, InvoiceDraft draft, InvoiceCredit credit)
      throws InterruptedException {
    InvoiceItemCreateParams params =
        InvoiceItemCreateParams.builder()
            .setCustomer(draft.stripeCustomer())
            .setInvoice(draft.invoice())
            .setAmount(-credit.applied())
            .setCurrency(credit.used().currency())
            .setDescription(description(credit))
            .setDiscountable(false)
            .putMetadata(Metadata.INVOICE_CREDIT, credit.name())
            .build();
    return new Once(stripe)
        .make(
            effect,
            after -> itemPage(draft.invoice(), after),
            item -> credit.name().equals(item.getMetadata().get(Metadata.INVOICE_CREDIT)),
            client -> client.v1().invoiceItems().create(params, key(effect, credit)));
  }

  private static StripeCalls.Call<StripeCollection<InvoiceItem>> itemPage(
      String invoice, Optional<String> after) {
    InvoiceItemListParams.Builder params =
        InvoiceItemListParams.builder().setInvoice(invoice).setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().invoiceItems().list(params.build());
  }

  /** Puts credits on the customer's balance, unless an earlier try has. */
  Attempt<CustomerBalanceTransaction> balance(
      Effect effect, InvoiceDraft draft, InvoiceCredit credit) throws InterruptedException {
    CustomerBalanceTransactionCreateParams params =
        CustomerBalanceTransactionCreateParams.builder()
            .setAmount(-credit.applied())
            .setCurrency(credit.used().currency())
            .setDescription(description(credit))
            .putMetadata(Metadata.INVOICE_CREDIT, credit.name())
            .build();
    return new Once(stripe)
        .make(
            effect,
            after -> balancePage(draft.stripeCustomer(), after),
            made -> credit.name().equals(made.getMetadata().get(Metadata.INVOICE_CREDIT)),
            client ->
                client
                    .v1()
                    .customers()
                    .balanceTransactions()
                    .create(draft.stripeCustomer(), params, key(effect, credit)));
  }

  private static StripeCalls.Call<StripeCollection<CustomerBalanceTransaction>> balancePage(
      String customer, Optional<String> after) {
    CustomerBalanceTransactionListParams.Builder params =
        CustomerBalanceTransactionListParams.builder().setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().customers().balanceTransactions().list(customer, params.build());
  }

  private static String description(InvoiceCredit credit) {
    return "Credits" + credit.meter().map(meter -> " for " + meter).orElse("");
  }

  private static RequestOptions key(Effect effect, InvoiceCredit credit) {
    return RequestOptions.builder()
        .setIdempotencyKey(effect.idempotencyKey("credit-" + credit.name()))
        .build();
  }
}
