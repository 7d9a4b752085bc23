package io.creditledger.stripe.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.id.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeterWindowTest {

  private static final CustomerId CUSTOMER = new CustomerId("cus_1");

  @Test
  void windows_follow_each_other_from_midnight_in_utc() {
    assertThat(around("2026-11-05T10:17:59.999999999Z", Duration.ofMinutes(1), Set.of()))
        .isEqualTo(window("2026-11-05T10:17:00Z", "2026-11-05T10:18:00Z"));
    assertThat(around("2026-11-05T10:18:00Z", Duration.ofMinutes(1), Set.of()))
        .isEqualTo(window("2026-11-05T10:18:00Z", "2026-11-05T10:19:00Z"));
    assertThat(around("2026-11-05T10:17:00Z", Duration.ofHours(1), Set.of()))
        .isEqualTo(window("2026-11-05T10:00:00Z", "2026-11-05T11:00:00Z"));
    assertThat(around("2026-11-05T23:59:59Z", Duration.ofDays(1), Set.of()))
        .isEqualTo(window("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z"));
    assertThat(around("1969-12-31T23:59:30Z", Duration.ofMinutes(1), Set.of()))
        .isEqualTo(window("1969-12-31T23:59:00Z", "1970-01-01T00:00:00Z"));
  }

  @Test
  void no_window_reaches_over_the_boundary_of_a_billing_period() {
    Set<Instant> boundaries =
        Set.of(
            Instant.parse("2026-11-05T10:17:20Z"),
            Instant.parse("2026-11-05T10:17:40Z"),
            Instant.parse("2026-12-05T10:17:20Z"));

    assertThat(around("2026-11-05T10:17:19.999Z", Duration.ofMinutes(1), boundaries))
        .isEqualTo(window("2026-11-05T10:17:00Z", "2026-11-05T10:17:20Z"));
    // The instant of the boundary belongs to the new period.
    assertThat(around("2026-11-05T10:17:20Z", Duration.ofMinutes(1), boundaries))
        .isEqualTo(window("2026-11-05T10:17:20Z", "2026-11-05T10:17:40Z"));
    assertThat(around("2026-11-05T10:17:59Z", Duration.ofMinutes(1), boundaries))
        .isEqualTo(window("2026-11-05T10:17:40Z", "2026-11-05T10:18:00Z"));
    assertThat(around("2026-11-05T10:20:00Z", Duration.ofMinutes(1), boundaries))
        .isEqualTo(window("2026-11-05T10:20:00Z", "2026-11-05T10:21:00Z"));
  }

  @Test
  void begins_and_ends_at_whole_seconds() {
    assertThatThrownBy(() -> window("2026-11-05T10:17:00.5Z", "2026-11-05T10:18:00Z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window("2026-11-05T10:17:00Z", "2026-11-05T10:17:00Z"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MeterWindow around(String at, Duration length, Set<Instant> boundaries) {
    return MeterWindow.around(CUSTOMER, "tokens", Instant.parse(at), length, boundaries);
  }

  private static MeterWindow window(String start, String end) {
    return new MeterWindow(CUSTOMER, "tokens", Instant.parse(start), Instant.parse(end));
  }
}
