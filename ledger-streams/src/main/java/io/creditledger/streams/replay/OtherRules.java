package io.creditledger.streams.replay;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.id.MeterName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules to decide a history by, in place of those of its time.
 *
 * @param catalog in place of every catalog; absent: each decision keeps its own
 * @param policy in place of the catalog's and every meter's; customers with one of their own keep
 *     it
 */
public record OtherRules(Optional<Catalog> catalog, Optional<OverdraftPolicy> policy) {

  /** The catalog to decide by where that one was in force. */
  Catalog inPlaceOf(Catalog then) {
    Catalog other = catalog.orElse(then);
    return policy.map(one -> withPolicy(other, one)).orElse(other);
  }

  /** The longest for which an event's id is remembered, by these rules or those of its time. */
  Duration idMemoryMax(Duration then) {
    return catalog
        .map(other -> other.limits().idMemory())
        .filter(other -> other.compareTo(then) > 0)
        .orElse(then);
  }

  private static Catalog withPolicy(Catalog catalog, OverdraftPolicy policy) {
    Map<MeterName, Meter> meters = new LinkedHashMap<>();
    catalog.meters().forEach((name, meter) -> meters.put(name, meter.withOverdraft(policy)));
    return Catalog.of(
        catalog.defaultUnit(), catalog.units(), meters, catalog.plans(), policy, catalog.limits());
  }
}
