package io.creditledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order scenarios reach a ledger that they share. */
class ScenarioRunnerTest {

  private static final String TWO =
      """
      - id: a
        policy: {overdraft: bill}
        steps:
          - {at: 2025-01-01, usage:  {id: a1, credits: 1}}
          - {at: 2025-01-01, usage:  {id: a2, credits: 1}}
          - {at: 2025-01-01, expect: {overage: 2}}
          - {at: 2025-01-03, usage:  {id: a3, credits: "0.0000001"}, result: rejected}
          - {at: 2025-01-03, usage:  {id: a4, credits: 1}}
      - id: b
        steps:
          - {at: 2025-01-01, usage:  {id: b1, credits: 1}}
          - {at: 2025-01-02, usage:  {id: b2, credits: 1}}
          - {at: 2025-01-03, usage:  {id: b3, credits: 1}}
          - {at: 2025-01-03, expect: {overage: 3}}
      """;

  @Test
  void steps_of_all_scenarios_come_in_order_of_time_and_in_rounds() {
    // given
    List<Scenario> scenarios = ScenarioFile.parse("two.yaml", TWO);
    List<String> rounds = new ArrayList<>();

    // when
    List<ScenarioResult> results =
        ScenarioRunner.runTogether(
            scenarios, catalog -> new Watched(new MemoryDriver(catalog), rounds));

    // then
    assertThat(results).allMatch(ScenarioResult::passed);
    assertThat(rounds)
        .containsExactly(
            "2025-01-01T00:00:00Z [scenario-policy, b1]",
            "2025-01-01T00:00:00Z [a1]",
            "2025-01-01T00:00:00Z [a2]",
            "2025-01-02T00:00:00Z [b2]",
            "2025-01-03T00:00:00Z [a4, b3]");
  }

  @Test
  void a_ledger_is_opened_for_each_catalog() {
    // given
    String text =
        """
        - {id: a, steps: [{at: 2025-01-02, expect: {held: 0}}]}
        - {id: b, catalog: {limits: {}}, steps: [{at: 2025-01-01, expect: {held: 1}}]}
        - {id: c, steps: [{at: 2025-01-01, expect: {held: 2}}]}
        """;
    List<Catalog> opened = new ArrayList<>();

    // when
    List<ScenarioResult> results =
        ScenarioRunner.runTogether(
            ScenarioFile.parse("three.yaml", text),
            catalog -> {
              opened.add(catalog);
              return new MemoryDriver(catalog);
            });

    // then
    assertThat(opened).containsExactly(Scenario.CATALOG, Catalog.EMPTY);
    assertThat(results)
        .extracting(result -> result.scenario().id() + " " + result.passed())
        .containsExactly("a true", "b false", "c false");
  }

  @Test
  void a_ledger_that_breaks_fails_its_scenario_and_no_other() {
    // given
    List<Scenario> scenarios = ScenarioFile.parse("two.yaml", TWO);

    // when
    List<ScenarioResult> results =
        ScenarioRunner.runEach(
            scenarios,
            catalog -> {
              if (catalog.equals(Scenario.CATALOG)) {
                throw new IllegalStateException("out of order");
              }
              return new MemoryDriver(catalog);
            });

    // then
    assertThat(results.getFirst().failures())
        .extracting(Failure::line)
        .containsExactly(
            "a: the ledger: expected an answer,"
                + " actual java.lang.IllegalStateException: out of order");
  }

  @Test
  void one_customer_cannot_be_two_scenarios() {
    List<Scenario> twice = new ArrayList<>(ScenarioFile.parse("two.yaml", TWO));
    twice.addAll(ScenarioFile.parse("two.yaml", TWO));
    assertThatThrownBy(() -> ScenarioRunner.runTogether(twice, MemoryDriver::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scenario a is there twice, as scenario:a@two.yaml");
  }

  /** Notes what is handed in together, and when. */
  private static final class Watched implements ScenarioDriver {

    private final ScenarioDriver driver;
    private final List<String> rounds;
    private Instant now = Instant.MIN;

    Watched(ScenarioDriver driver, List<String> rounds) {
      this.driver = driver;
      this.rounds = rounds;
    }

    @Override
    public void advanceTo(Instant at) {
      assertThat(at).isAfterOrEqualTo(now);
      now = at;
      driver.advanceTo(at);
    }

    @Override
    public List<Outcome> submit(List<LedgerEvent> events) {
      rounds.add(now + " " + events.stream().map(event -> event.id().value()).toList());
      return driver.submit(events);
    }

    @Override
    public View view(CustomerId customer) {
      return driver.view(customer);
    }
  }
}
