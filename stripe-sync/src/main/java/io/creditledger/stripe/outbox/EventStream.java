package io.creditledger.stripe.outbox;

import com.stripe.StripeClient;
import com.stripe.model.v2.billing.MeterEventSession;
import com.stripe.param.v2.billing.MeterEventStreamCreateParams;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.StripeCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Meter events in batches: {@code POST /v2/billing/meter_event_stream}, with a session's token in
 * place of the key. A session lives a quarter of an hour and is renewed before that, or when Stripe
 * says it is over.
 */
public final class EventStream implements MeterEventApi {

  private static final int EVENTS_MAX = 100;
  private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(1);

  private final StripeCalls stripe;
  private final Clock clock;
  private Optional<Session> current = Optional.empty();

  private record Session(StripeClient client, Instant usedUntil) {}

  /** Calls through these; the first call opens a session. */
  public EventStream(StripeCalls stripe, Clock clock) {
    this.stripe = stripe;
    this.clock = clock;
  }

  @Override
  public int eventsPerCallMax() {
    return EVENTS_MAX;
  }

  @Override
  public SendOutcome send(List<Addressed> events) throws InterruptedException {
    return switch (session()) {
      case Attempt.Done<Session> open -> send(open.value(), events);
      case Attempt.Again<Session> again ->
          // Whatever became of the session, no event was sent.
          new SendOutcome.NotTaken(again.cause(), again.why());
      case Attempt.Refused<Session> refused ->
          new SendOutcome.NotTaken(Attempt.Cause.KEY, "no session: " + refused.message());
    };
  }

  private SendOutcome send(Session session, List<Addressed> events) throws InterruptedException {
    MeterEventStreamCreateParams params =
        MeterEventStreamCreateParams.builder()
            .addAllEvent(events.stream().map(EventStream::event).toList())
            .build();
    Attempt<String> attempt =
        stripe.call(
            session.client(),
            client -> {
              client.v2().billing().meterEventStream().create(params);
              return "";
            });
    SendOutcome outcome = Outcomes.of(attempt);
    if (outcome instanceof SendOutcome.NotTaken refused && isOver(refused.cause())) {
      forget(session);
      return new SendOutcome.NotTaken(Attempt.Cause.SESSION, refused.why());
    }
    return outcome;
  }

  /** A token that Stripe does not accept, for whatever reason, is of no more use. */
  private static boolean isOver(Attempt.Cause cause) {
    return cause == Attempt.Cause.SESSION || cause == Attempt.Cause.KEY;
  }

  private static MeterEventStreamCreateParams.Event event(Addressed one) {
    MeterEvent event = one.event();
    return MeterEventStreamCreateParams.Event.builder()
        .setEventName(event.eventName())
        .setIdentifier(event.identifier())
        .setTimestamp(event.timestamp())
        .putPayload(Payload.CUSTOMER, one.stripeCustomer())
        .putPayload(Payload.VALUE, Payload.text(event.value()))
        .build();
  }

  private synchronized Attempt<Session> session() throws InterruptedException {
    if (current.filter(open -> clock.instant().isBefore(open.usedUntil())).isPresent()) {
      return new Attempt.Done<>(current.get());
    }
    Attempt<MeterEventSession> opened =
        stripe.call(client -> client.v2().billing().meterEventSession().create());
    Attempt<Session> session =
        opened.map(
            made ->
                new Session(
                    stripe.streaming(made.getAuthenticationToken()),
                    made.getExpiresAt().minus(RENEWED_BEFORE_END)));
    if (session instanceof Attempt.Done<Session> done) {
      current = Optional.of(done.value());
    }
    return session;
  }

  private synchronized void forget(Session session) {
    current = current.filter(open -> !open.equals(session));
  }
}
