package io.creditledger.core.wire;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.CatalogJson;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.yaml.YamlException;
import io.creditledger.core.yaml.YamlFields;
import io.creditledger.core.yaml.YamlProblems;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.core.yaml.YamlText;
import io.creditledger.core.yaml.YamlValue;
import io.creditledger.core.yaml.YamlValue.YamlEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A catalog as people write it: YAML, and so JSON too.
 *
 * <pre>{@code
 * default_unit: credits         # may be left out with one unit, or with one of this name
 * units:                        # may be left out: then there is the default unit alone
 *   credits:
 *     name: Credits
 *     description: What agents run on.
 *     price: {amount: "0.01", currency: usd}
 *     alerts: {low: "100", low_share: "0.2", expiring_soon: P3D}   # depleted and recovered always
 *
 * meters:                       # by name; or a list of meters, each with its name in `name`
 *   llm.input_tokens:           #   and what people are shown in `display_name`
 *     name: Input tokens
 *     description: Text that a model reads.
 *     event_name: llm.input_tokens          # the CloudEvents type; default: the meter's name
 *     aggregation: sum                      # or count: each event is 1; default: sum
 *     unit: credits                         # default: the default unit
 *     quantity_unit: token
 *     overdraft: {policy: reject}           # default: the catalog's, below
 *     rates:                                # closest match first, then the latest
 *       - {credits: "0.5", per: 1000}
 *       - {credits: "2", per: 1000, match: {model: m-large}, effective_from: 2026-12-01T00:00:00Z}
 *   agent.task:
 *     aggregation: count
 *     credits: "3.5"                        # short for one rate, with `per` where it is not 1
 *
 * plans:
 *   plus:
 *     name: Plus
 *     grants:
 *       - name: Plus plan
 *         amount: "3900"
 *         unit: credits
 *         priority: 10                      # 0 to 100, lower burns first; default: 50
 *         category: paid                    # or promotional; default: paid
 *         every: P1M                        # P1Y, P1M, P1W, P1D, PT1H …; default: once
 *         rollover: {cap: "100", fraction: "0.5", lifetime: P1M}
 *         until: 2028-01-01T00:00:00Z
 *         count: 12
 *         expires_after: P1M
 *         scope: {meters: [llm.input_tokens], subscriptions: [sub_1]}
 *     limits:
 *       agent.task: {limited: 100, per: day}    # or per: month; or disabled; or unlimited
 *
 * overdraft: {policy: bill, limit: "100"}   # bill, carry, reject, forgive; default: bill
 * limits: {usage_max_age: P35D, usage_max_ahead: PT5M, expiry_grace: PT0S,
 *          reservation_ttl: PT15M, reservation_ttl_max: PT24H, id_retention: P35D}
 * }</pre>
 *
 * <p>Numbers may stand with or without quotes and are read from their digits, never through a
 * float. Times are RFC 3339, or a date, which is its first moment in UTC. A field without a value
 * counts as absent. Names that are not listed here are refused. The field {@code version} is
 * accepted so that a printed catalog can be read again, and ignored: the content alone decides the
 * version.
 */
public final class CatalogYaml {

  private final Set<Unit> units = new LinkedHashSet<>();

  private CatalogYaml() {}

  /**
   * Reads a catalog.
   *
   * @param sourceName what messages call the text: a file's name
   * @throws YamlException if the text is not YAML or not a catalog; it tells all that is wrong,
   *     each with line, column and field
   */
  public static Catalog parse(String sourceName, String text) {
    YamlProblems problems = new YamlProblems(sourceName);
    YamlValue root = YamlText.read(text, problems);
    Optional<Supplier<Catalog>> catalog = root.fields().map(new CatalogYaml()::catalog);
    problems.refuseIfAny();
    return catalog.orElseThrow().get();
  }

  /**
   * The canonical JSON: sorted, nothing left to a default, the same bytes for equal catalogs. Reads
   * back with {@link #parse} as an equal catalog.
   */
  public static String toJson(Catalog catalog) {
    return CatalogJson.withVersion(catalog);
  }

