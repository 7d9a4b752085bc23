package io.creditledger.streams.http;

import io.creditledger.streams.webhook.AttemptResult;
import io.creditledger.streams.webhook.Delivery;
import io.creditledger.streams.webhook.DeliveryFilter;
import io.creditledger.streams.webhook.DeliveryState;
import io.creditledger.streams.webhook.EndpointStatus;
import io.creditledger.streams.webhook.Redelivery;
import io.creditledger.streams.webhook.WebhookAccess;
import io.creditledger.streams.webhook.WebhooksUnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Webhooks in memory: one endpoint, {@code billing}, that takes every test. */
final class FakeWebhooks implements WebhookAccess {

  private static final String ENDPOINT = "billing";

  private final Clock clock;
  private final List<Delivery> deliveries = new ArrayList<>();

  /** Whether the database cannot be reached. */
  volatile boolean away;

  FakeWebhooks(Clock clock) {
    this.clock = clock;
  }

  /** Adds a delivery with the next id. */
  void add(String endpoint, String customer, DeliveryState state) {
    deliveries.add(delivery(deliveries.size() + 1L, endpoint, customer, state));
  }

  private Delivery delivery(long id, String endpoint, String customer, DeliveryState state) {
    return new Delivery(
        id,
        endpoint,
        "msg_" + id,
        customer + ":" + id + ":0",
        "balance.low",
        customer,
        state,
        state == DeliveryState.PENDING ? 0 : 1,
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  @Override
  public List<EndpointStatus> endpoints() {
    if (away) {
      throw new WebhooksUnavailableException("the database is away");
    }
    return List.of(
        new EndpointStatus(
            ENDPOINT,
            Optional.empty(),
            count(DeliveryState.PENDING),
            count(DeliveryState.DELIVERED),
            count(DeliveryState.DEAD),
            Optional.of(clock.instant())));
  }

  private long count(DeliveryState state) {
    return deliveries.stream().filter(one -> one.state() == state).count();
  }

  @Override
  public List<Delivery> deliveries(DeliveryFilter filter, OptionalLong before, int limit) {
    return deliveries.reversed().stream()
        .filter(one -> filter.endpoint().stream().allMatch(one.endpoint()::equals))
        .filter(one -> filter.state().stream().allMatch(one.state()::equals))
        .filter(one -> filter.customer().stream().allMatch(one.customer()::equals))
        .filter(one -> before.isEmpty() || one.id() < before.getAsLong())
        .limit(limit)
        .toList();
  }

  @Override
  public Redelivery redeliver(long id) {
    Optional<Delivery> found = deliveries.stream().filter(one -> one.id() == id).findFirst();
    if (found.isEmpty()) {
      return new Redelivery.UnknownDelivery();
    }
    return found.get().endpoint().equals(ENDPOINT)
        ? new Redelivery.Queued(pending(found.get()))
        : new Redelivery.UnknownEndpoint(found.get().endpoint());
  }

  private Delivery pending(Delivery found) {
    Delivery again =
        delivery(found.id(), found.endpoint(), found.customer(), DeliveryState.PENDING);
    deliveries.set((int) found.id() - 1, again);
    return again;
  }

  @Override
  public OptionalInt redeliverDead(String endpoint) {
    if (!endpoint.equals(ENDPOINT)) {
      return OptionalInt.empty();
    }
    List<Delivery> dead =
        deliveries.stream()
            .filter(one -> one.endpoint().equals(endpoint) && one.state() == DeliveryState.DEAD)
            .toList();
    dead.forEach(this::pending);
    return OptionalInt.of(dead.size());
  }

  @Override
  public Optional<AttemptResult> test(String endpoint) {
    return endpoint.equals(ENDPOINT)
        ? Optional.of(new AttemptResult.Answered(204, Optional.empty()))
        : Optional.empty();
  }
}
