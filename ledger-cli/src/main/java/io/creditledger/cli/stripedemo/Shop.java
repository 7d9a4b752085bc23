package io.creditledger.cli.stripedemo;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import io.creditledger.stripe.simulator.StripeSimulator;
import io.creditledger.stripe.simulator.billing.CheckoutSessions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What the customer does at Stripe, and what Stripe shows of it. */
final class Shop {

  private final StripeSimulator simulator;
  private final StripeClient client;
  private final String testClock;
  private final String customer;

  private Shop(StripeSimulator simulator, StripeClient client, String testClock, String customer) {
    this.simulator = simulator;
    this.client = client;
    this.testClock = testClock;
    this.customer = customer;
  }

  /** A shop with one customer, who lives on a test clock. */
  static Shop open(StripeSimulator simulator, String ledgerCustomer, Instant now)
      throws StripeException {
    String base = simulator.baseUri().toString();
    StripeClient client =
        StripeClient.builder()
            .setApiKey(simulator.apiKey())
            .setApiBase(base)
            .setMeterEventsBase(base)
            .build();
    String clock =
        client
            .v1()
            .testHelpers()
            .testClocks()
            .create(TestClockCreateParams.builder().setFrozenTime(now.getEpochSecond()).build())
            .getId();
    String customer =
        client
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .setName("Ann")
                    .setTestClock(clock)
                    .putMetadata("credit_ledger_customer", ledgerCustomer)
                    .build())
            .getId();
    return new Shop(simulator, client, clock, customer);
  }

  Subscription subscribe(String... lookupKeys) throws StripeException {
    SubscriptionCreateParams.Builder params =
        SubscriptionCreateParams.builder().setCustomer(customer);
    for (String key : lookupKeys) {
      params.addItem(SubscriptionCreateParams.Item.builder().setPrice(price(key)).build());
    }
    return client.v1().subscriptions().create(params.build());
  }

  void buy(String lookupKey) throws StripeException {
    String session =
        client
            .v1()
            .checkout()
            .sessions()
            .create(
                SessionCreateParams.builder()
                    .setMode(SessionCreateParams.Mode.PAYMENT)
                    .setCustomer(customer)
                    .addLineItem(
                        SessionCreateParams.LineItem.builder()
                            .setPrice(price(lookupKey))
                            .setQuantity(1L)
                            .build())
                    .build())
            .getId();
    simulator.completeCheckout(session, CheckoutSessions.Outcome.PAID);
  }

  private String price(String lookupKey) throws StripeException {
    return client
        .v1()
        .prices()
        .list(PriceListParams.builder().addLookupKey(lookupKey).build())
        .getData()
        .getFirst()
        .getId();
  }

  /** Turns the customer's time, and does what falls due on the way. */
  void advanceTo(Instant time) {
    simulator.advanceClock(testClock, time);
  }

  /** The customer's invoices, oldest first. */
  List<Invoice> invoices() throws StripeException {
    return client
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(customer).build())
        .getData()
        .reversed();
  }

  /** How often the customer has paid. */
  int payments() throws StripeException {
    return Math.toIntExact(
        client
            .v1()
            .paymentIntents()
            .list(PaymentIntentListParams.builder().setCustomer(customer).build())
            .getData()
            .stream()
            .filter(payment -> payment.getStatus().equals("succeeded"))
            .count());
  }

  /** An amount in dollars, of one in cents. */
  static String dollars(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  /** The line of an invoice that bills a price. */
  InvoiceLineItem line(Invoice invoice, String lookupKey) throws StripeException {
    String price = price(lookupKey);
    return invoice.getLines().getData().stream()
        .filter(line -> line.getPricing().getPriceDetails().getPrice().equals(price))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no line of " + lookupKey + " on " + invoice.getId()));
  }
}
