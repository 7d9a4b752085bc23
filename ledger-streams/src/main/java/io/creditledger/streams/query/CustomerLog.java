package io.creditledger.streams.query;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the log says of customers, from its beginning to what is committed now. It is read from the
 * topics themselves, a partition at a time, so that an answer costs as much as the partition is
 * long; any instance can give it.
 */
public interface CustomerLog {

  /**
   * Shows each journal record of a customer, in order.
   *
   * @throws LedgerUnavailableException while too many others read
   */
  default void entries(CustomerId customer, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    entries(customer, 0, to);
  }

  /**
   * Shows each journal record of a customer from an offset of its partition on, in order.
   *
   * @throws LedgerUnavailableException while too many others read
   */
  void entries(CustomerId customer, long from, Consumer<ConsumerRecord<byte[], byte[]>> to);

  /**
   * Shows each refusal and duplicate whose key is the customer, in order.
   *
   * @throws LedgerUnavailableException while too many others read
   */
  void refusals(CustomerId customer, Consumer<ConsumerRecord<byte[], byte[]>> to);

  /**
   * The customers of whom the journal or the rejections have an event of that id.
   *
   * @throws LedgerUnavailableException while too many others read
   */
  Set<CustomerId> customersOf(EventId id);

  /** The catalog of a version that an outcome names, if the catalog topic has it. */
  Optional<Catalog> catalog(String version);

  /** The topic of the journal, as it is called on the brokers. */
  String journal();

  /** How many partitions each of the topics has. */
  int partitions();
}
