package io.creditledger.stripe.simulator;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.billing.Meter;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.billing.MeterEventCreateParams;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A simulator at a fixed hour, and the real client that talks to it. */
final class SimulatedStripe implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  /** The account's time, which stands still until a test sets it. */
  final AtomicReference<Instant> time = new AtomicReference<>(START);

  final StripeSimulator simulator;
  final StripeClient client;

  SimulatedStripe() {
    this(settings -> settings);
  }

  SimulatedStripe(UnaryOperator<SimulatorSettings> change) {
    InstantSource source = time::get;
    simulator = StripeSimulator.start(change.apply(SimulatorSettings.defaults().withTime(source)));
    client = client(simulator.apiKey());
  }

  StripeClient client(String key) {
    String base = simulator.baseUri().toString();
    return StripeClient.builder()
        .setApiKey(key)
        .setApiBase(base)
        .setMeterEventsBase(base)
        .setConnectTimeout(5_000)
        .setReadTimeout(10_000)
        .build();
  }

  static RequestOptions key(String idempotencyKey) {
    return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
  }

  Customer customer(String name) throws StripeException {
    return client.v1().customers().create(CustomerCreateParams.builder().setName(name).build());
  }

  Meter meter(String eventName) throws StripeException {
    return client
        .v1()
        .billing()
        .meters()
        .create(
            MeterCreateParams.builder()
                .setDisplayName(eventName)
                .setEventName(eventName)
                .setDefaultAggregation(
                    MeterCreateParams.DefaultAggregation.builder().setFormula(Formula.SUM).build())
                .build());
  }

  /** One event of usage, ready to send. */
  static MeterEventCreateParams usage(
      String eventName, String customer, String identifier, String value, Instant at) {
    return MeterEventCreateParams.builder()
        .setEventName(eventName)
        .setIdentifier(identifier)
        .setTimestamp(at.getEpochSecond())
        .putPayload("stripe_customer_id", customer)
        .putPayload("value", value)
        .build();
  }

  void send(MeterEventCreateParams event) throws StripeException {
    client.v1().billing().meterEvents().create(event);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
