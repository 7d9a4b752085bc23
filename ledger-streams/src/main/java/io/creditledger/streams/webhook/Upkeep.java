package io.creditledger.streams.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is open for the metrics, and forgets what was delivered long ago. */
final class Upkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration COUNT_EVERY = Duration.ofSeconds(10);
  private static final Duration PRUNE_EVERY = Duration.ofHours(1);

  private final OutboxDesk desk;
  private final WebhookMetrics metrics;
  private final Duration keepDelivered;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("webhooks-upkeep").unstarted(this::run);

  Upkeep(OutboxDesk desk, WebhookMetrics metrics, Duration keepDelivered, Clock clock) {
    this.desk = desk;
    this.metrics = metrics;
    this.keepDelivered = keepDelivered;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  private void run() {
    Instant nextPruning = Instant.MIN;
    try {
      do {
        try {
          metrics.counted(desk.open());
          if (!clock.instant().isBefore(nextPruning)) {
            prune();
            nextPruning = clock.instant().plus(PRUNE_EVERY);
          }
        } catch (RuntimeException away) {
          LOG.debug("deliveries cannot be counted now", away);
        }
      } while (!closing.await(COUNT_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void prune() {
    Instant before = clock.instant().minus(keepDelivered);
    int all = 0;
    for (int some = desk.prune(before); some > 0; some = desk.prune(before)) {
      all += some;
    }
    if (all > 0) {
      LOG.info("{} webhooks delivered before {} are forgotten", all, before);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
