package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.rules.AddOn;
import io.creditledger.stripe.rules.PlanRule;
import io.creditledger.stripe.rules.StripeRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What Stripe's prices sell: by the ids in the rules first, then by the metadata of the price, then
 * by that of its product. Metadata that was asked for is believed for ten minutes.
 */
final class PriceMeanings {

  private static final Duration BELIEVED = Duration.ofMinutes(10);
  private static final int KEPT_MAX = 10_000;

  /** What was learnt by asking. */
  private record Learnt(Meaning meaning, Instant at) {}

  private final StripeRules rules;
  private final StripeReads reads;
  private final InstantSource clock;
  private final Map<String, Learnt> learnt = new ConcurrentHashMap<>();

  PriceMeanings(StripeRules rules, StripeReads reads, InstantSource clock) {
    this.rules = rules;
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * What a price sells.
   *
   * @param product the price's, where it is known
   * @param metadata the price's, where it is known
   */
  Meaning of(String price, Optional<String> product, Optional<Map<String, String>> metadata)
      throws InterruptedException {
    Optional<Meaning> known =
        byRules(price, PlanRule::prices, AddOn::prices)
            .or(() -> product.flatMap(id -> byRules(id, PlanRule::products, AddOn::products)))
            .or(() -> metadata.flatMap(PriceMeanings::byMetadata));
    return known.isPresent() ? known.get() : asked(price, product);
  }

  private Optional<Meaning> byRules(
      String id, Function<PlanRule, Set<String>> ofPlan, Function<AddOn, Set<String>> ofAddOn) {
    Optional<Meaning> plan =
        rules.plans().entrySet().stream()
            .filter(entry -> ofPlan.apply(entry.getValue()).contains(id))
            .<Meaning>map(entry -> new Meaning.Plan(entry.getKey()))
            .findFirst();
    return plan.or(
        () ->
            rules.addOns().entrySet().stream()
                .filter(entry -> ofAddOn.apply(entry.getValue()).contains(id))
                .<Meaning>map(entry -> new Meaning.AddOn(entry.getKey()))
                .findFirst());
  }

  private static Optional<Meaning> byMetadata(Map<String, String> metadata) {
    return Optional.ofNullable(metadata.get(PlanRule.METADATA))
        .<Meaning>map(Meaning.Plan::new)
        .or(
            () ->
                Optional.ofNullable(metadata.get(AddOn.METADATA)).<Meaning>map(Meaning.AddOn::new));
  }

  private Meaning asked(String price, Optional<String> product) throws InterruptedException {
    Instant now = clock.instant();
    Learnt before = learnt.get(price);
    if (before != null && now.isBefore(before.at().plus(BELIEVED))) {
      return before.meaning();
    }
    Meaning meaning = ask(price, product);
    if (learnt.size() >= KEPT_MAX) {
      learnt.clear();
    }
    learnt.put(price, new Learnt(meaning, now));
    return meaning;
  }

  private Meaning ask(String price, Optional<String> product) throws InterruptedException {
    Optional<JsonNode> there = reads.find("/v1/prices/" + StripeReads.escaped(price));
    Optional<Meaning> byPrice = there.map(StripeJson::metadata).flatMap(PriceMeanings::byMetadata);
    if (byPrice.isPresent()) {
      return byPrice.get();
    }
    Optional<String> itsProduct = product.or(() -> there.flatMap(p -> StripeJson.id(p, "product")));
    if (itsProduct.isEmpty()) {
      return new Meaning.Nothing();
    }
    Optional<Meaning> byProduct = byRules(itsProduct.get(), PlanRule::products, AddOn::products);
    return byProduct.isPresent() ? byProduct.get() : ofProduct(itsProduct.get());
  }

  private Meaning ofProduct(String product) throws InterruptedException {
    return reads
        .find("/v1/products/" + StripeReads.escaped(product))
        .map(StripeJson::metadata)
        .flatMap(PriceMeanings::byMetadata)
        .orElseGet(Meaning.Nothing::new);
  }
}
