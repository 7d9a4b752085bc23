package io.creditledger.stripe;

import java.util.concurrent.CountDownLatch;

/** stripe-sync as a process of its own, set by environment variables. */
public final class StripeSyncMain {

  private static final int MISUSED = 2;

  private StripeSyncMain() {}

  /** Runs until the process is told to stop; see {@link StripeSyncEnvironment}. */
  public static void main(String[] arguments) throws InterruptedException {
    StripeSync sync = StripeSync.start(config());
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  sync.close();
                  closed.countDown();
                }));
    System.out.println("stripe-sync at " + sync.address());
    closed.await();
  }

  private static StripeSyncConfig config() {
    try {
      return new StripeSyncEnvironment(System.getenv()).config();
    } catch (IllegalArgumentException wrong) {
      System.err.println("error: " + wrong.getMessage());
      System.exit(MISUSED);
      throw wrong;
    }
  }
}
