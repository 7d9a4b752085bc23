package io.creditledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a scenario which expects something wrong fails, and says where. */
class ScenarioFailureTest {

  /**
   * At the end: free has 40 left, of which 25 are held, and paid 60 of u1, which had 5 beyond all
   * grants; soon has expired with 10, dead was voided with 7; later is not effective, waiting
   * waits.
   */
  private static final String HISTORY =
      """
      - id: history
        steps:
          - {at: 2025-01-01, grant:   {id: soon,    amount: 10,  priority: 90, expires_at: 2025-01-10}}
          - {at: 2025-01-01, grant:   {id: dead,    amount: 7,   priority: 91}}
          - {at: 2025-01-01, grant:   {id: waiting, amount: 3,   pending: true}}
          - {at: 2025-01-01, grant:   {id: later,   amount: 500, effective_at: 2026-01-01}}
          - {at: 2025-01-02, void:    {grant: dead}}
          - {at: 2025-01-12, grant:   {id: free,    amount: 60}}
          - {at: 2025-01-12, usage:   {id: u1, credits: 65}}
          - {at: 2025-01-12, adjust:  {grant: free, amount: 40}}
          - {at: 2025-01-12, reserve: {id: r1, credits: 25}}
          - {at: 2025-01-12, expect: %s}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {available: 15}                                             | {available: 16}
          {settled: 40}                                               | {settled: 15}
          {held: 25}                                                  | {held: 0}
          {overage: 5}                                                | {overage: 0}
          {net: 10}                                                   | {net: 15}
          {available_for: [{for: {meter: m}, amount: 15}]}            | {available_for: [{for: {meter: m}, amount: 0}]}
          {grants: {free: 15}}                                        | {grants: {free: 40}}
          {grants: {later: 500}}                                      | {grants: {later: 0}}
          {grants: {soon: 0, dead: 0, waiting: 0}}                    | {grants: {waiting: 3}}
          {pending: {waiting: 3}}                                     | {pending: {waiting: 0}}
          {expired: {soon: 10}}                                       | {expired: {soon: 0}}
          {forfeited: {dead: 7}}                                      | {forfeited: {dead: 0}}
          {ended: {soon: expired, dead: voided}}                      | {ended: {soon: voided}}
          {ended: {dead: voided}}                                     | {ended: {free: expired}}
          {overage_of: {u1: 5}}                                       | {overage_of: {u1: 5.000001}}
          {applied: {u1: {free: 60}}}                                 | {applied: {u1: {free: 59}}}
          {applied: {u1: {free: 60.0, soon: 0}}}                      | {applied: {u1: {}}}
          {applied: {u1: {free: 60}}}                                 | {applied: {u1: {free: 60, soon: 5}}}
          {applied: {r1: {}}}                                         | {applied: {r1: {free: 25}}}
          {entries: 10}                                               | {entries: 9}
          """)
  void each_expectation_holds_when_right_and_fails_when_wrong(String right, String wrong) {
    assertThat(failures(HISTORY.formatted(right))).isEmpty();
    assertThat(failures(HISTORY.formatted(wrong)))
        .singleElement()
        .asString()
        .startsWith("history step 10 at 2025-01-12T00:00:00Z: ");
  }

  @Test
  void a_failure_names_scenario_step_time_field_and_both_amounts() {
    assertThat(failures(HISTORY.formatted("{available: 16.50, grants: {free: 1, later: 2}}")))
        .containsExactly(
            "history step 10 at 2025-01-12T00:00:00Z: available: expected 16.50, actual 15",
            "history step 10 at 2025-01-12T00:00:00Z: grants.free: expected 1, actual 15",
            "history step 10 at 2025-01-12T00:00:00Z: grants.later: expected 2, actual 500");
  }

  @Test
  void what_other_grants_paid_is_named() {
    assertThat(failures(HISTORY.formatted("{applied: {u1: {soon: 65}}}")))
        .containsExactly(
            "history step 10 at 2025-01-12T00:00:00Z: applied.u1:"
                + " expected {soon=65}, actual {free=60}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usage: {id: u9, credits: 1}, result: rejected            | expected rejected, actual accepted
          usage: {id: u9, credits: 1}, result: duplicate           | expected duplicate, actual accepted
          usage: {id: u9, credits: 1}, result: conflict            | expected conflict, actual accepted
          usage: {id: u1, credits: 5}, result: accepted            | expected accepted, actual duplicate
          usage: {id: u1, credits: 5}, result: rejected            | expected rejected, actual duplicate
          usage: {id: u1, credits: 6}                              | expected accepted, actual rejected ID_REUSED
          usage: {id: u1, credits: 6}, result: rejected            | expected rejected, actual rejected ID_REUSED
          usage: {id: u9, credits: 0}, result: conflict            | expected conflict, actual rejected AMOUNT_NOT_POSITIVE
          usage: {id: u9, credits: 0}, result: duplicate           | expected duplicate, actual rejected AMOUNT_NOT_POSITIVE
          usage: {id: u9, credits: x}                              | expected accepted, actual rejected FIELD_INVALID
          void: {grant: g}, result: rejected, reason: GRANT_ENDED  | expected rejected GRANT_ENDED, actual rejected GRANT_UNKNOWN
          """)
  void each_result_fails_when_it_is_another(String command, String failure) {
    // given
    String text =
        """
        - id: result
          steps:
            - {at: 2025-01-01, usage: {id: u1, credits: 5}}
            - {at: 2025-01-02, %s}
        """
            .formatted(command);

    // when
    List<String> failures = failures(text);

    // then
    assertThat(failures)
        .singleElement()
        .asString()
        .startsWith("result step 2 at 2025-01-02T00:00:00Z: result: " + failure);
  }

  @Test
  void the_entry_that_sets_the_policy_is_not_counted() {
    assertThat(
            failures(
                """
                - id: counted
                  policy: {overdraft: carry}
                  steps:
                    - {at: 2025-01-01, expect: {entries: 0}}
                    - {at: 2025-01-01, usage: {id: u1, credits: 5}}
                    - {at: 2025-01-01, expect: {entries: 1, overage: 5}}
                """))
        .isEmpty();
  }

  private static List<String> failures(String text) {
    return ScenarioRunner.runEach(ScenarioFile.parse("test.yaml", text), MemoryDriver::new).stream()
        .flatMap(result -> result.failures().stream())
        .map(Failure::line)
        .toList();
  }
}
