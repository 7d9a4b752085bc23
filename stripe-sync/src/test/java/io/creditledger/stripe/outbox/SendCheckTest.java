package io.creditledger.stripe.outbox;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendCheckTest {

  private static final Instant NOW = START;

  @Test
  void usage_is_sent_as_long_as_stripe_takes_it() {
    assertThat(check(NOW.minus(Duration.ofDays(35).minusHours(1))))
        .isInstanceOf(SendCheck.Send.class);
    assertThat(check(NOW.minus(Duration.ofDays(35))))
        .isInstanceOfSatisfying(
            SendCheck.Stop.class,
            stop -> {
              assertThat(stop.state()).isEqualTo(EventState.PARKED);
              assertThat(stop.reason()).isEqualTo("timestamp_too_far_in_past");
            });
  }

  @Test
  void usage_ahead_of_its_time_waits_for_it() {
    assertThat(check(NOW.plus(Duration.ofMinutes(4)))).isInstanceOf(SendCheck.Send.class);
    assertThat(check(NOW.plus(Duration.ofMinutes(10))))
        .isEqualTo(new SendCheck.Early(NOW.plus(Duration.ofMinutes(6))));
  }

  @Test
  void an_event_in_doubt_is_sent_again_only_while_stripe_knows_its_identifier() {
    assertThat(check(tried(Aggregation.SUM, Duration.ofHours(22))))
        .isInstanceOf(SendCheck.Send.class);
    assertThat(check(tried(Aggregation.SUM, Duration.ofHours(24))))
        .isInstanceOfSatisfying(
            SendCheck.Stop.class, stop -> assertThat(stop.state()).isEqualTo(EventState.UNKNOWN));
    // Where Stripe keeps the last event, the same event again changes nothing.
    assertThat(check(tried(Aggregation.LAST_OF_HOUR, Duration.ofHours(24))))
        .isInstanceOf(SendCheck.Send.class);
  }

  @Test
  void a_value_that_cannot_be_sent_in_parts_is_parked_if_it_is_too_long() {
    assertThat(check(event(Aggregation.LAST_OF_DAY, "1234567890.123456", NOW, Optional.empty())))
        .isInstanceOfSatisfying(
            SendCheck.Stop.class,
            stop -> assertThat(stop.reason()).isEqualTo("meter_event_value_too_many_digits"));
  }

  private static SendCheck check(Instant timestamp) {
    return check(event(Aggregation.SUM, "1", timestamp, Optional.empty()));
  }

  private static SendCheck check(MeterEvent event) {
    return SendCheck.of(event, NOW);
  }

  private static MeterEvent tried(Aggregation aggregation, Duration ago) {
    return event(aggregation, "1", NOW.minus(Duration.ofDays(2)), Optional.of(NOW.minus(ago)));
  }

  private static MeterEvent event(
      Aggregation aggregation, String value, Instant timestamp, Optional<Instant> attemptedAt) {
    return new MeterEvent(
        1,
        "i",
        new CustomerId("cus_1"),
        "tokens",
        timestamp,
        aggregation,
        new BigDecimal(value),
        0,
        attemptedAt);
  }
}
