package io.creditledger.streams;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.streams.topology.CommitPace;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set, and why. */
public final class StreamsSettings {

  /**
   * The ledger asks for commits itself, at its {@link CommitPace}. This one is for what changes
   * without an input, such as ids that are let go. Were it as short as the ledger's own, there
   * would be twice as many.
   */
  private static final Duration UNASKED_COMMIT = Duration.ofSeconds(1);

  private StreamsSettings() {}

  /**
   * The settings of one instance.
   *
   * @param applicationServer the host and port at which other instances reach it
   */
  public static Properties of(LedgerConfig config, String applicationServer) {
    Properties properties = new Properties();
    properties.putAll(config.kafkaProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, applicationServer);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());

    // Offsets, stores and journal commit together or not at all: the promise of the product.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        longer(UNASKED_COMMIT, config.commitInterval()).toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replication());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbys());
    // A standby takes over only once it has everything; a lag would lose nothing but answers.
    properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, 0L);
    // Record caches lost state together with standbys; every put goes to the store at once.
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    // What brokers have of the other inputs comes first, and no input waits for what producers may
    // still send: the journal records the order that happened.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreTuning.class);
    // A record may be a batch of inputs, so that fewer records are enough to keep a task busy.
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 100);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
        config.replication() >= 3 ? "2" : "1");

    // What a global store cannot process stops the instance, as everywhere else.
    properties.put("processing.exception.handler.global.enabled", true);

    // The classic protocol, because static membership needs it: an instance that comes back within
    // the session timeout gets its partitions without a rebalance.
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        KafkaConnection.REQUEST_BYTES_MAX / 4);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);

    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
    // A batch goes when it is full or its transaction ends: sooner, nobody could read it.
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 100);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        KafkaConnection.REQUEST_BYTES_MAX);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        4L * KafkaConnection.REQUEST_BYTES_MAX);
    return properties;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
