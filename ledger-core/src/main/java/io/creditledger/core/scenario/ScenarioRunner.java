package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs scenarios and says what was not as it must be. */
public final class ScenarioRunner {

  private ScenarioRunner() {}

  /** Runs one scenario on a ledger that works by its catalog and does not know its customer. */
  public static ScenarioResult run(Scenario scenario, ScenarioDriver driver) {
    return runTogether(List.of(scenario), driver).getFirst();
  }

  /**
   * Runs each scenario on a ledger of its own. A ledger that breaks fails its scenario and no
   * other.
   */
  public static List<ScenarioResult> runEach(
      List<Scenario> scenarios, ScenarioDriver.Factory drivers) {
    List<ScenarioResult> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      try (ScenarioDriver driver = drivers.open(scenario.effectiveCatalog())) {
        results.add(run(scenario, driver));
      } catch (RuntimeException e) {
        results.add(
            new ScenarioResult(
                scenario,
                List.of(
                    new Failure(
                        scenario.id(),
                        0,
                        Optional.empty(),
                        "the ledger",
                        "an answer",
                        e.toString()))));
      }
    }
    return results;
  }

  /**
   * Runs scenarios on as few ledgers as there are catalogs among them, one ledger after the other.
   *
   * @return the results in the order of the scenarios
   */
  public static List<ScenarioResult> runTogether(
      List<Scenario> scenarios, ScenarioDriver.Factory drivers) {
    Map<Catalog, List<Scenario>> byCatalog = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      byCatalog
          .computeIfAbsent(scenario.effectiveCatalog(), none -> new ArrayList<>())
          .add(scenario);
    }
    Map<Scenario, ScenarioResult> results = new HashMap<>();
    byCatalog.forEach(
        (catalog, group) -> {
          try (ScenarioDriver driver = drivers.open(catalog)) {
            runTogether(group, driver).forEach(result -> results.put(result.scenario(), result));
          }
        });
    return scenarios.stream().map(results::get).toList();
  }

  /**
   * Runs scenarios side by side on one ledger, which works by the catalog of them all: in order of
   * time across all of them, each in the order of its own steps. At every instant the next commands
   * of all scenarios are handed in together.
   *
   * @return the results in the order of the scenarios
   * @throws IllegalArgumentException if two scenarios have the same customer
   */
  public static List<ScenarioResult> runTogether(List<Scenario> scenarios, ScenarioDriver driver) {
    Set<CustomerId> customers = new HashSet<>();
    List<ScenarioRun> runs = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      if (scenario.problem().isEmpty() && !customers.add(scenario.customer())) {
        throw new IllegalArgumentException(
            "scenario " + scenario.id() + " is there twice, as " + scenario.customer());
      }
      runs.add(new ScenarioRun(scenario));
    }
    List<ScenarioRun> open = new ArrayList<>(runs);
    Optional<Instant> next = earliest(open);
    while (next.isPresent()) {
      driver.advanceTo(next.get());
      round(open, next.get(), driver);
      open.stream()
          .filter(run -> run.next().isEmpty())
          .forEach(run -> driver.leave(run.customer()));
      open.removeIf(run -> run.next().isEmpty());
      next = earliest(open);
    }
    return runs.stream().map(ScenarioRun::result).toList();
  }

  private static Optional<Instant> earliest(List<ScenarioRun> runs) {
    return runs.stream().flatMap(run -> run.next().stream()).min(Comparator.naturalOrder());
  }

  private static void round(List<ScenarioRun> runs, Instant at, ScenarioDriver driver) {
    List<ScenarioRun> asking = new ArrayList<>();
    List<LedgerEvent> events = new ArrayList<>();
    for (ScenarioRun run : runs) {
      run.check(at, driver)
          .ifPresent(
              event -> {
                asking.add(run);
                events.add(event);
              });
    }
    if (events.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = driver.submit(events);
    for (int i = 0; i < asking.size(); i++) {
      asking.get(i).answered(outcomes.get(i));
    }
  }
}
