package io.creditledger.streams.topology;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.yaml.YamlException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogs of the catalog topic. Each version stands under its own name for ever, so that a
 * replay finds the one an entry names; the key {@code current} says which is in force.
 */
public final class Catalogs {

  /** The key under which the version in force stands. */
  public static final String CURRENT = "current";

  private static final Logger LOG = LoggerFactory.getLogger(Catalogs.class);

  private final Function<String, byte[]> store;
  private final Map<String, Catalog> decoded = new HashMap<>();
  private String version = "";
  private Catalog current = Catalog.EMPTY;

  /** Reads from a view of the catalog topic. */
  public Catalogs(ReadOnlyKeyValueStore<String, byte[]> store) {
    this(store::get);
  }

  private Catalogs(Function<String, byte[]> store) {
    this.store = store;
  }

  /** Reads from the latest value of each key of the catalog topic. */
  public static Catalogs of(Map<String, byte[]> records) {
    return new Catalogs(records::get);
  }

  /** The catalog in force; the empty one before any was published. */
  public synchronized Catalog current() {
    byte[] named = store.apply(CURRENT);
    if (named == null) {
      return current;
    }
    String wanted = new String(named, StandardCharsets.UTF_8);
    if (!wanted.equals(version)) {
      Optional<Catalog> found = version(wanted);
      if (found.isEmpty()) {
        LOG.error("catalog {} is not readable; {} stays in force", wanted, current);
      }
      current = found.orElse(current);
      version = wanted;
    }
    return current;
  }

  /** The catalog of a version, if the topic has it and it can be read. */
  public synchronized Optional<Catalog> version(String wanted) {
    if (wanted.equals(Catalog.EMPTY.version())) {
      return Optional.of(Catalog.EMPTY);
    }
    Catalog known = decoded.get(wanted);
    if (known != null) {
      return Optional.of(known);
    }
    byte[] bytes = store.apply(wanted);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      Catalog catalog =
          CatalogYaml.parse("catalog " + wanted, new String(bytes, StandardCharsets.UTF_8));
      decoded.put(wanted, catalog);
      return Optional.of(catalog);
    } catch (YamlException e) {
      LOG.error("catalog {} in the catalog topic is not valid: {}", wanted, e.getMessage());
      return Optional.empty();
    }
  }
}
