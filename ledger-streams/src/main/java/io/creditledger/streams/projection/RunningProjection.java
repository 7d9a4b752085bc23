package io.creditledger.streams.projection;

import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.creditledger.relay.Relay;
import java.util.Set;

/** What runs once the database is there. */
final class RunningProjection implements AutoCloseable {

  /** What the offsets are kept under. */
  static final String RELAY = "statement";

  /** Entries in one transaction, at most. */
  static final int BATCH_MAX = 5_000;

  private final Database database;
  private final Relay relay;
  private final EntryTable entries;
  private final UsageTable usage;
  private final Rebuilder rebuilder;
  private final RebuildLog rebuilds;
  private final Face face;

  private RunningProjection(Face face, Database database, Relay relay, Rebuilder rebuilder) {
    this.face = face;
    this.database = database;
    this.relay = relay;
    this.rebuilder = rebuilder;
    this.entries = new EntryTable(database.jdbi());
    this.usage = new UsageTable(database.jdbi());
    this.rebuilds = new RebuildLog(database.jdbi(), face);
  }

  /** Starts it, once the database can be reached. */
  static RunningProjection start(
      Face face, EntrySource source, DatabaseSettings settings, ProjectionMetrics metrics)
      throws InterruptedException {
    Database database = Database.await(settings);
    database.jdbi().useTransaction(face::show);
    Relay relay =
        new Relay(
            RELAY,
            Set.of(source.topic()),
            Relay.Beginning.EARLIEST,
            source.kafka().reader(source.group(), BATCH_MAX),
            database,
            new EntryProjector());
    metrics.bind(relay::status);
    relay.start();
    return new RunningProjection(
        face, database, relay, new Rebuilder(face, source, database, settings));
  }

  EntryTable entries() {
    return entries;
  }

  UsageTable usage() {
    return usage;
  }

  Rebuilder rebuilder() {
    return rebuilder;
  }

  ProjectionStatus status() {
    return new ProjectionStatus(face.schema(), relay.status(), rebuilds.last());
  }

  @Override
  public void close() {
    rebuilder.close();
    relay.close();
    database.close();
  }
}
