package io.creditledger.core.wire;

import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Rate;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.yaml.YamlFields;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.core.yaml.YamlValue;
import io.creditledger.core.yaml.YamlValue.YamlEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the meters of a catalog: by name, or as a list. */
final class MeterYaml {

  private static final Function<String, Aggregation> AGGREGATION =
      YamlScalars.oneOf(
          Aggregation::ofWireName,
          List.of(Aggregation.values()).stream().map(Aggregation::wireName).toList());

  private final Set<Unit> units;
  private final Unit defaultUnit;
  private final Set<MeterName> names = new LinkedHashSet<>();
  private final Map<String, MeterName> namesByEvent = new HashMap<>();

  MeterYaml(Set<Unit> units, Unit defaultUnit) {
    this.units = units;
    this.defaultUnit = defaultUnit;
  }

  /** The names read so far, also of meters that had problems. */
  Set<MeterName> names() {
    return names;
  }

  Map<MeterName, Meter> meters(YamlValue value) {
    Map<MeterName, Meter> meters = new LinkedHashMap<>();
    List<Meter> read = value.isList() ? listed(value) : named(value);
    read.forEach(meter -> meters.put(meter.name(), meter));
    return meters;
  }

  private List<Meter> listed(YamlValue value) {
    List<Meter> meters = new ArrayList<>();
    for (YamlValue item : value.items()) {
      item.fields().flatMap(this::listedMeter).ifPresent(meters::add);
    }
    return meters;
  }

  private Optional<Meter> listedMeter(YamlFields fields) {
    Optional<YamlValue> place = fields.required("name");
    Optional<MeterName> name = place.flatMap(value -> value.as(MeterName::new));
    name.filter(known -> !names.add(known))
        .ifPresent(known -> place.get().refuse("is the name of another meter too: " + known));
    Optional<String> displayName = fields.text("display_name");
    // Without a name the rest is read all the same, for its problems.
    return meter(name.orElse(new MeterName("unnamed")), displayName, place, fields)
        .filter(meter -> name.isPresent());
  }

  private List<Meter> named(YamlValue value) {
    List<Meter> meters = new ArrayList<>();
    for (YamlEntry entry : value.entries().values()) {
      Optional<MeterName> name = entry.key().as(MeterName::new);
      name.ifPresent(names::add);
      MeterName known = name.orElse(new MeterName("unnamed"));
      entry
          .value()
          .fields()
          .flatMap(fields -> namedMeter(known, entry, fields))
          .filter(meter -> name.isPresent())
          .ifPresent(meters::add);
    }
    return meters;
  }

  private Optional<Meter> namedMeter(MeterName name, YamlEntry entry, YamlFields fields) {
    fields.call("display_name", "name");
    return meter(name, fields.text("name"), Optional.of(entry.key()), fields);
  }

  private Optional<Meter> meter(
      MeterName name,
      Optional<String> displayName,
      Optional<YamlValue> namePlace,
      YamlFields fields) {
    String description = fields.text("description").orElse("");
    Optional<YamlValue> eventPlace = fields.field("event_name").or(() -> namePlace);
    String eventName = fields.text("event_name").orElse(name.value());
    Aggregation aggregation = fields.as("aggregation", AGGREGATION).orElse(Aggregation.SUM);
    Unit unit = CatalogScalars.unit(fields, units, defaultUnit);
    List<Rate> rates = rates(fields);
    Optional<OverdraftPolicy> overdraft =
        fields.field("overdraft").flatMap(CatalogScalars::overdraft);
    Optional<String> quantityUnit = fields.text("quantity_unit");
    eventPlace.ifPresent(place -> checkEventName(name, eventName, place));
    return fields.build(
        () ->
            new Meter(
                name,
                displayName.orElse(name.value()),
                description,
                eventName,
                aggregation,
                unit,
                rates,
                overdraft,
                quantityUnit));
  }

  private void checkEventName(MeterName name, String eventName, YamlValue place) {
    MeterName other = namesByEvent.putIfAbsent(eventName, name);
    if (other != null && !other.equals(name)) {
      place.refuse(
          YamlScalars.quoted(eventName) + " is the event_name of the meter " + other + " too");
    }
  }

  private static List<Rate> rates(YamlFields fields) {
    Optional<YamlValue> rates = fields.field("rates");
    Optional<YamlValue> credits = fields.field("credits");
    Optional<YamlValue> per = fields.field("per");
    if (rates.isPresent()) {
      credits.ifPresent(value -> value.refuse("stands beside rates: give one or the other"));
      per.ifPresent(value -> value.refuse("stands beside rates: give one or the other"));
      return listedRates(rates.get());
    }
    if (credits.isEmpty()) {
      per.ifPresent(value -> value.refuse("needs credits beside it"));
      return List.of();
    }
    BigDecimal each = credits.get().as(YamlScalars::decimal).orElse(BigDecimal.ZERO);
    Quantity size = fields.as("per", Quantity::parse).orElse(Quantity.ONE);
    return fields.make(() -> Rate.perPackage(each, size)).stream().toList();
  }

  /** All of them, or none: items must keep their positions, by which problems are located. */
  private static List<Rate> listedRates(YamlValue value) {
    List<YamlValue> items = value.items();
    List<Rate> rates = new ArrayList<>();
    for (YamlValue item : items) {
      item.fields().flatMap(MeterYaml::listedRate).ifPresent(rates::add);
    }
    return rates.size() == items.size() ? rates : List.of();
  }

  private static Optional<Rate> listedRate(YamlFields fields) {
    BigDecimal credits = fields.requiredAs("credits", YamlScalars::decimal, BigDecimal.ZERO);
    Quantity per = fields.as("per", Quantity::parse).orElse(Quantity.ONE);
    Optional<Instant> effectiveFrom = fields.as("effective_from", YamlScalars::instant);
    Map<String, String> match = fields.field("match").map(MeterYaml::match).orElse(Map.of());
    return fields.build(() -> new Rate(effectiveFrom, match, credits, per));
  }

  private static Map<String, String> match(YamlValue value) {
    Map<String, String> match = new HashMap<>();
    value
        .entries()
        .forEach(
            (property, entry) -> entry.value().text().ifPresent(text -> match.put(property, text)));
    return match;
  }
}
