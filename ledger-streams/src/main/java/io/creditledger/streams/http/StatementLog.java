package io.creditledger.streams.http;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.streams.projection.JournalLine;
import io.creditledger.streams.projection.StatementAccess;
import io.creditledger.streams.query.CustomerLog;
import io.creditledger.streams.topology.StoreKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The log as one question reads it: a customer's journal out of the statement, where an index finds
 * it, and out of the topic only what the statement does not have yet. Where there is no statement,
 * or it is away, all is read from the topic. Refusals are in no statement.
 */
final class StatementLog implements CustomerLog {

  private static final int PAGE = 1_000;

  private final CustomerLog topics;
  private final Statement statement;
  private ReadFrom readFrom = ReadFrom.TOPIC;

  /** Where a customer's journal was read. */
  enum ReadFrom {
    /** From its partition of the topic, among everybody else's. */
    TOPIC,
    /** From the statement, and from the end of the topic. */
    STATEMENT;

    /** The name on the wire, in lower case. */
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  StatementLog(CustomerLog topics, Statement statement) {
    this.topics = topics;
    this.statement = statement;
  }

  /** Where the entries shown last came from. */
  ReadFrom readFrom() {
    return readFrom;
  }

  @Override
  public void entries(CustomerId customer, long from, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    byte[] key = StoreKeys.customer(customer);
    int partition = StoreKeys.partition(key, partitions());
    long next = from;
    long last = 0;
    List<JournalLine> page;
    do {
      page = page(customer, last);
      for (JournalLine line : page) {
        if (line.offset() >= from) {
          to.accept(
              new ConsumerRecord<>(
                  journal(),
                  partition,
                  line.offset(),
                  key,
                  line.body().getBytes(StandardCharsets.UTF_8)));
        }
        last = line.sequence();
        next = line.offset() + 1;
      }
    } while (page.size() == PAGE);
    readFrom = last > 0 ? ReadFrom.STATEMENT : ReadFrom.TOPIC;
    topics.entries(customer, next, to);
  }

  private List<JournalLine> page(CustomerId customer, long after) {
    return asked(access -> access.after(customer, after, PAGE), List.of());
  }

  /** What the statement says; the default where there is none, or it does not answer. */
  private <T> T asked(Function<StatementAccess, T> question, T otherwise) {
    try {
      return statement.exists() ? statement.ask(question) : otherwise;
    } catch (ProblemException away) {
      return otherwise;
    }
  }

  /** Only whom the statement does not know is searched for in the whole log. */
  @Override
  public Set<CustomerId> customersOf(EventId id) {
    Set<CustomerId> known = asked(access -> access.customersOf(id), Set.of());
    return known.isEmpty() ? topics.customersOf(id) : known;
  }

  @Override
  public void refusals(CustomerId customer, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    topics.refusals(customer, to);
  }

  @Override
  public Optional<Catalog> catalog(String version) {
    return topics.catalog(version);
  }

  @Override
  public String journal() {
    return topics.journal();
  }

  @Override
  public int partitions() {
    return topics.partitions();
  }
}
