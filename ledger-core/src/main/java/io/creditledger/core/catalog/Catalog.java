package io.creditledger.core.catalog;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is sold, in one immutable value: two catalogs are equal exactly if their content
 * is, and then their versions are.
 */
public final class Catalog {

  /** No meters and no plans: only rated usage, in credits, billed without a limit. */
  public static final Catalog EMPTY =
      of(Unit.CREDITS, Map.of(), Map.of(), Map.of(), OverdraftPolicy.DEFAULT, Limits.DEFAULT);

  private final Unit defaultUnit;
  private final Map<Unit, UnitInfo> units;
  private final Map<MeterName, Meter> meters;
  private final Map<String, Meter> metersByEventName;
  private final Map<String, Plan> plans;
  private final OverdraftPolicy defaultOverdraft;
  private final Limits limits;
  private final String version;

  private Catalog(
      Unit defaultUnit,
      Map<Unit, UnitInfo> units,
      Map<MeterName, Meter> meters,
      Map<String, Plan> plans,
      OverdraftPolicy defaultOverdraft,
      Limits limits) {
    this.defaultUnit = Objects.requireNonNull(defaultUnit, "default_unit");
    this.units = withDefault(units, defaultUnit);
    this.meters = Map.copyOf(meters);
    this.metersByEventName = byEventName(meters);
    this.plans = Map.copyOf(plans);
    this.defaultOverdraft = Objects.requireNonNull(defaultOverdraft, "overdraft");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.meters.forEach(this::checkMeter);
    this.plans.forEach(this::checkPlan);
    this.version = CatalogJson.versionOf(this);
  }

  /**
   * A catalog of these parts. The default unit need not stand among the units if there are none.
   *
   * @throws IllegalArgumentException if a key is not its value's own name, two meters share an
   *     event name, or a unit or meter is named that the catalog does not have
   */
  public static Catalog of(
      Unit defaultUnit,
      Map<Unit, UnitInfo> units,
      Map<MeterName, Meter> meters,
      Map<String, Plan> plans,
      OverdraftPolicy defaultOverdraft,
      Limits limits) {
    return new Catalog(defaultUnit, units, meters, plans, defaultOverdraft, limits);
  }

  /**
   * A catalog of these meters alone, with the defaults of {@link #EMPTY} for all else.
   *
   * @throws IllegalArgumentException if two share a name or an event name, or one is not counted in
   *     credits
   */
  public static Catalog ofMeters(Iterable<Meter> meters) {
    Map<MeterName, Meter> byName = new LinkedHashMap<>();
    for (Meter meter : meters) {
      if (byName.put(meter.name(), meter) != null) {
        throw new IllegalArgumentException("two meters are named " + meter.name());
      }
    }
    return of(Unit.CREDITS, Map.of(), byName, Map.of(), OverdraftPolicy.DEFAULT, Limits.DEFAULT);
  }

  /** This catalog with another policy for meters that have none of their own. */
  public Catalog withDefaultOverdraft(OverdraftPolicy policy) {
    return of(defaultUnit, units, meters, plans, policy, limits);
  }

  /** This catalog with other limits. */
  public Catalog withLimits(Limits changed) {
    return of(defaultUnit, units, meters, plans, defaultOverdraft, changed);
  }

  /**
   * Twelve hexadecimal digits that stand for the content: the head of the SHA-256 of {@link
   * CatalogJson#canonical}.
   */
  public String version() {
    return version;
  }

  /** The unit of grants and rated usage that name none. */
  public Unit defaultUnit() {
    return defaultUnit;
  }

  /** All units, the default one among them. */
  public Map<Unit, UnitInfo> units() {
    return units;
  }

  /** All meters by name. */
  public Map<MeterName, Meter> meters() {
    return meters;
  }

  /** All plans by id. */
  public Map<String, Plan> plans() {
    return plans;
  }

  /** What happens when credits run out, where a meter does not say. */
  public OverdraftPolicy defaultOverdraft() {
    return defaultOverdraft;
  }

  /** How long the ledger waits, holds and remembers. */
  public Limits limits() {
    return limits;
  }

  /** The meter of this name, or empty if there is none. */
  public Optional<Meter> meter(MeterName name) {
    return Optional.ofNullable(meters.get(name));
  }

  /** The meter whose usage has this CloudEvents type, or empty if there is none. */
  public Optional<Meter> meterOfEvent(String eventName) {
    return Optional.ofNullable(metersByEventName.get(eventName));
  }

  /** The plan of this id, or empty if there is none. */
  public Optional<Plan> plan(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Catalog that
        && defaultUnit.equals(that.defaultUnit)
        && units.equals(that.units)
        && meters.equals(that.meters)
        && plans.equals(that.plans)
        && defaultOverdraft.equals(that.defaultOverdraft)
        && limits.equals(that.limits);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  /** The version and how much there is, for a log. */
  @Override
  public String toString() {
    return "catalog " + version + " (" + meters.size() + " meters, " + plans.size() + " plans)";
  }

  private static Map<Unit, UnitInfo> withDefault(Map<Unit, UnitInfo> units, Unit defaultUnit) {
    if (units.isEmpty()) {
      return Map.of(defaultUnit, UnitInfo.named(defaultUnit.value()));
    }
    if (!units.containsKey(defaultUnit)) {
      throw new IllegalArgumentException("default_unit is not among the units: " + defaultUnit);
    }
    return Map.copyOf(units);
  }

  private static Map<String, Meter> byEventName(Map<MeterName, Meter> meters) {
    Map<String, Meter> byEventName = new HashMap<>();
    for (Meter meter : meters.values()) {
      Meter other = byEventName.putIfAbsent(meter.eventName(), meter);
      if (other != null) {
        throw new IllegalArgumentException(
            "meters "
                + other.name()
                + " and "
                + meter.name()
                + " share the event_name "
                + meter.eventName());
      }
    }
    return Map.copyOf(byEventName);
  }

  private void checkMeter(MeterName name, Meter meter) {
    if (!name.equals(meter.name())) {
      throw new IllegalArgumentException("meters." + name + " is named " + meter.name());
    }
    checkUnit("meters." + name, meter.unit());
  }

  private void checkPlan(String id, Plan plan) {
    if (!id.equals(plan.id())) {
      throw new IllegalArgumentException("plans." + id + " has the id " + plan.id());
    }
    for (PlanGrant grant : plan.grants()) {
      checkUnit("plans." + id, grant.unit());
      grant.meters().forEach(meter -> checkMeterKnown("plans." + id, meter));
    }
    plan.limits().keySet().forEach(meter -> checkMeterKnown("plans." + id, meter));
  }

  private void checkUnit(String where, Unit unit) {
    if (!units.containsKey(unit)) {
      throw new IllegalArgumentException(where + " names an unknown unit: " + unit);
    }
  }

  private void checkMeterKnown(String where, MeterName meter) {
    if (!meters.containsKey(meter)) {
      throw new IllegalArgumentException(where + " names an unknown meter: " + meter);
    }
  }
}
