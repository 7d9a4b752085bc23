package io.creditledger.relay;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one instance of a service do what only one should do at a time. It is an advisory lock that
 * PostgreSQL frees by itself when the instance's connection ends, so that another takes over at
 * once. For a moment after a connection was lost two may think they lead: what they do must bear
 * that. Safe for several threads.
 */
public final class Leader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final String what;
  private Optional<Handle> lock = Optional.empty();
  private long checkedAtNanos = System.nanoTime() - CHECK_EVERY.toNanos();

  /**
   * Leads nothing yet.
   *
   * @param what is done, the same on every instance; its own within the schema
   */
  public Leader(Database database, String what) {
    this.database = database;
    this.what = what;
  }

  /** Whether this instance leads, as found out at most a second ago. */
  public synchronized boolean leads() {
    if (System.nanoTime() - checkedAtNanos >= CHECK_EVERY.toNanos()) {
      checkedAtNanos = System.nanoTime();
      lock = lock.isPresent() ? lock.filter(this::isAlive) : taken();
    }
    return lock.isPresent();
  }

  private boolean isAlive(Handle handle) {
    try {
      return handle.createQuery("select true").mapTo(Boolean.class).one();
    } catch (JdbiException lost) {
      LOG.warn("{} is no longer led from here: {}", what, lost.getMessage());
      release(handle);
      return false;
    }
  }

  private Optional<Handle> taken() {
    Handle handle = database.jdbi().open();
    boolean taken = false;
    try {
      taken =
          handle
              .createQuery(
                  "select pg_try_advisory_lock("
                      + "hashtextextended(current_schema() || '/' || :what, 0))")
              .bind("what", what)
              .mapTo(Boolean.class)
              .one();
      return taken ? Optional.of(handle) : Optional.empty();
    } finally {
      if (!taken) {
        release(handle);
      }
    }
  }

  private static void release(Handle handle) {
    try {
      handle.close();
    } catch (JdbiException lost) {
      LOG.debug("the connection had ended already", lost);
    }
  }

  /** Leads no more. */
  @Override
  public synchronized void close() {
    lock.ifPresent(
        handle -> {
          try {
            handle.execute("select pg_advisory_unlock_all()");
          } catch (JdbiException lost) {
            LOG.debug("the connection had ended already", lost);
          }
          release(handle);
        });
    lock = Optional.empty();
  }
}
