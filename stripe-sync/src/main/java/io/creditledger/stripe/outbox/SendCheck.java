package io.creditledger.stripe.outbox;

import io.creditledger.stripe.rules.MeterRule.Aggregation;
import java.time.Duration;
import java.time.Instant;

/** What can be said of an event before Stripe is asked. Pure. */
public sealed interface SendCheck {

  /** Stripe refuses events that are older; an hour is left for the call. */
  Duration AGE_MAX = Duration.ofDays(35).minusHours(1);

  /** Stripe refuses events that are further ahead of its clock; a minute is left for clocks. */
  Duration AHEAD_MAX = Duration.ofMinutes(4);

  /** Stripe remembers identifiers for at least a day; an hour is left for the call. */
  Duration IDENTIFIER_KEPT = Duration.ofHours(23);

  /** It can be sent. */
  record Send() implements SendCheck {}

  /** It can be sent from then on. */
  record Early(Instant at) implements SendCheck {}

  /**
   * It is not to be sent as things are.
   *
   * @param reason a code
   */
  record Stop(EventState state, String reason, String detail) implements SendCheck {}

  /** Judges an event. */
  static SendCheck of(MeterEvent event, Instant now) {
    if (event.aggregation() == Aggregation.SUM
        && event.attemptedAt().filter(at -> now.isAfter(at.plus(IDENTIFIER_KEPT))).isPresent()) {
      return new Stop(
          EventState.UNKNOWN,
          "outcome_unknown",
          "it was sent without an answer so long ago that Stripe may have forgotten its"
              + " identifier; compare with Stripe's sums before it is sent again");
    }
    if (now.isAfter(event.timestamp().plus(AGE_MAX))) {
      return new Stop(
          EventState.PARKED,
          "timestamp_too_far_in_past",
          "Stripe takes no usage older than 35 days");
    }
    if (!ValueSplit.fits(event.value())) {
      return new Stop(
          EventState.PARKED,
          "meter_event_value_too_many_digits",
          "Stripe takes at most 15 significant digits, and keeps only one event of the window");
    }
    Instant earliest = event.timestamp().minus(AHEAD_MAX);
    return now.isBefore(earliest) ? new Early(earliest) : new Send();
  }
}
