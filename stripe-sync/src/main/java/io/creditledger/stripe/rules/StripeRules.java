package io.creditledger.stripe.rules;

import io.creditledger.core.id.MeterName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything the operator decides about Stripe.
 *
 * @param meters what is sent to Stripe, by the ledger's meter; usage of others is not sent
 * @param credits what is sent of usage that names no meter; empty: nothing
 * @param usage how it is sent
 * @param reconcile when it is compared with Stripe, and over which time
 * @param plans which of Stripe's products and prices stand for the catalog's plans, by plan id
 * @param addOns what may be bought once, by the operator's name for it
 * @param webhooks how Stripe's events are taken in
 */
public record StripeRules(
    Map<MeterName, MeterRule> meters,
    Optional<MeterRule> credits,
    UsageRule usage,
    Map<String, PlanRule> plans,
    Map<String, AddOn> addOns,
    SubscriptionRule subscriptions,
    InvoiceCreditsRule invoiceCredits,
    MirrorRule mirror,
    CustomerRule customers,
    ReconcileRule reconcile,
    WebhookRule webhooks) {

  /** Nothing is sent and nothing is bought; webhooks are kept and ignored. */
  public static final StripeRules NONE =
      new StripeRules(
          Map.of(),
          Optional.empty(),
          UsageRule.DEFAULT,
          Map.of(),
          Map.of(),
          SubscriptionRule.DEFAULT,
          InvoiceCreditsRule.NONE,
          MirrorRule.NONE,
          CustomerRule.DEFAULT,
          ReconcileRule.DEFAULT,
          WebhookRule.DEFAULT);

  /**
   * Copies the maps.
   *
   * @throws IllegalArgumentException if two rules for one meter of Stripe's add up differently
   */
  public StripeRules {
    meters = Map.copyOf(meters);
    plans = Map.copyOf(plans);
    addOns = Map.copyOf(addOns);
    Map<String, MeterRule> byEventName = new HashMap<>();
    for (MeterRule rule : rules(meters, credits)) {
      MeterRule other = byEventName.getOrDefault(rule.eventName(), rule);
      byEventName.put(rule.eventName(), rule);
      if (!rule.addsUpAs(other)) {
        throw new IllegalArgumentException(
            "two rules for event_name "
                + rule.eventName()
                + " must agree in window, aggregation and in");
      }
    }
  }

  private static List<MeterRule> rules(
      Map<MeterName, MeterRule> meters, Optional<MeterRule> credits) {
    return Stream.concat(meters.values().stream(), credits.stream())
        .filter(rule -> rule.send() != MeterRule.Send.NONE)
        .toList();
  }

  /** The rules by which anything is sent, in no particular order. */
  public List<MeterRule> sending() {
    return rules(meters, credits);
  }

  /** What is sent of usage of this meter, or of none; empty: nothing. */
  public Optional<MeterRule> rule(Optional<MeterName> meter) {
    return meter.isEmpty() ? credits : meter.flatMap(name -> Optional.ofNullable(meters.get(name)));
  }
}
