package io.creditledger.core.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One rate of a meter before a usage: the one that priced it, or why it did not.
 *
 * @param place among the meter's rates, counted from 0 as in {@code rates[0]}
 * @param why the verdict as a sentence, with the values concerned
 */
public record RateChoice(int place, Rate rate, Verdict verdict, String why) {

  /** Whether a rate priced a usage. */
  public enum Verdict {
    /** It did. */
    APPLIED,
    /** It applies only to later usage. */
    NOT_YET_EFFECTIVE,
    /** It asks for a property that the usage does not have. */
    PROPERTY_DIFFERS,
    /** It applies, but another one matches more properties. */
    LESS_SPECIFIC,
    /** It applies and matches as many properties, but another one came into effect later. */
    REPLACED,
    /** It applies just as well, but another one stands before it in the catalog. */
    SECOND;

    /** The name on the wire, in lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Every rate of a meter, in the order of the catalog. At most one applied: the one that {@link
   * Meter#rateFor} finds.
   */
  public static List<RateChoice> of(
      Meter meter, Map<String, String> properties, Instant occurredAt) {
    Optional<Rate> applied = meter.rateFor(properties, occurredAt);
    List<RateChoice> choices = new ArrayList<>();
    for (Rate rate : meter.rates()) {
      choices.add(judge(choices.size(), rate, applied, properties, occurredAt));
    }
    return List.copyOf(choices);
  }

  private static RateChoice judge(
      int place,
      Rate rate,
      Optional<Rate> applied,
      Map<String, String> properties,
      Instant occurredAt) {
    if (applied.isPresent() && applied.get().equals(rate)) {
      return new RateChoice(place, rate, Verdict.APPLIED, applies(rate));
    }
    if (rate.effectiveFrom().isPresent() && occurredAt.isBefore(rate.effectiveFrom().get())) {
      return new RateChoice(
          place,
          rate,
          Verdict.NOT_YET_EFFECTIVE,
          "is in effect from " + rate.effectiveFrom().get() + ", it occurred at " + occurredAt);
    }
    Optional<String> differs =
        rate.match().keySet().stream()
            .sorted()
            .filter(property -> !rate.match().get(property).equals(properties.get(property)))
            .findFirst();
    if (differs.isPresent()) {
      return new RateChoice(
          place,
          rate,
          Verdict.PROPERTY_DIFFERS,
          "asks for "
              + pair(differs.get(), rate.match().get(differs.get()))
              + ", the usage has "
              + (properties.containsKey(differs.get())
                  ? pair(differs.get(), properties.get(differs.get()))
                  : "no " + differs.get()));
    }
    return beaten(place, rate, applied.orElseThrow());
  }

  private static RateChoice beaten(int place, Rate rate, Rate applied) {
    if (applied.match().size() > rate.match().size()) {
      return new RateChoice(
          place,
          rate,
          Verdict.LESS_SPECIFIC,
          "matches "
              + properties(rate.match().size())
              + ", the one that applied "
              + applied.match().size());
    }
    if (!applied.effectiveFrom().equals(rate.effectiveFrom())) {
      return new RateChoice(
          place,
          rate,
          Verdict.REPLACED,
          "was followed by the one that applied, in effect from "
              + applied.effectiveFrom().orElseThrow());
    }
    return new RateChoice(
        place, rate, Verdict.SECOND, "matches as well, after the one that applied");
  }

  private static String applies(Rate rate) {
    String since = rate.effectiveFrom().map(from -> ", in effect from " + from).orElse("");
    if (rate.match().isEmpty()) {
      return "is for any usage" + since;
    }
    List<String> pairs =
        rate.match().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> pair(entry.getKey(), entry.getValue()))
            .toList();
    return "matches " + String.join(", ", pairs) + since;
  }

  private static String pair(String property, String value) {
    return property + "=\"" + value + "\"";
  }

  private static String properties(int count) {
    return count == 1 ? "1 property" : count + " properties";
  }
}
