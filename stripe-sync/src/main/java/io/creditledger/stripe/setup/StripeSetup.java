package io.creditledger.stripe.setup;

import com.stripe.model.Price;
import com.stripe.model.billing.Meter;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.EventTimeWindow;
import com.stripe.param.billing.MeterListParams;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.relay.Backoff;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.RecurringPrice.Every;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.setup.Wanted.Outcome;
import io.creditledger.stripe.setup.Wanted.Recurs;
import io.creditledger.stripe.setup.Wanted.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes what is wanted and is not there. Each thing is looked for first, by a name that is ours, so
 * that a lost answer or a second run makes nothing twice; what is there is never changed.
 */
final class StripeSetup {

  private static final int NOT_FOUND = 404;
  private static final int TRIES = 6;
  private static final long PAGE = 100;
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(4));

  private final StripeCalls stripe;
  private final Map<String, String> meters = new HashMap<>();

  StripeSetup(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /** What was found or done about each thing, in the order in which they depend on each other. */
  List<Result> run(StripeRules rules, Catalog catalog) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Wanted wanted : SetupPlan.of(rules, catalog)) {
      results.add(insistently(wanted));
    }
    return results;
  }

  /** Somebody waits for the answer, so what is to be tried again is, but not for ever. */
  private Result insistently(Wanted wanted) throws InterruptedException {
    Attempt<Result> attempt = ensure(wanted);
    for (int failures = 1;
        attempt instanceof Attempt.Again<Result> && failures < TRIES;
        failures++) {
      Duration wait = RETRY.after(failures, ThreadLocalRandom.current().nextDouble());
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      attempt = ensure(wanted);
    }
    return switch (attempt) {
      case Attempt.Done<Result> done -> done.value();
      case Attempt.Again<Result> again -> failed(wanted, again.why());
      case Attempt.Refused<Result> refused ->
          failed(wanted, refused.status() + " " + refused.message());
    };
  }

  private Attempt<Result> ensure(Wanted wanted) throws InterruptedException {
    return switch (wanted) {
      case Wanted.Meter meter -> ensure(meter);
      case Wanted.Product product -> ensure(product);
      case Wanted.Price price -> ensure(price);
    };
  }

  private Attempt<Result> ensure(Wanted.Meter wanted) throws InterruptedException {
    return stripe.call(
        client -> {
          MeterListParams all = MeterListParams.builder().setLimit(PAGE).build();
          for (Meter meter : client.v1().billing().meters().list(all).autoPagingIterable()) {
            if (meter.getEventName().equals(wanted.key())) {
              meters.put(wanted.key(), meter.getId());
              return compared(
                  wanted, meter.getId(), same(wanted, meter), "it sums otherwise, or is inactive");
            }
          }
          String id = client.v1().billing().meters().create(of(wanted)).getId();
          meters.put(wanted.key(), id);
          return created(wanted, id);
        });
  }

  private static boolean same(Wanted.Meter wanted, Meter meter) {
    return window(wanted.aggregation())
            .map(EventTimeWindow::getValue)
            .equals(Optional.ofNullable(meter.getEventTimeWindow()))
        && meter.getDefaultAggregation().getFormula().equals("sum")
        && meter.getStatus().equals("active");
  }

  private static MeterCreateParams of(Wanted.Meter wanted) {
    MeterCreateParams.Builder params =
        MeterCreateParams.builder()
            .setDisplayName(wanted.displayName())
            .setEventName(wanted.key())
            .setDefaultAggregation(
                MeterCreateParams.DefaultAggregation.builder()
                    .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                    .build())
            .setCustomerMapping(
                MeterCreateParams.CustomerMapping.builder()
                    .setType(MeterCreateParams.CustomerMapping.Type.BY_ID)
                    .setEventPayloadKey("stripe_customer_id")
                    .build())
            .setValueSettings(
                MeterCreateParams.ValueSettings.builder().setEventPayloadKey("value").build());
    window(wanted.aggregation()).ifPresent(params::setEventTimeWindow);
    return params.build();
  }

  private static Optional<EventTimeWindow> window(MeterRule.Aggregation aggregation) {
    return switch (aggregation) {
      case SUM -> Optional.empty();
      case LAST_OF_HOUR -> Optional.of(EventTimeWindow.HOUR);
      case LAST_OF_DAY -> Optional.of(EventTimeWindow.DAY);
    };
  }

  private Attempt<Result> ensure(Wanted.Product wanted) throws InterruptedException {
    Attempt<Result> found =
        stripe.call(
            client -> {
              String id = client.v1().products().retrieve(wanted.key()).getId();
              return new Result(kind(wanted), wanted.key(), Optional.of(id), Outcome.PRESENT, "");
            });
    if (!(found instanceof Attempt.Refused<Result> refused && refused.status() == NOT_FOUND)) {
      return found;
    }
    ProductCreateParams.Builder params =
        ProductCreateParams.builder().setId(wanted.key()).setName(wanted.name());
    wanted.metadata().forEach(params::putMetadata);
    return stripe.call(
        client -> created(wanted, client.v1().products().create(params.build()).getId()));
  }

  private Attempt<Result> ensure(Wanted.Price wanted) throws InterruptedException {
    if (wanted.recurs() instanceof Recurs.Metered metered
        && !meters.containsKey(metered.eventName())) {
      return new Attempt.Done<>(failed(wanted, "its meter is not there"));
    }
    return stripe.call(
        client -> {
          PriceListParams ours = PriceListParams.builder().addLookupKey(wanted.key()).build();
          List<Price> there = client.v1().prices().list(ours).getData();
          if (there.isEmpty()) {
            return created(wanted, client.v1().prices().create(of(wanted)).getId());
          }
          Price price = there.getFirst();
          return compared(
              wanted,
              price.getId(),
              price.getCurrency().equals(wanted.currency())
                  && price.getUnitAmountDecimal().compareTo(wanted.minorUnits()) == 0,
              "it is " + price.getUnitAmountDecimal() + " " + price.getCurrency());
        });
  }

  private PriceCreateParams of(Wanted.Price wanted) {
    PriceCreateParams.Builder params =
        PriceCreateParams.builder()
            .setLookupKey(wanted.key())
            .setProduct(wanted.product())
            .setCurrency(wanted.currency())
            .setUnitAmountDecimal(wanted.minorUnits());
    switch (wanted.recurs()) {
      case Recurs.Once once -> {}
      case Recurs.Licensed licensed ->
          params.setRecurring(
              PriceCreateParams.Recurring.builder()
                  .setInterval(interval(licensed.every()))
                  .build());
      case Recurs.Metered metered ->
          params.setRecurring(
              PriceCreateParams.Recurring.builder()
                  .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                  .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                  .setMeter(meters.get(metered.eventName()))
                  .build());
    }
    return params.build();
  }

  private static PriceCreateParams.Recurring.Interval interval(Every every) {
    return switch (every) {
      case DAY -> PriceCreateParams.Recurring.Interval.DAY;
      case WEEK -> PriceCreateParams.Recurring.Interval.WEEK;
      case MONTH -> PriceCreateParams.Recurring.Interval.MONTH;
      case YEAR -> PriceCreateParams.Recurring.Interval.YEAR;
    };
  }

  private static Result compared(Wanted wanted, String id, boolean same, String difference) {
    return new Result(
        kind(wanted),
        wanted.key(),
        Optional.of(id),
        same ? Outcome.PRESENT : Outcome.DIFFERENT,
        same ? "" : difference);
  }

  private static Result created(Wanted wanted, String id) {
    return new Result(kind(wanted), wanted.key(), Optional.of(id), Outcome.CREATED, "");
  }

  private static Result failed(Wanted wanted, String why) {
    return new Result(kind(wanted), wanted.key(), Optional.empty(), Outcome.FAILED, why);
  }

  private static String kind(Wanted wanted) {
    return switch (wanted) {
      case Wanted.Meter meter -> "meter";
      case Wanted.Product product -> "product";
      case Wanted.Price price -> "price";
    };
  }
}
