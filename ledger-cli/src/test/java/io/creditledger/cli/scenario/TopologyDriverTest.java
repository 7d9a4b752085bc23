package io.creditledger.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.creditledger.core.scenario.Failure;
import io.creditledger.core.scenario.Scenario;
import io.creditledger.core.scenario.ScenarioFile;
import io.creditledger.core.scenario.ScenarioRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyDriverTest {

  @Test
  void every_documented_scenario_holds_on_the_topology() {
    // given
    List<Scenario> scenarios =
        ScenarioFiles.in(ScenarioFiles.folder("docs/scenarios").orElseThrow());

    // when
    List<String> failures = failures(scenarios);

    // then
    assertThat(scenarios).hasSizeGreaterThan(100);
    assertThat(failures).isEmpty();
  }

  @Test
  void every_scenario_of_other_systems_holds_on_the_topology() {
    // given
    Optional<Path> vectors = ScenarioFiles.folder("shared/vectors");
    assumeTrue(vectors.isPresent(), "no folder shared/vectors beside the project");

    // when
    List<String> failures = failures(ScenarioFiles.in(vectors.get()));

    // then
    assertThat(failures).isEmpty();
  }

  @Test
  void times_finer_than_a_record_can_tell_are_kept() {
    // given
    List<Scenario> scenarios =
        ScenarioFile.parse(
            "fine",
            """
            - id: the last nanosecond of a grant
              what: It pays one nanosecond before it ends, and has ended when it ends.
              steps:
                - {at: 2025-01-31T23:59:59.999999998Z, grant: {id: g, amount: 10,
                    expires_at: 2025-01-31T23:59:59.999999999Z}}
                - {at: 2025-01-31T23:59:59.999999998Z, usage: {id: u, credits: 4}}
                - {at: 2025-01-31T23:59:59.999999998Z, expect: {available: 6, overage: 0}}
                - {at: 2025-01-31T23:59:59.999999999Z, expect: {available: 0, expired: {g: 6}}}
                - {at: 2025-01-31T23:59:59.999999999Z, usage: {id: v, credits: 1}}
                - {at: 2025-01-31T23:59:59.999999999Z, expect: {overage: 1}}
            - id: sent again a nanosecond later
              what: The same event is a duplicate, whenever it comes.
              steps:
                - {at: 2025-01-01T00:00:00.000000001Z, grant: {id: g, amount: 10}}
                - {at: 2025-01-01T00:00:00.000000002Z, grant: {id: g, amount: 10}, result: duplicate}
                - {at: 2025-01-01T00:00:00.000000003Z, expect: {available: 10}}
            """);

    // when
    List<String> failures = failures(scenarios);

    // then
    assertThat(failures).isEmpty();
  }

  @Test
  void a_scenario_that_expects_otherwise_fails_with_both_amounts() {
    // given
    List<Scenario> scenarios =
        ScenarioFile.parse(
            "wrong",
            """
            - id: wrong
              what: Four of ten are used, and seven are expected.
              steps:
                - {at: 2025-01-01, grant: {id: g, amount: 10}}
                - {at: 2025-01-02, usage: {id: u, credits: 4}}
                - {at: 2025-01-03, expect: {available: 7}}
            """);

    // when
    List<String> failures = failures(scenarios);

    // then
    assertThat(failures)
        .singleElement()
        .asString()
        .contains("available: expected 7, actual 6")
        .contains("step 3");
  }

  private static List<String> failures(List<Scenario> scenarios) {
    return ScenarioRunner.runEach(scenarios, TopologyDriver::new).stream()
        .flatMap(result -> result.failures().stream())
        .map(Failure::line)
        .toList();
  }
}
