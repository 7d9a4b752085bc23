package io.creditledger.cli.csv;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What gives each field of a usage event: a column, or the same text for every line.
 *
 * @param sources by field, in the order in which they were given
 */
public record ColumnMap(Map<String, Source> sources) {

  static final String PROPERTY = "property.";
  static final String ID = "id";
  static final String OCCURRED_AT = "occurred_at";

  private static final Set<String> FIELDS =
      Set.of(ID, "customer", "meter", "quantity", "credits", "unit", OCCURRED_AT, "subscription");

  /** Where a field's value comes from. */
  public sealed interface Source {
    /** A column, by its name in the header. */
    record Column(String name) implements Source {}

    /** The same for every line. */
    record Literal(String text) implements Source {}
  }

  /** Keeps what it is given, if events can be made of it. */
  public ColumnMap {
    for (String field : sources.keySet()) {
      if (!FIELDS.contains(field)
          && !(field.startsWith(PROPERTY) && field.length() > PROPERTY.length())) {
        throw new IllegalArgumentException(
            "there is no field " + field + "; there are " + fields() + " and " + PROPERTY + "NAME");
      }
    }
    if (!sources.containsKey("customer")) {
      throw new IllegalArgumentException("customer is missing");
    }
    if (sources.containsKey("quantity") && sources.containsKey("credits")) {
      throw new IllegalArgumentException("quantity and credits exclude each other");
    }
    if (!sources.containsKey("meter") && !sources.containsKey("credits")) {
      throw new IllegalArgumentException("meter is missing, or credits");
    }
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  /**
   * Reads {@code field=COLUMN} pairs with commas between them. A column's name may stand in double
   * quotes; a text in single quotes is meant as it stands.
   *
   * @throws IllegalArgumentException if it cannot be read, or names no customer, or nothing to rate
   */
  public static ColumnMap parse(String text) {
    Map<String, Source> sources = new LinkedHashMap<>();
    MapReader reader = new MapReader(text);
    do {
      String field = reader.field();
      if (sources.put(field, reader.source()) != null) {
        throw new IllegalArgumentException(field + " stands twice");
      }
    } while (reader.more());
    return new ColumnMap(sources);
  }

  Optional<Source> source(String field) {
    return Optional.ofNullable(sources.get(field));
  }

  /** Whether events say when they occurred. */
  public boolean hasTimes() {
    return sources.containsKey(OCCURRED_AT);
  }

  /**
   * What of a line is imported, so that two columns of one file make two events: the column of the
   * amount, or else the meter.
   */
  String subject() {
    for (String field : List.of("quantity", "credits")) {
      if (sources.get(field) instanceof Source.Column column) {
        return column.name();
      }
    }
    return source("meter")
        .map(
            source ->
                switch (source) {
                  case Source.Column column -> column.name();
                  case Source.Literal literal -> literal.text();
                })
        .orElse("credits");
  }

  private static String fields() {
    return String.join(", ", FIELDS.stream().sorted().toList());
  }
}
