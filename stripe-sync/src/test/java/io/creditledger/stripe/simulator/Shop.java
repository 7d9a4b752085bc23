package io.creditledger.stripe.simulator;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.billing.CreditGrant;
import com.stripe.model.billing.Meter;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import java.time.Instant;
import java.util.List;

/** A plan of 39 dollars a month with tokens at 5 cents each, and a customer on a test clock. */
final class Shop {

  final SimulatedStripe stripe;
  final StripeClient client;
  final Meter meter;
  final Price plan;
  final Price tokens;
  final String clock;
  final Customer customer;

  Shop(SimulatedStripe stripe) throws StripeException {
    this.stripe = stripe;
    this.client = stripe.client;
    meter = stripe.meter("tokens");
    plan = price("Plus", 3900, Recurring.builder().setInterval(Recurring.Interval.MONTH).build());
    tokens =
        price(
            "Tokens",
            5,
            Recurring.builder()
                .setInterval(Recurring.Interval.MONTH)
                .setUsageType(Recurring.UsageType.METERED)
                .setMeter(meter.getId())
                .build());
    clock =
        client
            .v1()
            .testHelpers()
            .testClocks()
            .create(
                TestClockCreateParams.builder()
                    .setFrozenTime(SimulatedStripe.START.getEpochSecond())
                    .build())
            .getId();
    customer =
        client
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .setName("Ann")
                    .setEmail("ann@example.com")
                    .setTestClock(clock)
                    .build());
  }

  Price price(String name, long cents, Recurring recurring) throws StripeException {
    return client
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(cents)
                .setProductData(PriceCreateParams.ProductData.builder().setName(name).build())
                .setRecurring(recurring)
                .build());
  }

  Price oneOff(String name, long cents) throws StripeException {
    return client
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(cents)
                .setProductData(PriceCreateParams.ProductData.builder().setName(name).build())
                .build());
  }

  Subscription subscribe() throws StripeException {
    return client
        .v1()
        .subscriptions()
        .create(
            SubscriptionCreateParams.builder()
                .setCustomer(customer.getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(plan.getId()).build())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(tokens.getId()).build())
                .putMetadata("plan", "plus")
                .build());
  }

  void use(String identifier, int tokensUsed, Instant at) throws StripeException {
    stripe.send(
        SimulatedStripe.usage(
            "tokens", customer.getId(), identifier, Integer.toString(tokensUsed), at));
  }

  void advanceTo(Instant time) {
    stripe.simulator.advanceClock(clock, time);
  }

  CreditGrant grant(CreditGrantCreateParams.Builder params, long cents) throws StripeException {
    return client
        .v1()
        .billing()
        .creditGrants()
        .create(
            params
                .setCustomer(customer.getId())
                .setAmount(
                    CreditGrantCreateParams.Amount.builder()
                        .setType(CreditGrantCreateParams.Amount.Type.MONETARY)
                        .setMonetary(
                            CreditGrantCreateParams.Amount.Monetary.builder()
                                .setCurrency("usd")
                                .setValue(cents)
                                .build())
                        .build())
                .setApplicabilityConfig(
                    CreditGrantCreateParams.ApplicabilityConfig.builder()
                        .setScope(
                            CreditGrantCreateParams.ApplicabilityConfig.Scope.builder()
                                .setPriceType(
                                    CreditGrantCreateParams.ApplicabilityConfig.Scope.PriceType
                                        .METERED)
                                .build())
                        .build())
                .build());
  }

  /** The customer's invoices, oldest first. */
  List<Invoice> invoices() throws StripeException {
    return client
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setCustomer(customer.getId()).setLimit(100L).build())
        .getData()
        .reversed();
  }

  Invoice latest() throws StripeException {
    return invoices().getLast();
  }

  Subscription subscription(String id) throws StripeException {
    return client.v1().subscriptions().retrieve(id);
  }
}
