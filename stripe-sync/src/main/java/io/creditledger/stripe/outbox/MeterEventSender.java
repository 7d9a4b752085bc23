package io.creditledger.stripe.outbox;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Backoff;
import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.outbox.MeterEventApi.Addressed;
import io.creditledger.stripe.outbox.MeterEventRows.Later;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Sends the events of some lanes. Before each call the rows say that Stripe may have them, and
 * after it what came of it: a process that ends in between sends them again, under the same
 * identifiers.
 */
public final class MeterEventSender implements Worker.Step {

  /** The wait where there is nothing to send; longer waits are for Stripe's sake. */
  public static final Duration IDLE = Duration.ofSeconds(1);

  private static final int PAGE = 100;
  private static final Duration CUSTOMER_WAIT = Duration.ofMinutes(1);
  private static final Duration CLOCK_WAIT = Duration.ofMinutes(1);
  private static final Backoff ROW = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10));
  private static final Backoff PAUSE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** So many failures in a row are Stripe's and not an event's. */
  private static final int FAILURES_OF_STRIPE = 3;

  private final Database database;
  private final MeterEventApi api;
  private final Lanes lanes;
  private final Clock clock;
  private final RandomGenerator random;
  private final SenderMetrics metrics;
  private int failures;

  /** A sender for some lanes; not for several threads. */
  public MeterEventSender(
      Database database,
      MeterEventApi api,
      Lanes lanes,
      Clock clock,
      RandomGenerator random,
      SenderMetrics metrics) {
    this.database = database;
    this.api = api;
    this.lanes = lanes;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  @Override
  public Duration run() throws InterruptedException {
    List<MeterEvent> page = page();
    if (page.isEmpty()) {
      return IDLE;
    }
    List<Addressed> sendable = judge(page);
    for (int from = 0; from < sendable.size(); from += api.eventsPerCallMax()) {
      int to = Math.min(sendable.size(), from + api.eventsPerCallMax());
      Optional<Duration> pause = send(sendable.subList(from, to));
      if (pause.isPresent()) {
        return pause.get();
      }
    }
    return Duration.ZERO;
  }

  private List<MeterEvent> page() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                failures < FAILURES_OF_STRIPE
                    ? MeterEventRows.ready(handle, lanes, clock.instant(), PAGE)
                    : MeterEventRows.readyInDoubt(handle, lanes, clock.instant()));
  }

  /** Puts aside what cannot be sent now. */
  private List<Addressed> judge(List<MeterEvent> page) {
    return database
        .jdbi()
        .inTransaction(
            transaction -> {
              Set<CustomerId> customers =
                  page.stream().map(MeterEvent::customer).collect(Collectors.toSet());
              Map<CustomerId, String> known = Customers.stripeIds(transaction, customers);
              List<Addressed> sendable = new ArrayList<>();
              for (MeterEvent event : page) {
                judge(transaction, event, Optional.ofNullable(known.get(event.customer())))
                    .ifPresent(sendable::add);
              }
              return sendable;
            });
  }

  private Optional<Addressed> judge(
      Handle transaction, MeterEvent event, Optional<String> stripeCustomer) {
    Instant now = clock.instant();
    return switch (SendCheck.of(event, now)) {
      case SendCheck.Stop stop -> {
        metrics.stopped(stop.reason());
        MeterEventRows.end(transaction, List.of(event), stop.state(), stop.reason(), stop.detail());
        yield Optional.empty();
      }
      case SendCheck.Early early -> {
        later(transaction, event, early.at(), "timestamp_in_future", "it waits for its time");
        yield Optional.empty();
      }
      case SendCheck.Send send -> {
        if (stripeCustomer.isEmpty()) {
          later(
              transaction,
              event,
              now.plus(CUSTOMER_WAIT),
              "customer_unknown",
              "no customer of Stripe's is known to be " + event.customer());
        }
        yield stripeCustomer.map(id -> new Addressed(event, id));
      }
    };
  }

  private static void later(
      Handle handle, MeterEvent event, Instant at, String reason, String detail) {
    MeterEventRows.later(
        handle, List.of(new Later(event, at, event.attemptedAt())), reason, detail);
  }

  /** Makes one call; the wait, if no other call is to follow at once. */
  private Optional<Duration> send(List<Addressed> planned) throws InterruptedException {
    Set<Long> ids =
        database
            .jdbi()
            .inTransaction(
                transaction ->
                    MeterEventRows.tryNow(
                        transaction,
                        planned.stream().map(Addressed::event).toList(),
                        clock.instant()));
    List<Addressed> events =
        planned.stream().filter(one -> ids.contains(one.event().id())).toList();
    if (events.isEmpty()) {
      return Optional.empty();
    }
    SendOutcome outcome = api.send(events);
    if (outcome instanceof SendOutcome.Refused && events.size() > 1) {
      // One of them is wrong, or a duplicate: the halves will tell which.
      int half = events.size() / 2;
      Optional<Duration> pause = send(events.subList(0, half));
      return pause.isPresent() ? pause : send(events.subList(half, events.size()));
    }
    database.jdbi().useTransaction(transaction -> record(transaction, events, outcome));
    return pause(outcome);
  }

  private void record(Handle transaction, List<Addressed> sent, SendOutcome outcome) {
    List<MeterEvent> events = sent.stream().map(Addressed::event).toList();
    Instant now = clock.instant();
    switch (outcome) {
      case SendOutcome.Delivered delivered -> {
        metrics.delivered(events.size());
        MeterEventRows.delivered(transaction, events, now);
      }
      case SendOutcome.Duplicate duplicate -> {
        metrics.duplicates(events.size());
        MeterEventRows.delivered(transaction, events, now);
      }
      case SendOutcome.NotTaken not -> {
        metrics.retried(not.cause());
        // Whether Stripe has it is as open as it was before this call, and no more.
        again(transaction, events, not.cause(), not.why(), MeterEvent::attemptedAt, now);
      }
      case SendOutcome.Unclear unclear -> {
        metrics.retried(unclear.cause());
        again(
            transaction,
            events,
            unclear.cause(),
            unclear.why(),
            event -> event.attemptedAt().or(() -> Optional.of(now)),
            now);
      }
      case SendOutcome.Refused refused -> refuse(transaction, events, refused, now);
    }
  }

  private void again(
      Handle transaction,
      List<MeterEvent> events,
      Attempt.Cause cause,
      String why,
      Function<MeterEvent, Optional<Instant>> attemptedAt,
      Instant now) {
    MeterEventRows.later(
        transaction,
        events.stream()
            .map(event -> new Later(event, now.plus(wait(event, cause)), attemptedAt.apply(event)))
            .toList(),
        cause.name().toLowerCase(Locale.ROOT),
        why);
  }

  /** What is not the event's fault keeps its place in the line. */
  private Duration wait(MeterEvent event, Attempt.Cause cause) {
    return switch (cause) {
      case RATE, SESSION, KEY -> Duration.ZERO;
      case CONFLICT, SERVER, CONNECTION -> ROW.after(event.attempts() + 1, random.nextDouble());
    };
  }

  private void refuse(
      Handle transaction, List<MeterEvent> events, SendOutcome.Refused refused, Instant now) {
    MeterEvent event = events.getFirst();
    String reason = refused.code().isEmpty() ? "refused" : refused.code();
    if (reason.equals("timestamp_in_future")) {
      later(transaction, event, now.plus(CLOCK_WAIT), reason, refused.message());
      return;
    }
    // What was sent before without an answer may have been taken then.
    EventState state = event.attemptedAt().isPresent() ? EventState.UNKNOWN : EventState.PARKED;
    metrics.stopped(reason);
    MeterEventRows.end(transaction, events, state, reason, refused.message());
  }

  /** The wait after a call, where another call would fare as badly. */
  private Optional<Duration> pause(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Delivered ignored -> noPause();
      case SendOutcome.Duplicate ignored -> noPause();
      case SendOutcome.Refused ignored -> noPause();
      case SendOutcome.NotTaken not -> pause(not.cause());
      case SendOutcome.Unclear unclear -> pause(unclear.cause());
    };
  }

  private Optional<Duration> noPause() {
    failures = 0;
    return Optional.empty();
  }

  private Optional<Duration> pause(Attempt.Cause cause) {
    return switch (cause) {
      case CONFLICT -> Optional.empty();
      case RATE, SESSION, KEY -> {
        failures++;
        yield Optional.of(PAUSE.after(failures, random.nextDouble()));
      }
      case SERVER, CONNECTION -> {
        failures++;
        // One failure may be the event's; only another one makes it likely to be Stripe's.
        yield failures == 1
            ? Optional.empty()
            : Optional.of(PAUSE.after(failures - 1, random.nextDouble()));
      }
    };
  }
}
