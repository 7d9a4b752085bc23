package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.UsageThresholdJson;
import io.creditledger.core.wire.UsageThresholdJson.UsageThreshold;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.publish.Publications;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@code billing.alert.triggered}: usage has reached a bound that was set in Stripe, which is told
 * among the ledger's alerts. The object has no id of its own; which alert, of whom and when is one.
 */
final class AlertEvents implements EventHandler {

  private static final String SOURCE = "stripe";

  private final StripeReads reads;
  private final CustomerLookup customers;
  private final InstantSource clock;

  AlertEvents(StripeReads reads, CustomerLookup customers, InstantSource clock) {
    this.reads = reads;
    this.customers = customers;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of("billing.alert.triggered");
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    JsonNode triggered = event.object();
    JsonNode alert = triggered.path("alert");
    String alertId = required(StripeJson.text(alert, "id"), "id of its alert");
    String stripeCustomer = required(StripeJson.id(triggered, "customer"), "customer");
    JsonNode threshold = alert.path("usage_threshold");
    CustomerId customer = customers.customer(transaction, stripeCustomer);
    long at = StripeJson.whole(triggered, "created").orElse(event.createdAt().getEpochSecond());
    UsageThreshold told =
        new UsageThreshold(
            SOURCE + ":" + alertId + ":" + stripeCustomer + ":" + at,
            customer,
            SOURCE,
            alertId,
            StripeJson.text(alert, "title"),
            meter(threshold),
            plain(threshold.path("gte"), "threshold"),
            plain(triggered.path("value"), "value"),
            Instant.ofEpochSecond(at),
            clock.instant());
    return Publications.addAlert(
            transaction,
            customer,
            told.id(),
            UsageThresholdJson.write(told),
            event.id(),
            clock.instant())
        ? new Handled.Done(customer + " was told of by alert " + alertId)
        : new Handled.Ignored("told before");
  }

  /** The name of its events, by which rules name it too; Stripe's id where that cannot be known. */
  private String meter(JsonNode threshold) throws InterruptedException {
    JsonNode meter = threshold.path("meter");
    String id = required(StripeJson.id(threshold, "meter"), "meter");
    Optional<String> there = StripeJson.text(meter, "event_name");
    return there.isPresent()
        ? there.get()
        : reads
            .find("/v1/billing/meters/" + StripeReads.escaped(id))
            .flatMap(found -> StripeJson.text(found, "event_name"))
            .orElse(id);
  }

  private static String plain(JsonNode number, String what) {
    if (!number.isNumber()) {
      throw new CannotException("the alert has no " + what);
    }
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static String required(Optional<String> text, String what) {
    return text.orElseThrow(() -> new CannotException("the alert has no " + what));
  }
}
