package io.creditledger.core.catalog;

import java.util.Optional;

/**
 * What people are told about a unit.
 *
 * @param name the display name, such as {@code Credits}
 * @param description a sentence for end users; may be empty
 * @param price what one credit of it costs in money, where it is sold by the piece
 * @param alerts when somebody is told about a customer's balance, unless the customer has a rule
 */
public record UnitInfo(String name, String description, Optional<Price> price, AlertRule alerts) {

  /**
   * Checks the texts.
   *
   * @throws IllegalArgumentException if one is too long or the name is blank
   */
  public UnitInfo {
    Violations violations = new Violations("unit");
    violations.checkName("name", name);
    violations.checkText("description", description);
    violations.refuseIfAny();
  }

  /** A unit known by its name only. */
  public static UnitInfo named(String name) {
    return new UnitInfo(name, "", Optional.empty(), AlertRule.DEFAULT);
  }
}
