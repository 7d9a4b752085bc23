package io.creditledger.streams.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * A stream thread's producer that tells what became of its transactions. A commit that throws tells
 * nothing: it is tried again and may succeed then, or the transaction is aborted, or the producer
 * closed.
 */
final class TellingProducer implements Producer<byte[], byte[]> {

  private final Producer<byte[], byte[]> producer;
  private final CommitHandover handover;

  TellingProducer(Producer<byte[], byte[]> producer, CommitHandover handover) {
    this.producer = producer;
    this.handover = handover;
  }

  /** What is left of a transaction before, however that ended, is not part of this one. */
  @Override
  public void beginTransaction() {
    handover.dropped();
    producer.beginTransaction();
  }

  @Override
  public void commitTransaction() {
    producer.commitTransaction();
    handover.committed();
  }

  @Override
  public void abortTransaction() {
    handover.dropped();
    producer.abortTransaction();
  }

  @Override
  public void close() {
    handover.dropped();
    producer.close();
  }

  @Override
  public void close(Duration timeout) {
    handover.dropped();
    producer.close(timeout);
  }

  @Override
  public void initTransactions() {
    producer.initTransactions();
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    producer.sendOffsetsToTransaction(offsets, group);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return producer.send(record);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    return producer.send(record, callback);
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return producer.partitionsFor(topic);
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return producer.metrics();
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return producer.clientInstanceId(timeout);
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    producer.registerMetricForSubscription(metric);
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    producer.unregisterMetricFromSubscription(metric);
  }
}
