package io.creditledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario file at hand, run in memory. */
class ScenarioTest {

  private static final Path OWN = Folders.find("docs/scenarios").orElseThrow();

  @TestFactory
  Stream<DynamicTest> our_own_scenarios_hold() {
    return Folders.scenarios(OWN, ".yaml").stream().map(ScenarioTest::test);
  }

  @Test
  void our_own_scenarios_hold_side_by_side_on_one_ledger() {
    // given
    List<Scenario> scenarios = Folders.scenarios(OWN, ".yaml");

    // when
    List<ScenarioResult> results = ScenarioRunner.runTogether(scenarios, MemoryDriver::new);

    // then
    assertThat(results).hasSizeGreaterThanOrEqualTo(70);
    assertThat(results.stream().flatMap(result -> result.failures().stream()).map(Failure::line))
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> the_worked_examples_of_other_systems_hold() {
    Optional<Path> vectors = Folders.find("shared/vectors");
    assumeTrue(
        vectors.isPresent(), "no folder shared/vectors beside the project: nothing to be run");
    return Folders.scenarios(vectors.orElseThrow(), ".json").stream().map(ScenarioTest::test);
  }

  private static DynamicTest test(Scenario scenario) {
    return DynamicTest.dynamicTest(
        scenario.id(),
        () ->
            assertThat(
                    ScenarioRunner.runEach(List.of(scenario), MemoryDriver::new)
                        .getFirst()
                        .failures())
                .extracting(Failure::line)
                .isEmpty());
  }
}
