package io.creditledger.streams.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Whether the statement says what the journal says. The journal's records are made into rows once
 * more, into temporary tables, and every column of every row is compared with the statement's, as
 * of one moment. It changes nothing. Not for use by several threads.
 */
public final class StatementComparison implements AutoCloseable {

  private static final int BATCH = 5_000;
  private static final int TOLD_MAX = 20;

  private final Handle handle;
  private final String tables;
  private final List<Difference> differences = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(BATCH);
  private long rows;
  private long differing;
  private long from;

  /**
   * A row that is not as the journal has it.
   *
   * @param offset of the entry's record in the journal; -1 where the row is a grant's
   * @param customer whom it concerns
   * @param what is wrong, as a sentence
   */
  public record Difference(
      String table, int partition, long offset, String customer, String what) {}

  private StatementComparison(Handle handle, String tables) {
    this.handle = handle;
    this.tables = tables;
  }

  /**
   * Begins a comparison as of now.
   *
   * @param schema as SQL clients use it
   * @throws org.jdbi.v3.core.JdbiException if the database cannot be read, or has no statement
   */
  public static StatementComparison begin(String jdbcUrl, String schema) {
    Face face = new Face(new ProjectionSettings(Optional.of(schema)).schema().orElseThrow());
    Handle handle = Jdbi.create(jdbcUrl).open();
    try {
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
      handle.begin();
      String tables = face.tables();
      for (String table : List.of("entry", "movement", "grants")) {
        handle.execute(
            "create temporary table "
                + table
                + " (like "
                + tables
                + "."
                + table
                + " including all) on commit drop");
      }
      return new StatementComparison(handle, tables);
    } catch (RuntimeException failed) {
      handle.close();
      throw failed;
    }
  }

  /** The offset of the journal's partition up to which the statement has come. */
  public OptionalLong reaches(String topic, int partition) {
    return handle
        .createQuery(
            "select next_offset from "
                + tables
                + ".relay_offset where relay = :relay and topic = :topic and partition = :partition")
        .bind("relay", RunningProjection.RELAY)
        .bind("topic", topic)
        .bind("partition", partition)
        .mapTo(long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** Takes the next record of a partition's journal. */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    batch.add(record);
    if (batch.size() >= BATCH) {
      compareBatch(record.partition(), record.offset() + 1);
    }
  }

  /** Ends a partition: all before that offset was added. */
  public void end(int partition, long offset) {
    compareBatch(partition, offset);
    handle.execute("truncate entry, movement");
    compare("entry", partition, from, Long.MAX_VALUE);
    compareGrants(partition);
    handle.execute("truncate grants");
    from = 0;
  }

  private void compareBatch(int partition, long end) {
    handle.execute("truncate entry, movement");
    EntryProjector.writeReadable(handle, batch);
    rows += batch.size();
    batch.clear();
    compare("entry", partition, from, end);
    compare("movement", partition, from, end);
    from = end;
  }

  private void compare(String table, int partition, long begin, long end) {
    String range =
        " where partition = :partition and record_offset >= :begin and record_offset < :end";
    String live = "select * from " + tables + "." + table + range;
    String derived = "select * from pg_temp." + table + range;
    Map<String, Object> bound = Map.of("partition", partition, "begin", begin, "end", end);
    handle
        .createQuery(
            "select record_offset, customer, string_agg(distinct side, ' ') as side from ("
                + "select *, 'more' as side from ("
                + live
                + " except "
                + derived
                + ") more union all select *, 'less' from ("
                + derived
                + " except "
                + live
                + ") less) both_sides group by record_offset, customer order by record_offset")
        .bindMap(bound)
        .map(
            (row, context) ->
                new Difference(
                    table,
                    partition,
                    row.getLong("record_offset"),
                    row.getString("customer"),
                    switch (row.getString("side")) {
                      case "less" -> "a row of this entry is missing";
                      case "more" -> "a row stands here of which the journal has no entry";
                      default -> "a row differs from this entry of the journal";
                    }))
        .forEach(this::tell);
  }

  private void compareGrants(int partition) {
    String live =
        "select * from "
            + tables
            + ".grants where customer in (select distinct customer from pg_temp.grants)";
    handle
        .createQuery(
            "select distinct customer, grant_id from (("
                + live
                + " except select * from pg_temp.grants) union all (select * from pg_temp.grants"
                + " except "
                + live
                + ")) both_sides order by customer, grant_id")
        .map(
            (row, context) ->
                new Difference(
                    "grants",
                    partition,
                    -1,
                    row.getString("customer"),
                    "the row of grant "
                        + row.getString("grant_id")
                        + " differs from what the journal comes to"))
        .forEach(this::tell);
  }

  private void tell(Difference difference) {
    differing++;
    if (differences.size() < TOLD_MAX) {
      differences.add(difference);
    }
  }

  /** Entries whose rows were compared. */
  public long rows() {
    return rows;
  }

  /** What differs, the first twenty. */
  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** How many rows differ. */
  public long differing() {
    return differing;
  }

  @Override
  public void close() {
    handle.rollback();
    handle.close();
  }
}
