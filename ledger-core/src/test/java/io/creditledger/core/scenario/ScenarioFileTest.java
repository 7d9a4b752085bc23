package io.creditledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {

  @Test
  void numbers_are_read_from_their_digits() {
    // given
    String text =
        """
        [{"id": "a", "steps": [
          {"at": "2025-01-01", "usage": {"id": "u1", "credits": 0.100001}},
          {"at": "2025-01-01", "usage": {"id": "u2", "credits": 9223372036854.775807}},
          {"at": "2025-01-01", "usage": {"id": "u3", "credits": 10.0}}]}]
        """;

    // when
    List<Step> steps = ScenarioFile.parse("a.json", text).getFirst().steps();

    // then
    assertThat(steps)
        .extracting(ScenarioFileTest::credits)
        .containsExactly(
            Credits.ofMicros(100_001),
            Credits.ofMicros(Long.MAX_VALUE),
            Credits.ofMicros(10_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-31, 2025-01-31T00:00:00Z",
    "2025-01-31T09:30:00Z, 2025-01-31T09:30:00Z",
    "2025-01-31T09:30:00.123456789Z, 2025-01-31T09:30:00.123456789Z",
    "2025-01-31T09:30:00+02:00, 2025-01-31T07:30:00Z",
    "2025-01-31 09:30:00, 2025-01-31T09:30:00Z",
    "2025-01-31T09:30, 2025-01-31T09:30:00Z",
  })
  void times_may_stand_without_quotes(String written, String instant) {
    // given
    String text =
        """
        - id: a
          steps:
            - at: %s
              expect: {available: 0}
        """
            .formatted(written);

    // when
    Scenario scenario = ScenarioFile.parse("a.yaml", text).getFirst();

    // then
    assertThat(scenario.begins()).contains(Instant.parse(instant));
  }

  @Test
  void json_may_be_indented_with_tabs() {
    assertThat(ScenarioFile.parse("a.json", "[\n\t{\n\t\t\"id\":\t\"a\", \"steps\": []}]"))
        .extracting(Scenario::id)
        .containsExactly("a");
  }

  @Test
  void information_and_a_missing_end_are_no_problem() {
    // given
    String text =
        """
        [{"id": "a", "what": "w", "source": "s", "applicability": "universal", "needs": ["hold"],
          "policy": {"overdraft": "bill"},
          "steps": [{"at": "2025-01-01", "grant": {"id": "g", "amount": "1", "expires_at": null}}]}]
        """;

    // when
    Scenario scenario = ScenarioFile.parse("a.json", text).getFirst();

    // then
    assertThat(scenario.problem()).isEmpty();
    assertThat(ScenarioRunner.runEach(List.of(scenario), MemoryDriver::new))
        .allMatch(ScenarioResult::passed);
  }

  @Test
  void the_same_scenario_in_two_files_is_two_customers() {
    // given
    String text = "[{id: a, steps: [{at: 2025-01-01, usage: {id: u, credits: 1}}]}]";

    // when
    CustomerId one = ScenarioFile.parse("one.yaml", text).getFirst().customer();
    CustomerId other = ScenarioFile.parse("other.yaml", text).getFirst().customer();
    CustomerId far = ScenarioFile.parse("f".repeat(300), text).getFirst().customer();

    // then
    assertThat(List.of(one, other, far)).doesNotHaveDuplicates();
  }

  @Test
  void a_duplicate_without_an_id_repeats_the_last_command_like_it() {
    // given
    String text =
        """
        - id: a
          steps:
            - {at: 2025-01-01, grant:   {id: g, amount: 10}}
            - {at: 2025-01-02, reserve: {id: r, credits: 4}}
            - {at: 2025-01-03, settle:  {reservation: r, credits: 3}}
            - {at: 2025-01-03, settle:  {credits: 3, reservation: r}, result: duplicate}
            - {at: 2025-01-03, settle:  {reservation: r, credits: 3}, result: rejected}
            - {at: 2025-01-03, expect:  {available: 7}}
        """;

    // when
    List<ScenarioResult> results =
        ScenarioRunner.runEach(ScenarioFile.parse("a.yaml", text), MemoryDriver::new);

    // then
    assertThat(results.getFirst().failures()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {at: 2025-01-01, grant: {id: g, amount: 1, colour: red}}            | steps[0].grant.colour is not a field that is known here
          {at: 2025-01-01, grant: {id: g, amount: 1, scope: {meter: m}}}      | steps[0].grant.scope.meter is not a field that is known here
          {at: 2025-01-01, grant: {id: g, amount: 1, recurrence: {every: x}}} | steps[0].grant.recurrence.every is not a field that is known here
          {at: 2025-01-01, teleport: {id: g}}                                 | steps[0].teleport is not a step that is known
          {at: 2025-01-01}                                                    | steps[0] must have exactly one of expect and
          {at: 2025-01-01, usage: {credits: 1}, expect: {held: 0}}            | steps[0] must have exactly one of expect and
          {grant: {id: g, amount: 1}}                                         | steps[0] has no field at
          {at: yesterday, usage: {credits: 1}}                                | steps[0].at "yesterday" is not a time
          {at: 2025-01-01, usage: 5}                                          | steps[0].usage is not a mapping
          {at: 2025-01-01, usage: {credits: [5]}}                             | steps[0].usage.credits is not a plain value
          {at: 2025-01-01, usage: {credits: 1}, result: maybe}                | steps[0].result is not a result that is known: maybe
          {at: 2025-01-01, usage: {credits: 1}, reason: TOO_OLD}              | steps[0].reason is only for the result rejected
          {at: 2025-01-01, usage: {credits: 1}, result: rejected, reason: NO} | steps[0].reason is not a reason that is known: NO
          {at: 2025-01-01, expect: {avalable: 1}}                             | steps[0].expect.avalable is not an expectation that is known
          {at: 2025-01-01, expect: {available: much}}                         | steps[0].expect.available is not a decimal number: much
          {at: 2025-01-01, expect: {available: 1}, result: rejected}          | steps[0].result is only for commands
          {at: 2025-01-01, expect: {ended: {g: gone}}}                        | steps[0].expect.ended.g is neither expired nor voided: gone
          {at: 2025-01-01, at: 2025-01-02, expect: {available: 1}}            | steps[0].at stands there twice
          """)
  void what_cannot_be_read_is_named_with_file_line_and_field(String step, String problem) {
    // given
    String text =
        "- id: fine\n  steps: [{at: 2025-01-01, expect: {held: 0}}]\n- id: a\n  steps:\n    - ";

    // when
    List<Scenario> scenarios = ScenarioFile.parse("a.yaml", text + step);

    // then
    assertThat(scenarios.getFirst().problem()).isEmpty();
    assertThat(scenarios.getLast().problem())
        .hasValueSatisfying(told -> assertThat(told).startsWith("a.yaml:5: [1]." + problem));
    assertThat(ScenarioRunner.runEach(scenarios, MemoryDriver::new))
        .extracting(ScenarioResult::passed)
        .containsExactly(true, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          what: no id                                      | a.yaml:1: [0] has no field id
          {id: a, polcy: {overdraft: bill}, steps: []}     | a.yaml:1: [0].polcy is not a field that is known here
          {id: a, policy: {overdraft: perhaps}, steps: []} | a.yaml:1: [0].policy.overdraft is no overdraft policy: perhaps
          {id: a, policy: {limit: -1}, steps: []}          | a.yaml:1: [0].policy.limit
          {id: a}                                          | a.yaml:1: [0] has no field steps
          {id: a, steps: []}                               | a.yaml:1: [0].steps is empty
          {id: a, catalog: {metres: {}}, steps: []}        | a.yaml:1: [0].catalog metres
          """)
  void a_scenario_that_is_none_is_named(String scenario, String problem) {
    assertThat(ScenarioFile.parse("a.yaml", "- " + scenario).getFirst().problem())
        .hasValueSatisfying(told -> assertThat(told).startsWith(problem));
  }

  @Test
  void time_does_not_go_back() {
    // given
    String text =
        """
        - id: a
          steps:
            - {at: 2025-01-02, expect: {held: 0}}
            - {at: 2025-01-01, expect: {held: 0}}
        """;

    // when
    Scenario scenario = ScenarioFile.parse("a.yaml", text).getFirst();

    // then
    assertThat(scenario.problem())
        .contains(
            "a.yaml:4: [0].steps[1].at goes back:"
                + " 2025-01-01T00:00:00Z is before 2025-01-02T00:00:00Z");
  }

  @Test
  void an_id_stands_for_one_scenario_of_a_file() {
    // given
    String one = "- {id: a, steps: [{at: 2025-01-01, expect: {held: 0}}]}\n";

    // when
    List<Scenario> scenarios = ScenarioFile.parse("a.yaml", one + one);

    // then
    assertThat(scenarios.getLast().problem())
        .contains("a.yaml:2: [1].id is the id of another scenario: a");
  }

  @Test
  void a_file_that_is_no_list_is_refused() {
    assertThatThrownBy(() -> ScenarioFile.parse("a.yaml", "id: a"))
        .isInstanceOf(InvalidScenarioFileException.class)
        .hasMessage("a.yaml:1: is not a list");
    assertThatThrownBy(() -> ScenarioFile.parse("a.yaml", ""))
        .isInstanceOf(InvalidScenarioFileException.class)
        .hasMessage("a.yaml: is empty");
    assertThatThrownBy(() -> ScenarioFile.parse("a.yaml", "- id: a\n- {id: b"))
        .isInstanceOf(InvalidScenarioFileException.class)
        .hasMessageStartingWith("a.yaml:");
  }

  private static Credits credits(Step step) {
    LedgerEvent event = ((Request.Event) ((Step.Command) step).request()).event();
    return ((Charge.Rated) ((LedgerEvent.Usage) event).charge()).credits();
  }
}
