package io.creditledger.relay;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop in a thread of its own: does a step, waits as long as the step says or until it is nudged,
 * and goes on. A step that fails is tried again, later each time, for ever.
 */
public final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  /** What a worker does again and again. */
  @FunctionalInterface
  public interface Step {

    /**
     * Does what there is to do now.
     *
     * @return how long to wait before looking again; zero while there is more to do
     */
    Duration run() throws InterruptedException;
  }

  private final String name;
  private final Step step;
  private final Semaphore nudges = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;
  private volatile String failure = "";

  /** A worker, not yet started. */
  public Worker(String name, Step step) {
    this.name = name;
    this.step = step;
    this.thread = new Thread(this::loop, name);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** There is something to do: the wait under way ends, or the next one does not begin. */
  public void nudge() {
    nudges.release();
  }

  /** Why the last step failed; empty if it did not. */
  public String failure() {
    return failure;
  }

  private void loop() {
    int failures = 0;
    try {
      while (!closing) {
        Duration wait;
        try {
          wait = step.run();
          failures = 0;
          failure = "";
        } catch (RuntimeException failed) {
          if (closing) {
            return;
          }
          failures++;
          failure = String.valueOf(failed.getMessage());
          LOG.warn("{} failed and tries again", name, failed);
          wait = RETRY.after(failures, ThreadLocalRandom.current().nextDouble());
        }
        if (wait.isPositive() && nudges.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          nudges.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts what the step waits for, and returns once the thread has ended. */
  @Override
  public void close() {
    closing = true;
    nudge();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
