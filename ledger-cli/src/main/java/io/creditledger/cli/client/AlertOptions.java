package io.creditledger.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** When somebody is told about a customer's balance: a rule for each unit, set whole. */
final class AlertOptions {

  @Option(
      names = "--alert-low",
      paramLabel = "UNIT=AMOUNT",
      description = "Low at or below so much.")
  private Map<String, String> low = new LinkedHashMap<>();

  @Option(
      names = "--alert-low-share",
      paramLabel = "UNIT=0-1",
      description = "Low at or below this part of what living grants granted.")
  private Map<String, String> lowShare = new LinkedHashMap<>();

  @Option(
      names = "--alert-expiring-soon",
      paramLabel = "UNIT=DURATION",
      description = "So long before a grant's end, such as P7D.")
  private Map<String, String> expiringSoon = new LinkedHashMap<>();

  @Option(
      names = "--alert-default",
      paramLabel = "UNIT",
      split = ",",
      description = "No rule of the customer's own for this unit, but the catalog's.")
  private List<String> catalogs = new ArrayList<>();

  /**
   * The rules to be set; nothing if there are none.
   *
   * @throws picocli.CommandLine.ParameterException if a unit is to have a rule and none
   */
  EventBody rules(LedgerOptions ledger) {
    TreeSet<String> units = new TreeSet<>(low.keySet());
    units.addAll(lowShare.keySet());
    units.addAll(expiringSoon.keySet());
    EventBody rules = new EventBody();
    for (String unit : units) {
      rules.with(
          unit,
          new EventBody()
              .with("low", Optional.ofNullable(low.get(unit)))
              .with("low_share", Optional.ofNullable(lowShare.get(unit)))
              .with("expiring_soon", Optional.ofNullable(expiringSoon.get(unit))));
    }
    for (String unit : catalogs) {
      if (units.contains(unit)) {
        throw ledger.misused("--alert-default " + unit + " excludes another rule for " + unit);
      }
      rules.withNull(unit);
    }
    return rules;
  }
}
