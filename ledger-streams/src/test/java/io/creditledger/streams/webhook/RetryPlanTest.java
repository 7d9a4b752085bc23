package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.relay.Backoff;
import io.creditledger.streams.webhook.AttemptResult.Answered;
import io.creditledger.streams.webhook.AttemptResult.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final double ALMOST_ONE = 0.999999;

  private final RetryPlan plan =
      new RetryPlan(
          new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10)), Duration.ofHours(1));

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void what_is_answered_with_2xx_is_delivered(int status) {
    assertThat(verdict(answered(status), 0, NOW)).isEqualTo(new Verdict.Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 302, 400, 404, 429, 500, 503})
  void everything_else_is_tried_again(int status) {
    assertThat(verdict(answered(status), 0, NOW)).isEqualTo(retryAfter(Duration.ofSeconds(5)));
  }

  @Test
  void each_failure_in_a_row_doubles_the_wait_up_to_the_longest() {
    Unanswered silence = new Unanswered("no answer");

    assertThat(verdict(silence, 1, NOW)).isEqualTo(retryAfter(Duration.ofSeconds(10)));
    assertThat(verdict(silence, 2, NOW)).isEqualTo(retryAfter(Duration.ofSeconds(20)));
    assertThat(verdict(silence, 9, NOW)).isEqualTo(retryAfter(Duration.ofMinutes(10)));
  }

  @Test
  void what_is_gone_is_given_up_at_once() {
    assertThat(verdict(answered(410), 0, NOW)).isEqualTo(new Verdict.Dead());
  }

  @Test
  void a_receiver_that_asks_for_time_gets_it_but_no_more_than_the_longest_wait() {
    assertThat(verdict(asking(429, Duration.ofMinutes(2)), 0, NOW))
        .isEqualTo(retryAfter(Duration.ofMinutes(2)));
    assertThat(verdict(asking(503, Duration.ofDays(2)), 0, NOW))
        .isEqualTo(retryAfter(Duration.ofMinutes(10)));
    assertThat(verdict(asking(503, Duration.ofSeconds(1)), 0, NOW))
        .isEqualTo(retryAfter(Duration.ofSeconds(5)));
    assertThat(plan.pause(asking(429, Duration.ofMinutes(2)))).contains(Duration.ofMinutes(2));
    assertThat(plan.pause(asking(429, Duration.ofDays(2)))).contains(Duration.ofMinutes(10));
  }

  @Test
  void only_who_is_overloaded_can_ask_for_time() {
    assertThat(plan.pause(asking(200, Duration.ofMinutes(2)))).isEmpty();
    assertThat(plan.pause(asking(404, Duration.ofMinutes(2)))).isEmpty();
    assertThat(plan.pause(answered(503))).isEmpty();
  }

  @Test
  void it_is_given_up_when_the_next_attempt_would_come_too_late() {
    Instant dueFirst = NOW.minus(Duration.ofHours(1));

    assertThat(verdict(answered(500), 0, dueFirst.plusSeconds(5)))
        .isEqualTo(retryAfter(Duration.ofSeconds(5)));
    assertThat(verdict(answered(500), 0, dueFirst.plusSeconds(4))).isEqualTo(new Verdict.Dead());
    assertThat(verdict(answered(200), 0, dueFirst)).isEqualTo(new Verdict.Delivered());
  }

  private Verdict verdict(AttemptResult result, int failures, Instant dueFirst) {
    return switch (plan.after(result, failures, dueFirst, NOW, ALMOST_ONE)) {
      case Verdict.Retry retry ->
          new Verdict.Retry(retry.at().plusMillis(1).truncatedTo(ChronoUnit.SECONDS));
      case Verdict.Delivered delivered -> delivered;
      case Verdict.Dead dead -> dead;
    };
  }

  private static Verdict retryAfter(Duration wait) {
    return new Verdict.Retry(NOW.plus(wait));
  }

  private static AttemptResult answered(int status) {
    return new Answered(status, Optional.empty());
  }

  private static AttemptResult asking(int status, Duration time) {
    return new Answered(status, Optional.of(time));
  }
}
