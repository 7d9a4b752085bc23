package io.creditledger.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and its like, for what runs until then and is to end in an orderly way. */
public final class StopSignal {

  private StopSignal() {}

  /**
   * Does some work in this thread. If the JVM is asked to end meanwhile, the thread is interrupted,
   * and the JVM waits until the work has ended, but no longer than the limit.
   *
   * @param tooLate what to do if it has not ended then
   */
  public static <T> T during(Duration limit, Runnable tooLate, Callable<T> work) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Thread runner = Thread.currentThread();
    Thread hook = new Thread(() -> stop(runner, ended, limit, tooLate), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      ended.countDown();
      remove(hook);
    }
  }

  private static void stop(Thread runner, CountDownLatch ended, Duration limit, Runnable tooLate) {
    runner.interrupt();
    try {
      if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        tooLate.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException theJvmIsEnding) {
      return; // Then the hook is what ends this.
    }
  }
}
