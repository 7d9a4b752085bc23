package io.creditledger.stripe.rules;

import io.creditledger.core.id.MeterName;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the operator decides about Stripe.
 *
 * @param meters what is sent to Stripe, by the ledger's meter; usage of others is not sent
 * @param credits what is sent of usage that names no meter; empty: nothing
 * @param plans which of Stripe's products and prices stand for the catalog's plans, by plan id
 * @param addOns what may be bought once, by the operator's name for it
 */
public record StripeRules(
    Map<MeterName, MeterRule> meters,
    Optional<MeterRule> credits,
    Map<String, PlanRule> plans,
    Map<String, AddOn> addOns,
    SubscriptionRule subscriptions,
    InvoiceCreditsRule invoiceCredits,
    MirrorRule mirror,
    CustomerRule customers) {

  /** Nothing is sent and nothing is bought; webhooks are kept and ignored. */
  public static final StripeRules NONE =
      new StripeRules(
          Map.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          SubscriptionRule.DEFAULT,
          InvoiceCreditsRule.NONE,
          MirrorRule.NONE,
          CustomerRule.DEFAULT);

  /** Copies the maps. */
  public StripeRules {
    meters = Map.copyOf(meters);
    plans = Map.copyOf(plans);
    addOns = Map.copyOf(addOns);
  }

  /** What is sent of usage of this meter, or of none; empty: nothing. */
  public Optional<MeterRule> rule(Optional<MeterName> meter) {
    return meter.isEmpty() ? credits : meter.flatMap(name -> Optional.ofNullable(meters.get(name)));
  }
}
