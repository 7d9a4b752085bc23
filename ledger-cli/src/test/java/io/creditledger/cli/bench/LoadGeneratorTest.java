package io.creditledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {

  private static final LoadPlan FIFTY_IN_50_MS =
      new LoadPlan(1_000, Duration.ZERO, Duration.ofMillis(50));

  @Test
  void requests_do_not_wait_for_answers_and_latency_counts_from_when_each_was_due()
      throws Exception {
    // given: a service that answers everything only when the last request has come
    List<CompletableFuture<String>> unanswered = new ArrayList<>();

    // when
    LoadResult result =
        LoadGenerator.run(
            FIFTY_IN_50_MS,
            i -> {
              CompletableFuture<String> answer = new CompletableFuture<>();
              unanswered.add(answer);
              if (i == 49) {
                unanswered.forEach(one -> one.complete("200"));
              }
              return answer;
            });

    // then
    assertThat(result.count("200")).isEqualTo(50);
    assertThat(result.millisMax()).isGreaterThanOrEqualTo(49);
    assertThat(result.millisAt(50)).isGreaterThanOrEqualTo(24);
  }

  @Test
  void what_comes_before_the_measurement_does_not_count() throws Exception {
    LoadPlan plan = new LoadPlan(1_000, Duration.ofMillis(20), Duration.ofMillis(10));
    List<Long> sent = new ArrayList<>();

    LoadResult result =
        LoadGenerator.run(
            plan,
            i -> {
              sent.add(i);
              return CompletableFuture.completedFuture(i < 20 ? "warm-up" : "measured");
            });

    assertThat(sent).hasSize(30);
    assertThat(result.count()).isEqualTo(10);
    assertThat(result.count("measured")).isEqualTo(10);
  }

  @Test
  void a_failure_counts_and_so_does_an_answer_that_never_comes() throws Exception {
    LoadResult result =
        LoadGenerator.run(
            FIFTY_IN_50_MS,
            i ->
                i == 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("gone"))
                    : i == 1 ? new CompletableFuture<>() : CompletableFuture.completedFuture("200"),
            Duration.ofMillis(1));

    assertThat(result.count("200")).isEqualTo(48);
    assertThat(result.count("IllegalStateException")).isEqualTo(1);
    assertThat(result.count("unanswered")).isEqualTo(1);
    assertThat(result.millisAt(100)).isGreaterThanOrEqualTo(540_000.0);
    assertThat(result.toString()).contains("50 requests at 1,000/s", "unanswered=1", "p99");
  }

  @Test
  void a_plan_that_measures_nothing_is_none() {
    assertThatThrownBy(() -> new LoadPlan(0, Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage("the rate is below 1: 0");
    assertThatThrownBy(() -> new LoadPlan(1, Duration.ofSeconds(1), Duration.ZERO))
        .hasMessage("nothing would be measured");
  }
}
