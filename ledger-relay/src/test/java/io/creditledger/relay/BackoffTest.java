package io.creditledger.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final double ALMOST_ONE = 0.999999;

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void doubles_with_each_failure_up_to_the_most() {
    assertThat(backoff.after(1, ALMOST_ONE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(2, ALMOST_ONE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.after(6, ALMOST_ONE)).isEqualTo(Duration.ofSeconds(32));
    assertThat(backoff.after(7, ALMOST_ONE)).isEqualTo(Duration.ofMinutes(1));
    assertThat(backoff.after(Integer.MAX_VALUE, ALMOST_ONE)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void waits_at_least_half_as_long() {
    assertThat(backoff.after(3, 0)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void refuses_bounds_that_are_no_bounds() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
