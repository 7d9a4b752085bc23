package io.creditledger.core.catalog;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The canonical JSON text of a catalog: every field in the form of its YAML, keys sorted, nothing
 * left to a default, amounts as decimal strings. Equal catalogs have equal text, byte for byte.
 */
public final class CatalogJson {

  private static final int VERSION_CHARS = 12;

  private CatalogJson() {}

  /** The content alone, without the version. */
  public static String canonical(Catalog catalog) {
    return JsonText.write(tree(catalog));
  }

  /** The content with its version in the field {@code version}. */
  public static String withVersion(Catalog catalog) {
    Map<String, Object> tree = tree(catalog);
    tree.put("version", catalog.version());
    return JsonText.write(tree);
  }

  /** The first twelve hexadecimal digits of the SHA-256 of {@link #canonical}. */
  static String versionOf(Catalog catalog) {
    byte[] text = canonical(catalog).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, VERSION_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Map<String, Object> tree(Catalog catalog) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("default_unit", catalog.defaultUnit().value());
    tree.put("units", byName(catalog.units(), CatalogJson::unit));
    tree.put("meters", byName(catalog.meters(), CatalogJson::meter));
    tree.put("plans", byName(catalog.plans(), CatalogJson::plan));
    tree.put("overdraft", overdraft(catalog.defaultOverdraft()));
    tree.put("limits", limits(catalog.limits()));
    return tree;
  }

  private static <K, V> Map<String, Object> byName(Map<K, V> parts, Function<V, Object> tree) {
    Map<String, Object> sorted = new TreeMap<>();
    parts.forEach((name, part) -> sorted.put(name.toString(), tree.apply(part)));
    return sorted;
  }

  private static Map<String, Object> unit(UnitInfo unit) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("name", unit.name());
    tree.put("description", unit.description());
    put(
        tree,
        "price",
        unit.price()
            .map(price -> Map.of("amount", plain(price.amount()), "currency", price.currency())));
    return tree;
  }

  private static Map<String, Object> meter(Meter meter) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("name", meter.displayName());
    tree.put("description", meter.description());
    tree.put("event_name", meter.eventName());
    tree.put("aggregation", meter.aggregation().wireName());
    tree.put("unit", meter.unit().value());
    tree.put("rates", meter.rates().stream().map(CatalogJson::rate).toList());
    put(tree, "overdraft", meter.overdraft().map(CatalogJson::overdraft));
    put(tree, "quantity_unit", meter.quantityUnit());
    return tree;
  }

  private static Map<String, Object> rate(Rate rate) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("credits", plain(rate.creditsPerPackage()));
    tree.put("per", rate.packageSize().toString());
    tree.put("match", new TreeMap<>(rate.match()));
    put(tree, "effective_from", rate.effectiveFrom().map(Object::toString));
    return tree;
  }

  private static Map<String, Object> overdraft(OverdraftPolicy policy) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("policy", policy.overdraft().wireName());
    put(tree, "limit", policy.limit().map(Object::toString));
    return tree;
  }

  private static Map<String, Object> plan(Plan plan) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("name", plan.name());
    tree.put("grants", plan.grants().stream().map(CatalogJson::grant).toList());
    tree.put("limits", byName(plan.limits(), CatalogJson::usageLimit));
    return tree;
  }

  private static Map<String, Object> grant(PlanGrant grant) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("name", grant.name());
    tree.put("amount", grant.amount().toString());
    tree.put("unit", grant.unit().value());
    tree.put("priority", grant.priority());
    tree.put("category", grant.category().wireName());
    grant.recurrence().ifPresent(recurrence -> putRecurrence(tree, recurrence));
    put(tree, "expires_after", grant.expiresAfter().map(IsoPeriod::toString));
    tree.put(
        "scope",
        Map.of(
            "meters", texts(grant.meters(), MeterName::value),
            "subscriptions", texts(grant.subscriptions(), SubscriptionId::value)));
    return tree;
  }

  private static void putRecurrence(Map<String, Object> tree, Recurrence recurrence) {
    tree.put("every", recurrence.every().toString());
    put(tree, "rollover", recurrence.rollover().map(CatalogJson::rollover));
    put(tree, "until", recurrence.until().map(Object::toString));
    recurrence.count().ifPresent(count -> tree.put("count", count));
  }

  private static Map<String, Object> rollover(Rollover rollover) {
    Map<String, Object> tree = new TreeMap<>();
    put(tree, "cap", rollover.cap().map(Object::toString));
    put(tree, "fraction", rollover.fraction().map(CatalogJson::plain));
    put(tree, "lifetime", rollover.lifetime().map(IsoPeriod::toString));
    return tree;
  }

  private static Object usageLimit(UsageLimit limit) {
    return switch (limit) {
      case UsageLimit.Disabled disabled -> "disabled";
      case UsageLimit.Unlimited unlimited -> "unlimited";
      case UsageLimit.Limited limited ->
          Map.of("limited", limited.quantity().toString(), "per", limited.per().wireName());
    };
  }

  private static Map<String, Object> limits(Limits limits) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("usage_max_age", limits.usageAgeMax().toString());
    tree.put("usage_max_ahead", limits.usageAheadMax().toString());
    tree.put("expiry_grace", limits.expiryGrace().toString());
    tree.put("reservation_ttl", limits.reservationTtl().toString());
    tree.put("reservation_ttl_max", limits.reservationTtlMax().toString());
    tree.put("id_retention", limits.idRetention().toString());
    return tree;
  }

  private static <T> Object texts(Collection<T> items, Function<T, String> text) {
    return items.stream().map(text).toList();
  }

  private static String plain(BigDecimal decimal) {
    return decimal.toPlainString();
  }

  private static void put(Map<String, Object> tree, String field, Optional<?> value) {
    value.ifPresent(present -> tree.put(field, present));
  }
}
