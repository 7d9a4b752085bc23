package io.creditledger.stripe.mapping;

import io.creditledger.stripe.client.CannotException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * So many pieces of one thing, bought with one payment.
 *
 * @param subscription Stripe's id, where it is part of one
 * @param startsAt of the period it was bought for
 * @param endsAt of the period it was bought for
 * @param paid for all pieces, in the currency's smallest unit; tax not included
 */
record Bought(
    Meaning meaning,
    Optional<String> subscription,
    Instant startsAt,
    Instant endsAt,
    BigDecimal pieces,
    long paid) {

  /** What one thing is, apart from how many. */
  private record Thing(
      Meaning meaning, Optional<String> subscription, Instant startsAt, Instant endsAt) {}

  /** Together: a price in tiers has a line for each of them. */
  static List<Bought> joined(List<Bought> all) {
    Map<Thing, Bought> joined = new LinkedHashMap<>();
    for (Bought one : all) {
      joined.merge(
          new Thing(one.meaning, one.subscription, one.startsAt, one.endsAt), one, Bought::and);
    }
    return new ArrayList<>(joined.values());
  }

  private Bought and(Bought more) {
    return new Bought(
        meaning, subscription, startsAt, endsAt, pieces.add(more.pieces), paid + more.paid);
  }

  /** The subscription. */
  String requiredSubscription() {
    return subscription.orElseThrow(
        () -> new CannotException("a plan was bought without a subscription"));
  }
}
