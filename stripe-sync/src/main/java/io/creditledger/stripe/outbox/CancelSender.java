package io.creditledger.stripe.outbox;

import com.stripe.net.RequestOptions;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import io.creditledger.relay.Backoff;
import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Cause;
import io.creditledger.stripe.client.StripeCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Has Stripe cancel the events of some lanes that are to count no more. What Stripe will not cancel
 * counts again, and is then taken back by a negative event.
 */
public final class CancelSender implements Worker.Step {

  private static final int PAGE = 20;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Backoff RETRY = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
  private static final String UNKNOWN_TO_STRIPE = "resource_missing";

  private final Database database;
  private final StripeCalls stripe;
  private final Lanes lanes;
  private final Clock clock;
  private final RandomGenerator random;
  private final SenderMetrics metrics;
  private final Recount recount;

  /** A sender for some lanes; not for several threads. */
  public CancelSender(
      Database database,
      StripeCalls stripe,
      Lanes lanes,
      Clock clock,
      RandomGenerator random,
      SenderMetrics metrics,
      Recount recount) {
    this.database = database;
    this.stripe = stripe;
    this.lanes = lanes;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
    this.recount = recount;
  }

  @Override
  public Duration run() throws InterruptedException {
    List<Cancellation> page =
        database
            .jdbi()
            .withHandle(handle -> Cancellation.ready(handle, lanes, clock.instant(), PAGE));
    for (Cancellation one : page) {
      Attempt<String> attempt = cancel(one);
      database.jdbi().useTransaction(transaction -> record(transaction, one, attempt));
      if (attempt instanceof Attempt.Again<String> again && again.cause() != Cause.CONFLICT) {
        return IDLE;
      }
    }
    return page.size() < PAGE ? IDLE : Duration.ZERO;
  }

  private Attempt<String> cancel(Cancellation one) throws InterruptedException {
    MeterEventAdjustmentCreateParams params =
        MeterEventAdjustmentCreateParams.builder()
            .setEventName(one.eventName())
            .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
            .setCancel(
                MeterEventAdjustmentCreateParams.Cancel.builder()
                    .setIdentifier(one.identifier())
                    .build())
            .build();
    RequestOptions options =
        RequestOptions.builder().setIdempotencyKey(one.idempotencyKey()).build();
    return stripe.call(
        client ->
            client.v1().billing().meterEventAdjustments().create(params, options).getStatus());
  }

  private void record(Handle transaction, Cancellation one, Attempt<String> attempt) {
    Instant now = clock.instant();
    switch (attempt) {
      case Attempt.Done<String> done -> {
        metrics.cancelled();
        one.done(transaction);
      }
      case Attempt.Again<String> again -> {
        metrics.retried(again.cause());
        one.later(
            transaction,
            now.plus(RETRY.after(one.attempts() + 1, random.nextDouble())),
            one.generation() + (isKept(again.cause()) ? 1 : 0),
            again.cause().name().toLowerCase(Locale.ROOT),
            again.why());
      }
      case Attempt.Refused<String> refused -> refuse(transaction, one, refused, now);
    }
  }

  private void refuse(
      Handle transaction, Cancellation one, Attempt.Refused<String> refused, Instant now) {
    if (!refused.code().equals(UNKNOWN_TO_STRIPE)) {
      recount.after(
          transaction,
          List.of(one.event()),
          () -> one.refused(transaction, refused.code(), refused.message()));
    } else if (one.isCountedBy(now)) {
      // An earlier try without an answer was heard, or Stripe never counted the event.
      metrics.cancelled();
      one.done(transaction);
    } else {
      one.later(
          transaction,
          now.plus(RETRY.after(one.attempts() + 1, random.nextDouble())),
          one.generation() + 1,
          refused.code(),
          refused.message());
    }
  }

  /** Whether Stripe may give the same answer to the same idempotency key for ever. */
  private static boolean isKept(Cause cause) {
    return switch (cause) {
      case SERVER, RATE -> true;
      case CONFLICT, CONNECTION, SESSION, KEY -> false;
    };
  }
}
