package io.creditledger.core.scenario;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One scenario while it runs: where it stands, and what was not as it must be so far. */
final class ScenarioRun {

  private final Scenario scenario;
  private final List<Failure> failures = new ArrayList<>();
  private boolean opened;
  private int done;

  ScenarioRun(Scenario scenario) {
    this.scenario = scenario;
    this.opened = scenario.opening().isEmpty();
    scenario
        .problem()
        .ifPresent(
            problem ->
                failures.add(
                    new Failure(
                        scenario.id(), 0, Optional.empty(), "the file", "a scenario", problem)));
  }

  CustomerId customer() {
    return scenario.customer();
  }

  /** When its next step is due; absent: it has none. */
  Optional<Instant> next() {
    return done < scenario.steps().size()
        ? Optional.of(scenario.steps().get(done).at())
        : Optional.empty();
  }

  /**
   * Checks the expectations that come next at an instant, up to the next event to be handed in,
   * whose outcome {@link #answered} then takes.
   */
  Optional<LedgerEvent> check(Instant at, ScenarioDriver driver) {
    if (next().equals(Optional.of(at)) && !opened) {
      return scenario.opening();
    }
    while (next().equals(Optional.of(at))) {
      switch (scenario.steps().get(done)) {
        case Step.Expect expect -> {
          check(expect, driver);
          done++;
        }
        case Step.Command command -> {
          switch (command.request()) {
            case Request.Event event -> {
              return Optional.of(event.event());
            }
            case Request.Malformed malformed ->
                answered(new Outcome.Rejected(malformed.reason(), malformed.detail()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Takes the outcome of the event that was handed in. */
  void answered(Outcome outcome) {
    if (!opened) {
      opened = true;
      if (!(outcome instanceof Outcome.Accepted)) {
        fail(scenario.steps().getFirst(), "policy", "accepted", outcome.describe());
      }
      return;
    }
    Step.Command command = (Step.Command) scenario.steps().get(done);
    if (!command.answer().is(outcome)) {
      fail(command, "result", command.answer().describe(), outcome.describe());
    }
    done++;
  }

  ScenarioResult result() {
    return new ScenarioResult(scenario, failures);
  }

  private void check(Step.Expect step, ScenarioDriver driver) {
    ScenarioState state =
        ScenarioState.of(
            withoutOpening(driver.view(scenario.customer())),
            scenario.effectiveCatalog(),
            step.at());
    for (Expectation expectation : step.expectations()) {
      expectation
          .difference(state)
          .ifPresent(actual -> fail(step, expectation.field(), expectation.expected(), actual));
    }
  }

  private View withoutOpening(View view) {
    Optional<LedgerEvent> opening = scenario.opening();
    if (opening.isEmpty()) {
      return view;
    }
    List<LedgerEntry> entries = new ArrayList<>(view.entries());
    entries.removeIf(entry -> entry.header().id().equals(opening.get().id()));
    return new View(view.account(), entries);
  }

  private void fail(Step step, String field, String expected, String actual) {
    failures.add(
        new Failure(scenario.id(), step.number(), Optional.of(step.at()), field, expected, actual));
  }
}
