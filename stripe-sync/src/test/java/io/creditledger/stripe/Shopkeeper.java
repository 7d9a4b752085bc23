package io.creditledger.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import io.creditledger.stripe.rules.AddOn;
import io.creditledger.stripe.rules.CustomerRule;
import io.creditledger.stripe.rules.PlanRule;
import io.creditledger.stripe.simulator.billing.CheckoutSessions.Outcome;

/** Whoever sells with Stripe: makes prices, customers, subscriptions and checkouts. */
public final class Shopkeeper {

  private final SyncFixture fixture;
  private final StripeClient client;

  /** A shop in the fixture's Stripe. */
  public Shopkeeper(SyncFixture fixture) {
    this.fixture = fixture;
    this.client = fixture.client();
  }

  /** A monthly price that names its plan itself. */
  public Price plan(String plan, long cents) throws StripeException {
    return price(plan, cents, Recurring.Interval.MONTH, PlanRule.METADATA);
  }

  /** A yearly price that names its plan itself. */
  public Price yearly(String plan, long cents) throws StripeException {
    return price(plan, cents, Recurring.Interval.YEAR, PlanRule.METADATA);
  }

  private Price price(String name, long cents, Recurring.Interval interval, String key)
      throws StripeException {
    return client
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(cents)
                .setProductData(PriceCreateParams.ProductData.builder().setName(name).build())
                .setRecurring(Recurring.builder().setInterval(interval).build())
                .putMetadata(key, name)
                .build());
  }

  /** A price that is paid once, of a product that names its add-on itself. */
  public Price addOn(String addOn, long cents) throws StripeException {
    return client
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(cents)
                .setProductData(
                    PriceCreateParams.ProductData.builder()
                        .setName(addOn)
                        .putMetadata(AddOn.METADATA, addOn)
                        .build())
                .build());
  }

  /** A test clock at the fixture's time. */
  public String clock() throws StripeException {
    return client
        .v1()
        .testHelpers()
        .testClocks()
        .create(
            TestClockCreateParams.builder()
                .setFrozenTime(fixture.clock().instant().getEpochSecond())
                .build())
        .getId();
  }

  /** A customer on that clock who names nobody of the ledger. */
  public Customer customer(String clock) throws StripeException {
    return client
        .v1()
        .customers()
        .create(CustomerCreateParams.builder().setTestClock(clock).build());
  }

  /** A customer who is that one of the ledger. */
  public Customer named(String ledgerId) throws StripeException {
    return client
        .v1()
        .customers()
        .create(
            CustomerCreateParams.builder().putMetadata(CustomerRule.METADATA, ledgerId).build());
  }

  /** A customer on that clock who is that one of the ledger. */
  public Customer named(String ledgerId, String clock) throws StripeException {
    return client
        .v1()
        .customers()
        .create(
            CustomerCreateParams.builder()
                .setTestClock(clock)
                .putMetadata(CustomerRule.METADATA, ledgerId)
                .build());
  }

  /** A monthly price of usage. */
  public Price metered() throws StripeException {
    String meter =
        client
            .v1()
            .billing()
            .meters()
            .create(
                MeterCreateParams.builder()
                    .setDisplayName("tokens")
                    .setEventName("tokens")
                    .setDefaultAggregation(
                        MeterCreateParams.DefaultAggregation.builder()
                            .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                            .build())
                    .build())
            .getId();
    return client
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(5L)
                .setProductData(PriceCreateParams.ProductData.builder().setName("Tokens").build())
                .setRecurring(
                    Recurring.builder()
                        .setInterval(Recurring.Interval.MONTH)
                        .setUsageType(Recurring.UsageType.METERED)
                        .setMeter(meter)
                        .build())
                .build());
  }

  /** A subscription of one piece of each. */
  public Subscription subscribe(Customer customer, Price... prices) throws StripeException {
    SubscriptionCreateParams.Builder params =
        SubscriptionCreateParams.builder().setCustomer(customer.getId());
    for (Price price : prices) {
      params.addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build());
    }
    return client.v1().subscriptions().create(params.build());
  }

  /** A checkout of so many pieces, not completed. */
  public Session checkout(SessionCreateParams.Builder params, Price price, long pieces)
      throws StripeException {
    return client
        .v1()
        .checkout()
        .sessions()
        .create(
            params
                .setSuccessUrl("https://example.com/thanks")
                .addLineItem(
                    SessionCreateParams.LineItem.builder()
                        .setPrice(price.getId())
                        .setQuantity(pieces)
                        .build())
                .build());
  }

  /** A customer buys so many pieces by checkout, without an invoice; the payment succeeds. */
  public Session buy(Customer customer, Price price, long pieces) throws StripeException {
    Session session =
        checkout(
            SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomer(customer.getId()),
            price,
            pieces);
    fixture.simulator().completeCheckout(session.getId(), Outcome.PAID);
    return client.v1().checkout().sessions().retrieve(session.getId());
  }
}
