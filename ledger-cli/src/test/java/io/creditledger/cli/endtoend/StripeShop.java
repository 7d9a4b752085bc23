package io.creditledger.cli.endtoend;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterListParams;
import io.creditledger.stripe.simulator.StripeSimulator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** What customers do at Stripe, and what Stripe says of them. */
final class StripeShop {

  private static final int PLACES = 6;

  private final StripeClient client;
  private final Map<String, String> meters = new HashMap<>();
  private final Map<String, String> customers = new HashMap<>();

  StripeShop(StripeSimulator simulator) {
    String base = simulator.baseUri().toString();
    this.client =
        StripeClient.builder()
            .setApiKey(simulator.apiKey())
            .setApiBase(base)
            .setMeterEventsBase(base)
            .build();
  }

  /** A new customer, known to the ledger by that name. */
  String customer(String name) throws StripeException {
    String id =
        client
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .setName(name)
                    .putMetadata("credit_ledger_customer", name)
                    .build())
            .getId();
    customers.put(name, id);
    return id;
  }

  /** The customer subscribes to prices, and pays. */
  void subscribe(String name, String... lookupKeys) throws StripeException {
    SubscriptionCreateParams.Builder params =
        SubscriptionCreateParams.builder().setCustomer(customers.get(name));
    for (String key : lookupKeys) {
      params.addItem(SubscriptionCreateParams.Item.builder().setPrice(price(key)).build());
    }
    client.v1().subscriptions().create(params.build());
  }

  private String price(String lookupKey) throws StripeException {
    Price price =
        client
            .v1()
            .prices()
            .list(PriceListParams.builder().addLookupKey(lookupKey).build())
            .getData()
            .getFirst();
    return price.getId();
  }

  /** How many invoices a customer has paid. */
  int paid(String name) throws StripeException {
    return client
        .v1()
        .invoices()
        .list(
            InvoiceListParams.builder()
                .setCustomer(customers.get(name))
                .setStatus(InvoiceListParams.Status.PAID)
                .build())
        .getData()
        .size();
  }

  /** Stripe's sum of a customer's usage since then, to a millionth. */
  BigDecimal usage(String name, String eventName, Instant from) throws StripeException {
    BigDecimal sum = BigDecimal.ZERO;
    MeterEventSummaryListParams params =
        MeterEventSummaryListParams.builder()
            .setCustomer(customers.get(name))
            .setStartTime(from.truncatedTo(ChronoUnit.MINUTES).getEpochSecond())
            .setEndTime(
                Instant.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60).getEpochSecond())
            .build();
    for (MeterEventSummary summary :
        client
            .v1()
            .billing()
            .meters()
            .eventSummaries()
            .list(meter(eventName), params)
            .autoPagingIterable()) {
      // Stripe gives a float; what was sent has six places.
      sum = sum.add(summary.getAggregatedValue());
    }
    return sum.setScale(PLACES, RoundingMode.HALF_EVEN);
  }

  /** Somebody who knows nothing of the ledger reports usage to Stripe. */
  void report(String name, String eventName, String value, Instant at) throws StripeException {
    client
        .v1()
        .billing()
        .meterEvents()
        .create(
            MeterEventCreateParams.builder()
                .setEventName(eventName)
                .putPayload("stripe_customer_id", customers.get(name))
                .putPayload("value", value)
                .setTimestamp(at.getEpochSecond())
                .build());
  }

  private String meter(String eventName) throws StripeException {
    if (meters.isEmpty()) {
      for (Meter meter :
          client.v1().billing().meters().list(MeterListParams.builder().build()).getData()) {
        meters.put(meter.getEventName(), meter.getId());
      }
    }
    return meters.get(eventName);
  }
}
