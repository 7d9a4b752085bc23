package io.creditledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That what time brings about has an id too where the caller's is as long as an id may be. */
class LongIdsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 180, 181, 200, 225, 240, 255})
  void grants_end_renew_and_let_go_whatever_the_length_of_their_ids(int length) {
    // given
    String id = "x".repeat(length);
    String text =
        """
        - id: long
          steps:
            - {at: 2025-01-01, grant:   {id: ID, amount: 100, recurrence: {period: P1M, rollover: {cap: 20}}}}
            - {at: 2025-01-01, grant:   {id: later, amount: 5, effective_at: 2025-01-03}}
            - {at: 2025-01-02, reserve: {id: ID, credits: 30, ttl: PT1H}}
            - {at: 2025-01-03, expect:  {available: 105, held: 0}}
            - {at: 2025-02-01, expect:  {available: 125, expired: {ID: 100}}}
            - {at: 2025-03-01, expect:  {available: 125}}
        """
            .replace("ID", id);

    // when
    List<ScenarioResult> results =
        ScenarioRunner.runEach(ScenarioFile.parse("long.yaml", text), MemoryDriver::new);

    // then
    assertThat(results.getFirst().failures()).extracting(Failure::line).isEmpty();
  }
}
