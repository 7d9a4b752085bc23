package io.creditledger.streams.projection;

import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.creditledger.relay.Leader;
import io.creditledger.relay.Relay;
import io.creditledger.relay.RelayStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the statement anew from the journal: in tables beside those in use, into which the
 * projector goes on writing, and then puts the new ones in their place. One at a time, whatever
 * instance is asked.
 */
final class Rebuilder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int CONNECTIONS = 2;

  private final Face face;
  private final EntrySource source;
  private final Database live;
  private final DatabaseSettings beside;
  private final RebuildLog log;
  private Optional<Thread> running = Optional.empty();

  /**
   * A rebuilder that does nothing yet.
   *
   * @param live with the tables in use
   * @param settings of the live database
   */
  Rebuilder(Face face, EntrySource source, Database live, DatabaseSettings settings) {
    this.face = face;
    this.source = source;
    this.live = live;
    this.beside =
        new DatabaseSettings(settings.jdbcUrl(), face.beside(), settings.migrations(), CONNECTIONS);
    this.log = new RebuildLog(live.jdbi(), face);
  }

  /** Begins a rebuild, unless one is under way, here or elsewhere; whether it did. */
  synchronized boolean start() {
    Leader leader = new Leader(live, "rebuild");
    if (!leader.leads()) {
      leader.close();
      return false;
    }
    long id;
    try {
      // Before anybody is told that it has begun, so that whoever asks next is told of it.
      id = log.begin();
    } catch (RuntimeException away) {
      leader.close();
      throw away;
    }
    running =
        Optional.of(Thread.ofVirtual().name("projection-rebuild").start(() -> run(leader, id)));
    return true;
  }

  private void run(Leader leader, long id) {
    try (leader) {
      long entries = rebuild(id);
      log.end(id, RebuildState.DONE, entries, "");
      LOG.info("the statement was made anew from the journal: {} entries", entries);
    } catch (InterruptedException stopped) {
      LOG.warn("the statement was not made anew: the service stops");
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      failed(id, failed);
    }
  }

  private void failed(long id, RuntimeException why) {
    if (Thread.currentThread().isInterrupted()) {
      LOG.warn("the statement was not made anew: the service stops");
      return;
    }
    LOG.error("the statement could not be made anew", why);
    log.end(id, RebuildState.FAILED, 0, String.valueOf(why.getMessage()));
  }

  private long rebuild(long id) throws InterruptedException {
    // What an earlier rebuild left behind when its instance was stopped.
    live.jdbi().useHandle(handle -> drop(handle, face.beside()));
    live.jdbi().useHandle(handle -> drop(handle, face.replaced()));
    try (Database fresh = Database.open(beside)) {
      Relay relay =
          new Relay(
              RunningProjection.RELAY,
              Set.of(source.topic()),
              Relay.Beginning.EARLIEST,
              source
                  .kafka()
                  .reader(
                      source.group() + "-rebuild-" + UUID.randomUUID(),
                      RunningProjection.BATCH_MAX),
              fresh,
              new EntryProjector());
      Swap swap = new Swap(face, live, fresh);
      try (relay) {
        relay.start();
        do {
          TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
          RelayStatus status = relay.status();
          if (status.state() == RelayStatus.State.STOPPED) {
            throw new IllegalStateException("the new tables could not be put in use");
          }
          log.tell(id, status.behind(), status.detail());
        } while (!(upToDate(relay) && swap.swapOnceLevel(relay)));
      }
    }
    live.jdbi().useHandle(handle -> drop(handle, face.replaced()));
    return live.jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from entry").mapTo(Long.class).one());
  }

  private static boolean upToDate(Relay relay) {
    RelayStatus status = relay.status();
    return status.state() == RelayStatus.State.RUNNING && status.behind() == 0;
  }

  private static void drop(Handle handle, String schema) {
    handle.execute("drop schema if exists " + schema + " cascade");
  }

  /** Gives up what is under way; nothing comes of it. */
  @Override
  public synchronized void close() {
    running.ifPresent(
        thread -> {
          thread.interrupt();
          try {
            thread.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
