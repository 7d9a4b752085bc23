package io.creditledger.core.yaml;

import io.creditledger.core.catalog.InvalidCatalogException;
import io.creditledger.core.catalog.Violation;
import io.creditledger.core.yaml.YamlValue.YamlEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of a mapping. Each is asked for by name; what was never asked for when the mapping is
 * built is a problem. A field that is null counts as absent.
 */
public final class YamlFields {

  private static final int TYPOS_MAX = 3;

  private final YamlValue mapping;
  private final Map<String, YamlEntry> entries;
  private final Set<String> known = new TreeSet<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final int problemsBefore;

  YamlFields(YamlValue mapping, Map<String, YamlEntry> entries) {
    this.mapping = mapping;
    this.entries = entries;
    this.problemsBefore = mapping.problems().count();
  }

  public Optional<YamlValue> field(String name) {
    known.add(name);
    return Optional.ofNullable(entries.get(name))
        .map(YamlEntry::value)
        .filter(value -> !value.isNull());
  }

  public Optional<YamlValue> required(String name) {
    Optional<YamlValue> value = field(name);
    if (value.isEmpty()) {
      mapping.problems().add(mapping.mark(), at(name), "is missing");
    }
    return value;
  }

  public Optional<String> text(String name) {
    return field(name).flatMap(YamlValue::text);
  }

  public <T> Optional<T> as(String name, Function<String, T> parse) {
    return field(name).flatMap(value -> value.as(parse));
  }

  public <T> T requiredAs(String name, Function<String, T> parse, T whereItIsWrong) {
    return required(name).flatMap(value -> value.as(parse)).orElse(whereItIsWrong);
  }

  /** What the type calls {@code typeField} stands in the field {@code name}. */
  public void call(String typeField, String name) {
    aliases.put(typeField, name);
  }

  /** What the fields make, once all have been asked for. */
  public <T> Optional<T> build(Supplier<T> type) {
    refuseUnknown();
    return make(type);
  }

  /**
   * What some of the fields make. What the type refuses becomes a problem of the field it names, or
   * else of the mapping.
   */
  public <T> Optional<T> make(Supplier<T> type) {
    try {
      T made = type.get();
      // Where a field could not be read, another value stands in: good to look for more, no
      // further.
      return mapping.problems().count() == problemsBefore ? Optional.of(made) : Optional.empty();
    } catch (InvalidCatalogException e) {
      e.violations().forEach(this::add);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      mapping.refuse(e.getMessage());
      return Optional.empty();
    }
  }

  private void add(Violation violation) {
    if (violation.field().isEmpty()) {
      // What is wrong as a whole may only be so because a field could not be read.
      if (mapping.problems().count() == problemsBefore) {
        mapping.refuse(violation.message());
      }
      return;
    }
    locate(aliases.getOrDefault(violation.field(), violation.field())).refuse(violation.message());
  }

  /** The value at a path below this mapping, or the closest to it that is there. */
  private YamlValue locate(String field) {
    int bracket = field.indexOf('[');
    String name = bracket < 0 ? field : field.substring(0, bracket);
    YamlEntry entry = entries.get(name);
    if (entry == null) {
      return new YamlValue(mapping.node(), at(field), mapping.problems());
    }
    if (bracket < 0) {
      return entry.value();
    }
    String item = field.substring(bracket + 1, field.length() - 1);
    YamlValue closest =
        entry.value().isList()
            ? entry.value().items().get(Integer.parseInt(item))
            : Optional.ofNullable(entry.value().entries().get(item))
                .map(YamlEntry::value)
                .orElse(entry.value());
    return new YamlValue(closest.node(), at(field), mapping.problems());
  }

  private String at(String field) {
    return mapping.path().isEmpty() ? field : mapping.path() + "." + field;
  }

  /** Every field that was never asked for becomes a problem. */
  public void refuseUnknown() {
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            entry.key().refuse("is not a known field" + suggestion(name));
          }
        });
  }

  private String suggestion(String name) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> typos(name, candidate)))
        .filter(nearest -> typos(name, nearest) <= Math.min(TYPOS_MAX, nearest.length() / 2))
        .map(nearest -> "; did you mean \"" + nearest + "\"?")
        .orElse("; known are " + String.join(", ", known));
  }

  /** How many letters must be put in, left out or replaced to make one text the other. */
  private static int typos(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT).replace('-', '_');
    if (Math.abs(a.length() - other.length()) > TYPOS_MAX) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
