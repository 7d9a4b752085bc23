package io.creditledger.stripe.setup;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.id.MeterName;
import io.creditledger.stripe.rules.AddOn;
import io.creditledger.stripe.rules.Currencies;
import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.PlanRule;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.setup.Wanted.Recurs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Stripe needs for the rules and the catalog, in the order in which it is to be made. */
final class SetupPlan {

  private static final String PREFIX = "credit_ledger_";

  private final Catalog catalog;
  private final List<Wanted> wanted = new ArrayList<>();

  private SetupPlan(Catalog catalog) {
    this.catalog = catalog;
  }

  static List<Wanted> of(StripeRules rules, Catalog catalog) {
    SetupPlan plan = new SetupPlan(catalog);
    rules.meters().entrySet().stream()
        .sorted(Comparator.comparing(meter -> meter.getKey().value()))
        .forEach(meter -> plan.meter(meter.getKey(), meter.getValue()));
    rules.credits().ifPresent(rule -> plan.meter(rule, "Credits"));
    new TreeMap<>(rules.plans()).forEach(plan::plan);
    new TreeMap<>(rules.addOns()).forEach(plan::addOn);
    return List.copyOf(plan.wanted);
  }

  private void meter(MeterName name, MeterRule rule) {
    Meter known = catalog.meters().get(name);
    meter(rule, known == null ? name.value() : known.displayName());
  }

  private void meter(MeterRule rule, String displayName) {
    if (rule.send() == MeterRule.Send.NONE) {
      return;
    }
    boolean there = wanted.stream().anyMatch(other -> other.key().equals(rule.eventName()));
    if (!there) {
      wanted.add(new Wanted.Meter(rule.eventName(), displayName, rule.aggregation()));
    }
    rule.price()
        .ifPresent(
            price -> {
              String product = PREFIX + "meter_" + rule.eventName();
              product(product, displayName, Map.of());
              price(product, price, new Recurs.Metered(rule.eventName()));
            });
  }

  private void plan(String id, PlanRule rule) {
    rule.price()
        .ifPresent(
            recurring -> {
              String product = PREFIX + "plan_" + id;
              String name = catalog.plan(id).map(Plan::name).orElse(id);
              product(product, name, Map.of(PlanRule.METADATA, id));
              price(product, recurring.price(), new Recurs.Licensed(recurring.every()));
            });
  }

  private void addOn(String id, AddOn addOn) {
    addOn
        .price()
        .ifPresent(
            price -> {
              String product = PREFIX + "add_on_" + id;
              product(product, addOn.name(), Map.of(AddOn.METADATA, id));
              price(product, price, new Recurs.Once());
            });
  }

  private void product(String id, String name, Map<String, String> metadata) {
    wanted.add(new Wanted.Product(id, name, metadata));
  }

  private void price(String product, Price price, Recurs recurs) {
    wanted.add(
        new Wanted.Price(
            product + "_price",
            product,
            price.currency(),
            Currencies.minorUnits(price.amount(), price.currency()),
            recurs));
  }
}
