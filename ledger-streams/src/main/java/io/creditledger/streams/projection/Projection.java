package io.creditledger.streams.projection;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.relay.DatabaseSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projection of one instance, from start to close. It starts beside the ledger and waits for
 * its database as long as it takes; nothing waits for it.
 */
public final class Projection implements StatementAccess, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Projection.class);
  private static final String MIGRATIONS = "io/creditledger/streams/projection/db";
  private static final int CONNECTIONS = 8;

  /** So many of those who share an id are told at most. */
  private static final int CUSTOMERS_MAX = 20;

  private static final Duration STOP_AGAIN = Duration.ofMillis(50);

  private final Face face;
  private final EntrySource source;
  private final CompletableFuture<String> postgres;
  private final ProjectionMetrics metrics;
  private final Thread starter = Thread.ofVirtual().name("projection-start").unstarted(this::begin);
  private volatile Optional<RunningProjection> running = Optional.empty();

  /**
   * A projection, not yet started.
   *
   * @param schema what SQL clients use
   * @param postgres where the database is, once that is known
   */
  public Projection(
      String schema,
      EntrySource source,
      CompletableFuture<String> postgres,
      MeterRegistry registry) {
    this.face = new Face(schema);
    this.source = source;
    this.postgres = postgres;
    this.metrics = new ProjectionMetrics(registry);
  }

  /** Begins to wait for the database, and then to project. */
  public void start() {
    starter.start();
  }

  private void begin() {
    try {
      DatabaseSettings settings =
          new DatabaseSettings(postgres.get(), face.tables(), MIGRATIONS, CONNECTIONS);
      running = Optional.of(RunningProjection.start(face, source, settings, metrics));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException nowhere) {
      LOG.error("there is no statement, because there is no database", nowhere.getCause());
    } catch (RuntimeException failed) {
      LOG.error("there is no statement, because it could not be started", failed);
    }
  }

  @Override
  public List<JournalLine> newest(
      CustomerId customer, EntryFilter filter, OptionalLong before, int limit) {
    return asked(now -> now.entries().newest(customer, filter, before, limit));
  }

  @Override
  public List<JournalLine> after(CustomerId customer, long after, int limit) {
    return asked(now -> now.entries().after(customer, after, limit));
  }

  @Override
  public Set<CustomerId> customersOf(EventId id) {
    return asked(now -> now.entries().customersOf(id, CUSTOMERS_MAX));
  }

  @Override
  public long last(CustomerId customer) {
    return asked(now -> now.entries().last(customer));
  }

  @Override
  public List<UsageSum> usage(CustomerId customer, UsageQuery query, int limit) {
    return asked(now -> now.usage().sums(customer, query, limit));
  }

  @Override
  public ProjectionStatus status() {
    return asked(RunningProjection::status);
  }

  @Override
  public boolean rebuild() {
    return asked(now -> now.rebuilder().start());
  }

  private <T> T asked(Function<RunningProjection, T> question) {
    RunningProjection now =
        running.orElseThrow(
            () ->
                new StatementUnavailableException(
                    "the database of the statement has not been reached yet"));
    try {
      return question.apply(now);
    } catch (JdbiException away) {
      LOG.warn("the database of the statement does not answer: {}", away.getMessage());
      throw new StatementUnavailableException(
          "the database of the statement does not answer now", away);
    }
  }

  /** Stops after the batch under way; what was not projected is at the next start. */
  @Override
  public void close() {
    try {
      // Again and again, because a pool of connections that waits forgets that it was interrupted.
      while (starter.isAlive() && !starter.join(STOP_AGAIN)) {
        starter.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.ifPresent(RunningProjection::close);
  }
}
