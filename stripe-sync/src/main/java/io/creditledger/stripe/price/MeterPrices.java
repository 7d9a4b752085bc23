package io.creditledger.stripe.price;

import com.stripe.model.Price;
import com.stripe.model.StripeCollection;
import com.stripe.model.billing.Meter;
import com.stripe.param.PriceListParams;
import com.stripe.param.billing.MeterListParams;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.effect.Once;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of Stripe's prices charge which meter's usage. Safe for several threads. A price's meter
 * and a meter's event name never change in Stripe, so each is asked for once.
 */
public final class MeterPrices {

  private static final long PAGE = 100;

  private final StripeCalls stripe;
  private final Map<String, Optional<String>> eventNames = new ConcurrentHashMap<>();

  /** Asks with these calls. */
  public MeterPrices(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /** The event name of the meter whose usage a price charges; empty if it charges none. */
  public Attempt<Optional<String>> eventName(String priceId) throws InterruptedException {
    Optional<String> known = eventNames.get(priceId);
    if (known != null) {
      return new Done<>(known);
    }
    Attempt<Optional<String>> asked =
        stripe.call(
            client -> {
              Price price = client.v1().prices().retrieve(priceId);
              Optional<String> meter =
                  Optional.ofNullable(price.getRecurring()).map(Price.Recurring::getMeter);
              return meter.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      client.v1().billing().meters().retrieve(meter.get()).getEventName());
            });
    if (asked instanceof Done<Optional<String>> done) {
      eventNames.put(priceId, done.value());
    }
    return asked;
  }

  /** The ids of all prices that charge the meter of that event name; there may be none. */
  public Attempt<List<String>> prices(String eventName) throws InterruptedException {
    Attempt<Optional<Meter>> meter =
        new Once(stripe).find(MeterPrices::meters, one -> one.getEventName().equals(eventName));
    if (!(meter instanceof Done<Optional<Meter>> found) || found.value().isEmpty()) {
      return meter.map(none -> List.of());
    }
    List<String> ids = new ArrayList<>();
    String meterId = found.value().get().getId();
    return new Once(stripe)
        .find(
            after -> prices(meterId, after),
            price -> {
              ids.add(price.getId());
              return false;
            })
        .map(none -> List.copyOf(ids));
  }

  private static StripeCalls.Call<StripeCollection<Meter>> meters(Optional<String> after) {
    MeterListParams.Builder params = MeterListParams.builder().setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().billing().meters().list(params.build());
  }

  private static StripeCalls.Call<StripeCollection<Price>> prices(
      String meter, Optional<String> after) {
    PriceListParams.Builder params =
        PriceListParams.builder()
            .setLimit(PAGE)
            .setRecurring(PriceListParams.Recurring.builder().setMeter(meter).build());
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().prices().list(params.build());
  }
}
