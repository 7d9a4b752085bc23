package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final CommitPace pace = new CommitPace(Duration.ofMillis(30), () -> NOW, nanos::get);

  @Test
  void what_is_decided_as_it_comes_is_committed_an_interval_after_the_commit_before() {
    // given
    decidedLate(0);

    // when
    passes(29);
    boolean early = pace.isDue();
    passes(1);

    // then
    assertThat(early).isFalse();
    assertThat(pace.isDue()).isTrue();
  }

  @Test
  void what_comes_after_a_pause_is_committed_at_once() {
    // given
    passes(10_000);

    // when
    decidedLate(2);

    // then
    assertThat(pace.isDue()).isTrue();
  }

  @Test
  void what_is_written_without_an_input_is_committed_too() {
    // given
    passes(30);
    boolean without = pace.isDue();

    // when
    pace.published();

    // then
    assertThat(without).isFalse();
    assertThat(pace.isDue()).isTrue();
  }

  @Test
  void what_was_decided_late_waits_half_as_long_again() {
    // given
    decidedLate(120);

    // when
    passes(59);
    boolean early = pace.isDue();
    passes(1);

    // then
    assertThat(early).isFalse();
    assertThat(pace.isDue()).isTrue();
  }

  @Test
  void nothing_waits_longer_than_the_longest_interval() {
    // given
    decidedLate(NOW.toEpochMilli());

    // when
    passes(CommitPace.LONGEST.toMillis());

    // then
    assertThat(pace.isDue()).isTrue();
  }

  @Test
  void an_input_stamped_by_a_clock_that_is_ahead_counts_as_prompt() {
    // given
    decidedLate(-5_000);

    // when
    passes(30);

    // then
    assertThat(pace.isDue()).isTrue();
  }

  @Test
  void without_a_decision_nothing_is_due() {
    // given
    decidedLate(0);
    passes(30);
    boolean due = pace.isDue();

    // when
    passes(10_000);

    // then
    assertThat(due).isTrue();
    assertThat(pace.isDue()).isFalse();
  }

  private void decidedLate(long millis) {
    pace.decided(NOW.toEpochMilli() - millis);
  }

  private void passes(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
