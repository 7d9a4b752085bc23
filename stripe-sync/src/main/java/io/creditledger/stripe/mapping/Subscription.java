package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.period.BillingPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A subscription as far as it concerns credits, wherever its version of the API puts things.
 *
 * @param customer Stripe's id
 * @param endedAt when it was over; empty while it is not
 */
record Subscription(
    String id,
    Optional<String> customer,
    Collection collection,
    Optional<Instant> endedAt,
    List<Item> items) {

  /** Whether it is paid for. */
  enum Collection {
    /** It is. */
    RUNS,
    /** It is paused, so nothing new is paid. */
    PAUSED
  }

  /**
   * What it sells.
   *
   * @param period from its start to its end; absent where Stripe gives none
   */
  record Item(
      Optional<String> price,
      Optional<String> product,
      Map<String, String> priceMetadata,
      Optional<Period> period) {}

  /** A time with two ends, in order. */
  record Period(Instant startsAt, Instant endsAt) {}

  Subscription {
    items = List.copyOf(items);
  }

  /**
   * Reads a subscription.
   *
   * @throws CannotException if it has no id
   */
  static Subscription read(JsonNode json) {
    boolean paused =
        json.path("pause_collection").isObject() || json.path("status").asText().equals("paused");
    Optional<Period> ofWhole = period(json);
    return new Subscription(
        StripeJson.text(json, "id")
            .orElseThrow(() -> new CannotException("the subscription has no id")),
        StripeJson.id(json, "customer"),
        paused ? Collection.PAUSED : Collection.RUNS,
        StripeJson.time(json, "ended_at"),
        StripeJson.items(json.path("items")).stream().map(item -> item(item, ofWhole)).toList());
  }

  private static Item item(JsonNode item, Optional<Period> ofWhole) {
    JsonNode price = item.path("price");
    return new Item(
        StripeJson.id(item, "price"),
        StripeJson.id(price, "product"),
        StripeJson.metadata(price),
        period(item).or(() -> ofWhole));
  }

  /** Versions before basil have one period of the whole. */
  private static Optional<Period> period(JsonNode json) {
    Optional<Instant> start = StripeJson.time(json, "current_period_start");
    Optional<Instant> end = StripeJson.time(json, "current_period_end");
    return start.isPresent() && end.isPresent() && start.get().isBefore(end.get())
        ? Optional.of(new Period(start.get(), end.get()))
        : Optional.empty();
  }

  /** The periods it is in, each cut off where the subscription is over. */
  List<BillingPeriod> periods(CustomerId of) {
    return items.stream()
        .flatMap(item -> item.period().stream())
        .distinct()
        .flatMap(period -> cutOff(of, period))
        .toList();
  }

  private Stream<BillingPeriod> cutOff(CustomerId of, Period period) {
    Instant end = endedAt.filter(period.endsAt()::isAfter).orElse(period.endsAt());
    return period.startsAt().isBefore(end)
        ? Stream.of(new BillingPeriod(of, id, period.startsAt(), end))
        : Stream.empty();
  }
}