  /** Reads all the parts; only what was read without problems fits together. */
  private Supplier<Catalog> catalog(YamlFields fields) {
    fields.field("version");
    Map<Unit, UnitInfo> unitInfos = fields.field("units").map(this::units).orElse(Map.of());
    Unit defaultUnit = defaultUnit(fields);
    units.add(defaultUnit);
    MeterYaml meterYaml = new MeterYaml(units, defaultUnit);
    Map<MeterName, Meter> meters = fields.field("meters").map(meterYaml::meters).orElse(Map.of());
    PlanYaml planYaml = new PlanYaml(units, defaultUnit, meterYaml.names());
    Map<String, Plan> plans = fields.field("plans").map(planYaml::plans).orElse(Map.of());
    OverdraftPolicy overdraft =
        fields
            .field("overdraft")
            .flatMap(CatalogScalars::overdraft)
            .orElse(OverdraftPolicy.DEFAULT);
    Limits limits =
        fields
            .field("limits")
            .flatMap(YamlValue::fields)
            .flatMap(CatalogYaml::limits)
            .orElse(Limits.DEFAULT);
    fields.refuseUnknown();
    return () -> Catalog.of(defaultUnit, unitInfos, meters, plans, overdraft, limits);
  }

  private Map<Unit, UnitInfo> units(YamlValue value) {
    Map<Unit, UnitInfo> infos = new LinkedHashMap<>();
    for (YamlEntry entry : value.entries().values()) {
      Optional<Unit> unit = entry.key().as(Unit::new);
      unit.ifPresent(units::add);
      unit.flatMap(name -> unitInfo(name, entry.value()))
          .ifPresent(info -> infos.put(unit.get(), info));
    }
    return infos;
  }

  private static Optional<UnitInfo> unitInfo(Unit unit, YamlValue value) {
    if (value.isNull()) {
      return Optional.of(UnitInfo.named(unit.value()));
    }
    return value
        .fields()
        .flatMap(
            fields -> {
              String name = fields.text("name").orElse(unit.value());
              String description = fields.text("description").orElse("");
              Optional<Price> price =
                  fields.field("price").flatMap(YamlValue::fields).flatMap(CatalogYaml::price);
              AlertRule alerts =
                  fields
                      .field("alerts")
                      .flatMap(YamlValue::fields)
                      .flatMap(CatalogYaml::alerts)
                      .orElse(AlertRule.DEFAULT);
              return fields.build(() -> new UnitInfo(name, description, price, alerts));
            });
  }

  private static Optional<AlertRule> alerts(YamlFields fields) {
    Optional<Credits> low = fields.as("low", Credits::parse);
    Optional<BigDecimal> lowShare = fields.as("low_share", YamlScalars::decimal);
    Optional<Duration> expiringSoon = fields.as("expiring_soon", YamlScalars::duration);
    return fields.build(() -> new AlertRule(low, lowShare, expiringSoon));
  }

  private static Optional<Price> price(YamlFields fields) {
    BigDecimal amount = fields.requiredAs("amount", YamlScalars::decimal, BigDecimal.ZERO);
    String currency = fields.required("currency").flatMap(YamlValue::text).orElse("usd");
    return fields.build(() -> new Price(amount, currency));
  }

  private Unit defaultUnit(YamlFields fields) {
    Optional<YamlValue> value = fields.field("default_unit");
    Optional<Unit> named = value.flatMap(text -> text.as(Unit::new));
    if (named.isPresent()) {
      if (!units.isEmpty() && !units.contains(named.get())) {
        value.get().refuse("is not one of the units: " + YamlScalars.listed(units));
      }
      return named.get();
    }
    if (units.isEmpty() || units.contains(Unit.CREDITS)) {
      return Unit.CREDITS;
    }
    if (units.size() > 1 && value.isEmpty()) {
      fields.required("default_unit");
    }
    return units.iterator().next();
  }

  private static Optional<Limits> limits(YamlFields fields) {
    Limits fallback = Limits.DEFAULT;
    Duration usageAgeMax = duration(fields, "usage_max_age", fallback.usageAgeMax());
    Duration usageAheadMax = duration(fields, "usage_max_ahead", fallback.usageAheadMax());
    Duration expiryGrace = duration(fields, "expiry_grace", fallback.expiryGrace());
    Duration reservationTtl = duration(fields, "reservation_ttl", fallback.reservationTtl());
    Duration reservationTtlMax =
        duration(fields, "reservation_ttl_max", fallback.reservationTtlMax());
    Duration idRetention = duration(fields, "id_retention", fallback.idRetention());
    return fields.build(
        () ->
            new Limits(
                usageAgeMax,
                usageAheadMax,
                expiryGrace,
                reservationTtl,
                reservationTtlMax,
                idRetention));
  }

  private static Duration duration(YamlFields fields, String name, Duration fallback) {
    return fields.as(name, YamlScalars::duration).orElse(fallback);
  }
}
