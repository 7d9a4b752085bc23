package io.creditledger.core.scenario;

import java.util.List;

/**
 * What came of running a scenario.
 *
 * @param failures none: it passed
 */
public record ScenarioResult(Scenario scenario, List<Failure> failures) {

  public ScenarioResult {
    failures = List.copyOf(failures);
  }

  /** Whether everything was as it must be. */
  public boolean passed() {
    return failures.isEmpty();
  }
}
