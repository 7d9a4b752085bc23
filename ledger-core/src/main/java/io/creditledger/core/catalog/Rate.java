package io.creditledger.core.catalog;

import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One price of a meter: so many credits for a package of so much, from some time on, for usage with
 * certain properties.
 *
 * @param effectiveFrom the first moment it applies; empty: always
 * @param match properties that usage must carry with exactly these values; empty: any usage
 * @param creditsPerPackage credits for one package: zero or more, below 10<sup>18</sup>, at most 12
 *     places, without trailing zeros
 * @param packageSize how much one package holds, above zero. Parts of a package cost their part.
 */
public record Rate(
    Optional<Instant> effectiveFrom,
    Map<String, String> match,
    BigDecimal creditsPerPackage,
    Quantity packageSize) {

  /**
   * Normalises the rate and copies the match.
   *
   * @throws IllegalArgumentException if a field is not as promised
   */
  public Rate {
    Violations violations = new Violations("rate");
    match = Map.copyOf(match);
    match.keySet().forEach(property -> violations.checkName("match", property));
    match.forEach((property, value) -> violations.checkText("match[" + property + "]", value));
    creditsPerPackage = violations.checkDecimal("credits", creditsPerPackage);
    if (!packageSize.isPositive()) {
      violations.add("per", "is not above zero: " + packageSize);
    }
    violations.refuseIfAny();
  }

  /** A rate for any usage at any time: so many credits for each piece. */
  public static Rate perPiece(BigDecimal credits) {
    return perPackage(credits, Quantity.ONE);
  }

  /** A rate for any usage at any time: so many credits for each package. */
  public static Rate perPackage(BigDecimal credits, Quantity packageSize) {
    return new Rate(Optional.empty(), Map.of(), credits, packageSize);
  }

  /** Whether it prices usage with these properties at this moment. */
  boolean appliesTo(Map<String, String> properties, Instant occurredAt) {
    if (effectiveFrom.isPresent() && occurredAt.isBefore(effectiveFrom.get())) {
      return false;
    }
    for (Map.Entry<String, String> property : match.entrySet()) {
      if (!property.getValue().equals(properties.get(property.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is to be chosen before the other where both apply: closer match, then later. */
  boolean precedes(Rate other) {
    if (match.size() != other.match.size()) {
      return match.size() > other.match.size();
    }
    return effectiveFrom.isPresent()
        && (other.effectiveFrom.isEmpty()
            || effectiveFrom.get().isAfter(other.effectiveFrom.get()));
  }
}
