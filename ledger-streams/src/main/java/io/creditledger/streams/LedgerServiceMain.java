package io.creditledger.streams;

import io.creditledger.streams.query.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger as a process of its own, set by environment variables; a container runs this. */
public final class LedgerServiceMain {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerServiceMain.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private LedgerServiceMain() {}

  /**
   * Runs until the process is told to stop, and then closes the stores cleanly. Ends with status 2
   * if a variable is wrong, and with 1 if the service does not start or stops by itself: see {@link
   * LedgerEnvironment} for the variables.
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.getenv()));
  }

  private static int run(Map<String, String> environment) throws InterruptedException {
    LedgerConfig config;
    try {
      config = LedgerEnvironment.config(environment);
    } catch (IllegalArgumentException wrong) {
      LOG.error("the ledger does not start: {}", wrong.getMessage());
      return MISUSED;
    }
    try {
      LedgerService service = LedgerService.start(config);
      LedgerEnvironment.stripeSync(environment).ifPresent(service::stripeSyncAt);
      return run(service);
    } catch (RuntimeException unfit) {
      LOG.error("the ledger does not start", unfit);
      return FAILED;
    }
  }

  /** Returns only if the service stops by itself: a signal ends the process while this waits. */
  private static int run(LedgerService service) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
    LOG.info("the ledger answers at {}", service.address());
    while (service.readiness().state() != Readiness.State.FAILED) {
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
    LOG.error("the ledger has stopped by itself: {}", service.readiness().detail());
    return FAILED;
  }
}
