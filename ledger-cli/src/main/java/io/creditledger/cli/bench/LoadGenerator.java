package io.creditledger.cli.bench;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * An open loop: each request is sent at its time, whether earlier ones are answered or not, and its
 * latency counts from that time. A pause of whatever is measured so shows in every request that it
 * delays, and not only in the one it hit.
 */
public final class LoadGenerator {

  /** How long what is under way at the end is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Sends a request. */
  @FunctionalInterface
  public interface Request {
    /**
     * Begins to send and returns at once; completes with what came of it, such as a status, in few
     * different words.
     *
     * @param number from 0
     */
    CompletionStage<String> send(long number);
  }

  private LoadGenerator() {}

  /** Plays a plan and returns what was measured, once everything is answered or given up. */
  public static LoadResult run(LoadPlan plan, Request request) throws InterruptedException {
    return run(plan, request, PATIENCE);
  }

  /** The same, with so much patience at the end. */
  static LoadResult run(LoadPlan plan, Request request, Duration patience)
      throws InterruptedException {
    LoadResult result = new LoadResult(plan);
    Phaser underWay = new Phaser(1);
    long start = System.nanoTime();
    for (long i = 0; i < plan.requests(); i++) {
      long due = start + plan.dueNanos(i);
      awaitTime(due);
      boolean counts = i >= plan.warmUpRequests();
      underWay.register();
      request
          .send(i)
          .whenComplete(
              (what, failure) -> {
                if (counts) {
                  result.add(
                      failure == null ? what : failure.getClass().getSimpleName(),
                      System.nanoTime() - due);
                }
                underWay.arriveAndDeregister();
              });
    }
    try {
      int phase = underWay.arrive();
      underWay.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.giveUp();
    }
    return result;
  }

  private static void awaitTime(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      left = nanos - System.nanoTime();
    }
  }
}
