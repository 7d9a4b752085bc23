package io.creditledger.core.scenario;

import java.time.Instant;
import java.util.Optional;

/**
 * One way in which a scenario was not as it must be.
 *
 * @param step the step's number; 0: the scenario as a whole
 * @param at the step's time; absent where there is no step
 * @param field what was compared, such as {@code grants.g_1}
 */
public record Failure(
    String scenario, int step, Optional<Instant> at, String field, String expected, String actual) {

  /** The failure in one line. */
  public String line() {
    return scenario
        + (step == 0 ? "" : " step " + step)
        + at.map(instant -> " at " + instant).orElse("")
        + ": "
        + field
        + ": expected "
        + expected
        + ", actual "
        + actual;
  }
}
