package io.creditledger.stripe.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.reconcile.Books.Event;
import io.creditledger.stripe.reconcile.Books.Window;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.usage.MeterWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(2));
  private static final Span HOUR = new Span(START, START.plus(Span.HOUR));
  private static final MeterWindow WINDOW =
      new MeterWindow(new CustomerId("ann"), "tokens", START, START.plusSeconds(3600));

  private final Reconciler reconciler = new Reconciler(Duration.ofHours(1));
  private final List<Event> events = new ArrayList<>();

  private void event(String value, EventState state, Aggregation aggregation) {
    Instant early = START.plusSeconds(7200);
    events.add(
        new Event(
            events.size(),
            WINDOW,
            aggregation,
            new BigDecimal(value),
            state,
            early,
            Optional.of(early),
            state == EventState.DELIVERED ? Optional.of(early) : Optional.empty(),
            "",
            ""));
  }

  private void event(String value, EventState state) {
    event(value, state, Aggregation.SUM);
  }

  private Books books(String total) {
    Window window = new Window(WINDOW, new BigDecimal(total), new BigDecimal(total), 1, false);
    return Books.of(List.of(window), events, List.of());
  }

  private List<Share> explain(String total, String stripe) {
    return reconciler.explain(HOUR, books(total), new BigDecimal(stripe), NOW);
  }

  @Test
  void events_without_an_answer_explain_what_they_come_to_and_nothing_else() {
    // given
    event("10", EventState.DELIVERED);
    event("3", EventState.PENDING);
    event("4", EventState.UNKNOWN);

    // when, then
    assertThat(explain("17", "17")).isEmpty();
    assertThat(explain("17", "13"))
        .extracting(Share::amount, Share::cause)
        .containsExactly(tuple(new BigDecimal("-4"), Cause.OUTCOME_UNKNOWN));
    assertThat(explain("17", "14"))
        .extracting(Share::amount, Share::cause)
        .containsExactly(tuple(new BigDecimal("-3"), Cause.WAITING));
    assertThat(explain("17", "12"))
        .extracting(Share::amount, Share::cause)
        .containsExactly(
            tuple(new BigDecimal("2"), Cause.UNEXPLAINED),
            tuple(new BigDecimal("-3"), Cause.WAITING),
            tuple(new BigDecimal("-4"), Cause.OUTCOME_UNKNOWN));
  }

  @Test
  void an_event_of_unknown_outcome_is_missing_only_if_the_sum_says_that_stripe_lacks_it() {
    // given
    event("10", EventState.DELIVERED);
    event("4", EventState.UNKNOWN);
    Books books = books("14");

    // when, then
    assertThat(Missing.in(books, reconciler.beyond(books, new BigDecimal("14"), NOW))).isEmpty();
    assertThat(Missing.in(books, reconciler.beyond(books, new BigDecimal("10"), NOW)))
        .extracting(Missing::value)
        .containsExactly(new BigDecimal("4"));
  }

  @Test
  void where_stripe_keeps_the_last_event_the_newest_delivered_is_its_sum() {
    // given
    event("10", EventState.DELIVERED, Aggregation.LAST_OF_HOUR);
    event("15", EventState.DELIVERED, Aggregation.LAST_OF_HOUR);
    event("12", EventState.PARKED, Aggregation.LAST_OF_HOUR);

    // when, then
    assertThat(explain("12", "15"))
        .extracting(Share::amount, Share::cause)
        .containsExactly(tuple(new BigDecimal("3"), Cause.PARKED));
    assertThat(explain("12", "10"))
        .extracting(Share::amount, Share::cause)
        .containsExactlyInAnyOrder(
            tuple(new BigDecimal("-5"), Cause.UNEXPLAINED),
            tuple(new BigDecimal("3"), Cause.PARKED));
  }

  @Test
  void what_a_float_cannot_hold_is_no_difference_and_what_it_can_is_one() {
    // given
    BigDecimal exact = new BigDecimal("123456789.123456");

    // when, then
    assertThat(Amounts.difference(new BigDecimal("123456789.12345601"), exact, 1))
        .isEqualByComparingTo("0");
    assertThat(Amounts.difference(new BigDecimal("123456789.123457"), exact, 1))
        .isEqualByComparingTo("0.000001");
    assertThat(Amounts.difference(new BigDecimal("0.1"), new BigDecimal("0.3"), 1))
        .isEqualByComparingTo("-0.2");
  }
}
