package io.creditledger.streams.audit;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Limits;
import io.creditledger.streams.topology.Catalogs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every catalog that was ever in force.
 *
 * @param idMemoryMin the shortest for which any of them remembers the ids of events
 * @param idMemoryMax the longest
 */
public record CatalogHistory(Catalogs catalogs, Duration idMemoryMin, Duration idMemoryMax) {

  /** No catalog yet but the empty one. */
  public static final CatalogHistory EMPTY = of(Map.of());

  /** The history that the catalog topic has in its keys and their values. */
  public static CatalogHistory of(Map<String, byte[]> records) {
    Catalogs catalogs = Catalogs.of(records);
    List<Duration> memories =
        records.keySet().stream()
            .filter(name -> !name.equals(Catalogs.CURRENT))
            .flatMap(version -> catalogs.version(version).stream())
            .map(catalog -> catalog.limits().idMemory())
            .sorted()
            .toList();
    Duration usual = Limits.DEFAULT.idMemory();
    if (memories.isEmpty()) {
      return new CatalogHistory(catalogs, usual, usual);
    }
    // The empty catalog may have been in force before: nothing is kept for less than it asks.
    Duration longest = memories.getLast();
    return new CatalogHistory(
        catalogs, memories.getFirst(), longest.compareTo(usual) > 0 ? longest : usual);
  }

  /** The catalog of a version, if there is one and it can be read. */
  public Optional<Catalog> version(String wanted) {
    return catalogs.version(wanted);
  }
}
