package io.creditledger.streams.audit;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.projection.StatementComparison;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.jdbi.v3.core.JdbiException;

/** Compares the statement in PostgreSQL with the journal, as far as the statement has come. */
public final class StatementAudit {

  private StatementAudit() {}

  /**
   * What differs.
   *
   * @param fence of the audit that proved the journal
   * @param schema as SQL clients use it
   * @throws AuditException if the database cannot be read
   */
  public static Beside of(
      KafkaConnection kafka, Topics topics, Fence fence, String jdbcUrl, String schema) {
    try (StatementComparison comparison = StatementComparison.begin(jdbcUrl, schema);
        Consumer<byte[], byte[]> consumer = kafka.reader()) {
      String topic = topics.name(Topics.ENTRIES);
      for (int partition = 0; partition < fence.partitions(); partition++) {
        OptionalLong reaches = comparison.reaches(topic, partition);
        if (reaches.isPresent()) {
          JournalPart.read(
              consumer,
              topics,
              partition,
              reaches.getAsLong(),
              record -> {
                comparison.add(record);
                return true;
              });
          comparison.end(partition, reaches.getAsLong());
        }
      }
      List<Finding> findings =
          comparison.differences().stream()
              .map(
                  one ->
                      new Finding(
                          "PostgreSQL " + schema + "." + one.table(),
                          one.partition(),
                          one.offset(),
                          one.customer(),
                          Instant.now(),
                          one.what()))
              .toList();
      String note =
          "PostgreSQL: the rows of "
              + comparison.rows()
              + " entries compared with the journal, column by column; "
              + comparison.differing()
              + " differ";
      return new Beside(note, findings, comparison.differing());
    } catch (JdbiException | IllegalArgumentException e) {
      throw new AuditException("the statement cannot be read: " + e.getMessage(), e);
    }
  }
}
