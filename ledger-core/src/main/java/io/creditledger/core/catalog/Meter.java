package io.creditledger.core.catalog;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is measured and rated into credits.
 *
 * @param name how usage names it
 * @param displayName what people are shown
 * @param description a sentence for end users; may be empty
 * @param eventName the CloudEvents type of its usage; the name itself unless said otherwise
 * @param aggregation whether quantities or events are added up
 * @param unit the unit its credits are counted in
 * @param rates its prices, in order of appearance; none: usage that is not rated already cannot be
 *     priced
 * @param overdraft what happens when credits run out; empty: as the catalog says
 * @param quantityUnit what is counted, such as {@code token}
 */
public record Meter(
    MeterName name,
    String displayName,
    String description,
    String eventName,
    Aggregation aggregation,
    Unit unit,
    List<Rate> rates,
    Optional<OverdraftPolicy> overdraft,
    Optional<String> quantityUnit) {

  /**
   * Checks the texts and that no two rates stand for the same usage from the same moment.
   *
   * @throws IllegalArgumentException if a field is not as promised
   */
  public Meter {
    Violations violations = new Violations("meter");
    violations.checkName("display_name", displayName);
    violations.checkText("description", description);
    violations.checkName("event_name", eventName);
    quantityUnit.ifPresent(text -> violations.checkName("quantity_unit", text));
    rates = List.copyOf(rates);
    checkDistinct(rates, violations);
    violations.refuseIfAny();
  }

  private static void checkDistinct(List<Rate> rates, Violations violations) {
    Map<RateKey, Integer> seen = new HashMap<>();
    for (int i = 0; i < rates.size(); i++) {
      Rate rate = rates.get(i);
      Integer first = seen.putIfAbsent(new RateKey(rate.match(), rate.effectiveFrom()), i);
      if (first != null) {
        violations.add(
            "rates[" + i + "]", "has the same match and effective_from as rates[" + first + "]");
      }
    }
  }

  private record RateKey(Map<String, String> match, Optional<Instant> effectiveFrom) {}

  /** A meter that sums quantities, known by its name only. */
  public static Meter summing(MeterName name, Unit unit, List<Rate> rates) {
    return new Meter(
        name,
        name.value(),
        "",
        name.value(),
        Aggregation.SUM,
        unit,
        rates,
        Optional.empty(),
        Optional.empty());
  }

  /** This meter with a policy of its own for when credits run out. */
  public Meter withOverdraft(OverdraftPolicy policy) {
    return new Meter(
        name,
        displayName,
        description,
        eventName,
        aggregation,
        unit,
        rates,
        Optional.of(policy),
        quantityUnit);
  }

  /**
   * The rate that prices usage with these properties at this moment: of those that apply, the one
   * that matches most properties, then the latest, then the first to appear. Empty if none applies.
   */
  public Optional<Rate> rateFor(Map<String, String> properties, Instant occurredAt) {
    Optional<Rate> best = Optional.empty();
    for (Rate rate : rates) {
      if (rate.appliesTo(properties, occurredAt) && (best.isEmpty() || rate.precedes(best.get()))) {
        best = Optional.of(rate);
      }
    }
    return best;
  }
}
