package io.creditledger.streams.webhook;

import io.creditledger.relay.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is pending for one endpoint: several customers at once, each customer's one after the
 * other. One endpoint that hangs holds up no other, since each has a sender of its own.
 */
final class EndpointSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointSender.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /**
   * How much longer than an attempt a claim lasts: for what the attempt came to, to be recorded.
   */
  private static final Duration HOLD_MARGIN = Duration.ofSeconds(30);

  private final WebhookEndpoint endpoint;
  private final Outbox outbox;
  private final Poster poster;
  private final WebhookMetrics metrics;
  private final Clock clock;
  private final Semaphore free;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile boolean closing;
  private volatile Instant pausedUntil = Instant.MIN;

  EndpointSender(
      WebhookEndpoint endpoint, Outbox outbox, Poster poster, WebhookMetrics metrics, Clock clock) {
    this.endpoint = endpoint;
    this.outbox = outbox;
    this.poster = poster;
    this.metrics = metrics;
    this.clock = clock;
    this.free = new Semaphore(endpoint.parallel());
    this.thread = Thread.ofVirtual().name("webhooks-" + endpoint.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    int failures = 0;
    try {
      while (!closing) {
        try {
          sendDue();
          failures = 0;
          rest(POLL);
        } catch (RuntimeException away) {
          failures++;
          LOG.warn(
              "webhooks for {} wait, because the database fails: {}",
              endpoint.name(),
              String.valueOf(away.getMessage()));
          rest(RETRY.after(failures, ThreadLocalRandom.current().nextDouble()));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendDue() {
    Instant now = clock.instant();
    int places = free.availablePermits();
    if (places == 0 || now.isBefore(pausedUntil)) {
      return;
    }
    Instant until = now.plus(endpoint.timeout()).plus(HOLD_MARGIN);
    List<Claim> claims = outbox.claim(endpoint.name(), places, now, until);
    for (Claim claim : claims) {
      free.acquireUninterruptibly();
      Thread.ofVirtual().name("webhook-" + claim.delivery()).start(() -> send(claim));
    }
  }

  private void send(Claim claim) {
    try {
      AttemptResult result = poster.post(endpoint, claim.message());
      Instant now = clock.instant();
      endpoint.retry().pause(result).ifPresent(pause -> pausedUntil = now.plus(pause));
      Verdict verdict =
          endpoint
              .retry()
              .after(
                  result,
                  claim.failures(),
                  claim.dueFirst(),
                  now,
                  ThreadLocalRandom.current().nextDouble());
      tell(claim, result, verdict);
      record(claim, result, verdict, now);
    } catch (InterruptedException stopped) {
      // What was sent and not recorded is sent again, under the same id.
      Thread.currentThread().interrupt();
    } finally {
      free.release();
      wake.release();
    }
  }

  /** Once sent, it is worth trying for as long as nobody else may send it again. */
  private void record(Claim claim, AttemptResult result, Verdict verdict, Instant attemptedAt)
      throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        if (outbox.record(claim, result, verdict, attemptedAt)) {
          metrics.attempted(endpoint.name(), verdict);
        }
        return;
      } catch (RuntimeException away) {
        Duration wait = RETRY.after(failures, ThreadLocalRandom.current().nextDouble());
        if (closing || clock.instant().plus(wait).isAfter(claim.until())) {
          LOG.warn(
              "what became of webhook {} to {} cannot be recorded, so it will be sent again: {}",
              claim.message().id(),
              endpoint.name(),
              String.valueOf(away.getMessage()));
          return;
        }
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      }
    }
  }

  /** One line when it begins to fail and one when that is over; each attempt only on demand. */
  private void tell(Claim claim, AttemptResult result, Verdict verdict) {
    LOG.debug("webhook {} to {}: {}", claim.message().id(), endpoint.name(), result.detail());
    if (verdict instanceof Verdict.Dead) {
      LOG.warn(
          "webhook {} to {} is given up: {}; ./ledger webhooks redeliver {} sends it again",
          claim.message().id(),
          endpoint.name(),
          result.detail(),
          claim.delivery());
    }
    if (failing.compareAndSet(result.taken(), !result.taken())) {
      if (result.taken()) {
        LOG.info("webhooks to {} are taken again", endpoint.name());
      } else {
        LOG.warn("webhooks to {} fail and are tried again: {}", endpoint.name(), result.detail());
      }
    }
  }

  /** Until somebody has finished, or the time is over. */
  private void rest(Duration longest) throws InterruptedException {
    if (wake.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Begins nothing more, and waits a while for what is on its way. */
  @Override
  public void close() {
    closing = true;
    wake.release();
    try {
      if (thread.join(STOP_GRACE)
          && free.tryAcquire(endpoint.parallel(), STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      LOG.info("webhooks to {} are on their way still, and may be sent again", endpoint.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
