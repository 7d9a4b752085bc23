package io.creditledger.stripe.mapping;

import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.webhook.StripeEvent;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Gets subscriptions, and what they sell. */
final class SubscriptionReader {

  private final StripeReads reads;
  private final PriceMeanings meanings;

  SubscriptionReader(StripeReads reads, PriceMeanings meanings) {
    this.reads = reads;
    this.meanings = meanings;
  }

  /** The subscription of an event, as it was then where the event's shape is known. */
  Subscription of(StripeEvent event) throws InterruptedException {
    return ApiVersion.isKnown(event.apiVersion())
        ? Subscription.read(event.object())
        : now(event.objectId())
            .orElseThrow(
                () ->
                    new CannotException(
                        "it is shaped by version \""
                            + event.apiVersion()
                            + "\" of Stripe's API, which is not known here, and Stripe has no"
                            + " subscription "
                            + event.objectId()
                            + " to look at instead"));
  }

  /** A subscription as it is now; empty if Stripe has none of that id. */
  Optional<Subscription> now(String id) throws InterruptedException {
    return reads.find("/v1/subscriptions/" + StripeReads.escaped(id)).map(Subscription::read);
  }

  /** The ids of the plans that it sells. */
  Set<String> plans(Subscription subscription) throws InterruptedException {
    Set<String> plans = new LinkedHashSet<>();
    for (Subscription.Item item : subscription.items()) {
      if (item.price().isPresent()
          && meanings.of(item.price().get(), item.product(), Optional.of(item.priceMetadata()))
              instanceof Meaning.Plan plan) {
        plans.add(plan.id());
      }
    }
    return plans;
  }
}
