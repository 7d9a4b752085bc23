package io.creditledger.cli.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void the_clock_runs_from_a_commit_to_a_commit_amid_the_work() {
    // given
    Drain.Clock clock = new Drain.Clock(1_000, 2_000);

    // when
    clock.seen(1_000, 10 * SECOND);
    clock.seen(1_100, 20 * SECOND);
    clock.seen(1_200, 30 * SECOND);
    clock.seen(1_800, 32 * SECOND);
    clock.seen(1_940, 33 * SECOND);
    clock.seen(1_940, 34 * SECOND);
    clock.seen(2_000, 40 * SECOND);

    // then
    assertThat(clock.pace()).isEqualTo(new Drain.Pace(740, Duration.ofSeconds(3)));
    assertThat(clock.pace().perSecond()).isEqualTo(740 / 3.0);
  }

  @Test
  void with_one_commit_all_of_the_work_counts() {
    // given
    Drain.Clock clock = new Drain.Clock(0, 500);

    // when
    clock.seen(0, System.nanoTime());
    clock.seen(500, System.nanoTime() + 5 * SECOND);

    // then
    assertThat(clock.pace().records()).isEqualTo(500);
    assertThat(clock.pace().time()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void where_nothing_is_to_be_done_nothing_was() {
    // given
    Drain.Clock clock = new Drain.Clock(7, 7);

    // when
    clock.seen(7, System.nanoTime());

    // then
    assertThat(clock.pace().records()).isZero();
  }
}
