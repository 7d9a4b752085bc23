package io.creditledger.core.wire;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.PlanGrant;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.catalog.UsageLimit.Limited;
import io.creditledger.core.catalog.UsageLimit.Per;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.yaml.YamlFields;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.core.yaml.YamlValue;
import io.creditledger.core.yaml.YamlValue.YamlEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads the plans of a catalog. */
final class PlanYaml {

  private static final Function<String, Category> CATEGORY =
      YamlScalars.oneOf(
          Category::ofWireName,
          List.of(Category.values()).stream().map(Category::wireName).toList());
  private static final Function<String, Per> PER =
      YamlScalars.oneOf(
          Per::ofWireName, List.of(Per.values()).stream().map(Per::wireName).toList());
  private static final Map<String, UsageLimit> WHOLE_LIMITS =
      Map.of("disabled", UsageLimit.DISABLED, "unlimited", UsageLimit.UNLIMITED);

  private final Set<Unit> units;
  private final Unit defaultUnit;
  private final Set<MeterName> meters;

  PlanYaml(Set<Unit> units, Unit defaultUnit, Set<MeterName> meters) {
    this.units = units;
    this.defaultUnit = defaultUnit;
    this.meters = meters;
  }

  Map<String, Plan> plans(YamlValue value) {
    Map<String, Plan> plans = new LinkedHashMap<>();
    value
        .entries()
        .forEach(
            (id, entry) ->
                entry
                    .value()
                    .fields()
                    .flatMap(fields -> plan(id, fields))
                    .ifPresent(plan -> plans.put(id, plan)));
    return plans;
  }

  private Optional<Plan> plan(String id, YamlFields fields) {
    String name = fields.text("name").orElse(id);
    List<PlanGrant> grants = new ArrayList<>();
    for (YamlValue item : fields.field("grants").map(YamlValue::items).orElse(List.of())) {
      item.fields().flatMap(this::grant).ifPresent(grants::add);
    }
    Map<MeterName, UsageLimit> limits = fields.field("limits").map(this::limits).orElse(Map.of());
    return fields.build(() -> new Plan(id, name, grants, limits));
  }

  private Optional<PlanGrant> grant(YamlFields fields) {
    String name = fields.text("name").orElse("");
    Credits amount = fields.requiredAs("amount", Credits::parse, Credits.ofMicros(1));
    Unit unit = CatalogScalars.unit(fields, units, defaultUnit);
    int priority =
        fields.as("priority", YamlScalars::wholeNumber).orElse(PlanGrant.PRIORITY_DEFAULT);
    Category category = fields.as("category", CATEGORY).orElse(Category.PAID);
    Optional<Recurrence> recurrence = recurrence(fields);
    Optional<IsoPeriod> expiresAfter = fields.as("expires_after", IsoPeriod::parse);
    Optional<YamlFields> scope = fields.field("scope").flatMap(YamlValue::fields);
    List<MeterName> scopeMeters = new ArrayList<>();
    List<SubscriptionId> scopeSubscriptions = new ArrayList<>();
    scope.ifPresent(
        within -> {
          scopeMeters.addAll(list(within, "meters", this::meter));
          scopeSubscriptions.addAll(
              list(within, "subscriptions", item -> item.as(SubscriptionId::new)));
          within.refuseUnknown();
        });
    return fields.build(
        () ->
            new PlanGrant(
                name,
                amount,
                unit,
                priority,
                category,
                recurrence,
                expiresAfter,
                scopeMeters,
                scopeSubscriptions));
  }

  private static <T> List<T> list(
      YamlFields fields, String name, Function<YamlValue, Optional<T>> read) {
    List<T> items = new ArrayList<>();
    for (YamlValue item : fields.field(name).map(YamlValue::items).orElse(List.of())) {
      read.apply(item).ifPresent(items::add);
    }
    return items;
  }

  private static Optional<Recurrence> recurrence(YamlFields fields) {
    Optional<YamlValue> every = fields.field("every");
    Optional<Rollover> rollover =
        fields.field("rollover").flatMap(YamlValue::fields).flatMap(PlanYaml::rollover);
    Optional<Instant> until = fields.as("until", YamlScalars::instant);
    OptionalInt count =
        fields
            .as("count", YamlScalars::wholeNumber)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    if (every.isEmpty()) {
      for (String name : List.of("rollover", "until", "count")) {
        fields.field(name).ifPresent(value -> value.refuse("needs every beside it"));
      }
      return Optional.empty();
    }
    return every
        .get()
        .as(IsoPeriod::parse)
        .flatMap(period -> fields.make(() -> new Recurrence(period, rollover, until, count)));
  }

  private static Optional<Rollover> rollover(YamlFields fields) {
    Optional<Credits> cap = fields.as("cap", Credits::parse);
    Optional<BigDecimal> fraction = fields.as("fraction", YamlScalars::decimal);
    Optional<IsoPeriod> lifetime = fields.as("lifetime", IsoPeriod::parse);
    return fields.build(() -> new Rollover(cap, fraction, lifetime));
  }

  private Map<MeterName, UsageLimit> limits(YamlValue value) {
    Map<MeterName, UsageLimit> limits = new LinkedHashMap<>();
    for (YamlEntry entry : value.entries().values()) {
      Optional<MeterName> meter = meter(entry.key());
      Optional<UsageLimit> limit = limit(entry.value());
      meter.ifPresent(name -> limit.ifPresent(known -> limits.put(name, known)));
    }
    return limits;
  }

  private static Optional<UsageLimit> limit(YamlValue value) {
    if (value.isScalar()) {
      return value.as(
          YamlScalars.oneOf(
              text -> Optional.ofNullable(WHOLE_LIMITS.get(text)),
              List.of("disabled", "unlimited", "{limited: …, per: …}")));
    }
    return value
        .fields()
        .flatMap(
            fields -> {
              Quantity limited = fields.requiredAs("limited", Quantity::parse, Quantity.ZERO);
              Per per = fields.requiredAs("per", PER, Per.MONTH);
              return fields.build(() -> new Limited(limited, per));
            });
  }

  private Optional<MeterName> meter(YamlValue value) {
    Optional<MeterName> name = value.as(MeterName::new);
    name.filter(named -> !meters.contains(named))
        .ifPresent(named -> value.refuse(YamlScalars.quoted(named.value()) + " is not a meter"));
    return name;
  }
}
