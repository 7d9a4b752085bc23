package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static io.creditledger.stripe.outbox.EventState.DELIVERED;
import static io.creditledger.stripe.outbox.EventState.PARKED;
import static io.creditledger.stripe.outbox.EventState.PENDING;
import static io.creditledger.stripe.outbox.EventState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.usage.RevisionPlan.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevisionPlanTest {

  private static final Instant NOW = START;
  private static final Optional<Instant> AN_HOUR_AGO = Optional.of(NOW.minus(Duration.ofHours(1)));
  private static final Optional<Instant> A_DAY_AGO = Optional.of(NOW.minus(Duration.ofHours(23)));
  private static final Optional<Instant> NEVER = Optional.empty();

  @Test
  void more_usage_is_one_event_with_the_difference() {
    assertThat(plan("12.5", "10", event(1, "10", DELIVERED, AN_HOUR_AGO))).isEqualTo(sent("2.5"));
  }

  @Test
  void the_same_usage_is_nothing() {
    assertThat(plan("10", "10.0", event(1, "10", DELIVERED, AN_HOUR_AGO))).isEqualTo(sent());
  }

  @Test
  void less_usage_within_a_day_cancels_the_event_and_sends_what_remains() {
    assertThat(plan("7", "10", event(1, "10", DELIVERED, AN_HOUR_AGO)))
        .isEqualTo(new RevisionPlan(values("7"), List.of(), List.of(1L)));
    assertThat(plan("0", "10", event(1, "10", DELIVERED, AN_HOUR_AGO)))
        .isEqualTo(new RevisionPlan(values(), List.of(), List.of(1L)));
  }

  @Test
  void less_usage_later_is_a_negative_event() {
    assertThat(plan("7", "10", event(1, "10", DELIVERED, A_DAY_AGO))).isEqualTo(sent("-3"));
  }

  @Test
  void only_as_many_events_are_cancelled_as_it_takes_the_newest_first() {
    RevisionPlan plan =
        plan(
            "13",
            "20",
            event(1, "10", DELIVERED, AN_HOUR_AGO),
            event(2, "6", DELIVERED, AN_HOUR_AGO),
            event(3, "4", DELIVERED, AN_HOUR_AGO));

    assertThat(plan).isEqualTo(new RevisionPlan(values("3"), List.of(), List.of(3L, 2L)));
  }

  @Test
  void where_cancelling_is_not_enough_the_rest_is_a_negative_event() {
    RevisionPlan plan =
        plan(
            "8", "14", event(1, "10", DELIVERED, A_DAY_AGO), event(2, "4", DELIVERED, AN_HOUR_AGO));

    assertThat(plan).isEqualTo(new RevisionPlan(values("-2"), List.of(), List.of(2L)));
  }

  @Test
  void an_event_that_stripe_does_not_have_is_withdrawn_before_any_is_cancelled() {
    RevisionPlan plan =
        plan(
            "8",
            "14",
            event(1, "3", PARKED, AN_HOUR_AGO),
            event(2, "7", DELIVERED, AN_HOUR_AGO),
            event(3, "4", PENDING, NEVER));

    assertThat(plan).isEqualTo(new RevisionPlan(values("1"), List.of(3L, 1L), List.of()));
  }

  @Test
  void an_event_that_stripe_may_have_is_neither_withdrawn_nor_cancelled() {
    RevisionPlan plan =
        plan("8", "14", event(1, "10", PENDING, AN_HOUR_AGO), event(2, "4", UNKNOWN, AN_HOUR_AGO));

    assertThat(plan).isEqualTo(sent("-6"));
  }

  @Test
  void negative_events_are_left_alone() {
    RevisionPlan plan =
        plan("0", "3", event(1, "8", DELIVERED, A_DAY_AGO), event(2, "-5", DELIVERED, AN_HOUR_AGO));

    assertThat(plan).isEqualTo(sent("-3"));
  }

  @Test
  void a_value_of_too_many_digits_is_sent_in_parts() {
    assertThat(plan("1234567890.123456", "0")).isEqualTo(sent("1234567890.12345", "0.000006"));
  }

  @Test
  void where_stripe_keeps_the_last_event_a_revision_is_the_whole_total() {
    assertThat(
            RevisionPlan.ofLast(
                new BigDecimal("7"), List.of(event(1, "10", DELIVERED, AN_HOUR_AGO))))
        .isEqualTo(sent("7"));
    assertThat(
            RevisionPlan.ofLast(
                new BigDecimal("0"), List.of(event(1, "10", DELIVERED, AN_HOUR_AGO))))
        .isEqualTo(sent("0"));
    assertThat(
            RevisionPlan.ofLast(
                new BigDecimal("7"),
                List.of(event(1, "10", PARKED, AN_HOUR_AGO), event(2, "5", PENDING, NEVER))))
        .isEqualTo(new RevisionPlan(values("7"), List.of(1L, 2L), List.of()));
    assertThat(RevisionPlan.ofLast(new BigDecimal("0"), List.of(event(1, "10", PENDING, NEVER))))
        .isEqualTo(new RevisionPlan(values(), List.of(1L), List.of()));
  }

  private static RevisionPlan plan(String total, String cut, Event... events) {
    return RevisionPlan.ofSum(new BigDecimal(total), new BigDecimal(cut), List.of(events), NOW);
  }

  private static Event event(
      long id, String value, EventState state, Optional<Instant> attemptedAt) {
    return new Event(id, new BigDecimal(value), state, attemptedAt);
  }

  private static RevisionPlan sent(String... values) {
    return new RevisionPlan(values(values), List.of(), List.of());
  }

  private static List<BigDecimal> values(String... values) {
    return Stream.of(values).map(BigDecimal::new).toList();
  }
}
