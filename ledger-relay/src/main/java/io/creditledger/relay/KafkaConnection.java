package io.creditledger.relay;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where the brokers are, and clients that keep the ledger's promises there.
 *
 * @param bootstrapServers the brokers
 * @param properties further properties for every client, such as security
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {

  /** The largest request: a rejection may hold the largest input, escaped. */
  public static final int REQUEST_BYTES_MAX = 32 << 20;

  /** What a reader of large batches fetches of one partition at once. */
  private static final int FETCH_BYTES_MAX = 8 << 20;

  /** What the names of environment variables begin with that set a property of every client. */
  private static final String VARIABLES = "LEDGER_KAFKA_PROPERTY_";

  /** Copies the properties. */
  public KafkaConnection {
    properties = Map.copyOf(properties);
  }

  /**
   * The properties that environment variables set: {@code LEDGER_KAFKA_PROPERTY_SASL_JAAS_CONFIG}
   * sets {@code sasl.jaas.config}.
   */
  public static Map<String, String> propertiesOf(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLES)) {
            String property = name.substring(VARIABLES.length());
            properties.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    return properties;
  }

  /** An administrator of the brokers; the caller closes it. */
  public Admin admin() {
    return Admin.create(common());
  }

  /** A consumer that reads what is committed, from the start, and commits no offset by itself. */
  public Consumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(consuming());
  }

  /** The same as a member of a group, whose partitions are shared between its members. */
  public Consumer<byte[], byte[]> reader(String group) {
    return new KafkaConsumer<>(grouped(group));
  }

  /** The same, which takes at most so many records at once: more than usual make larger batches. */
  public Consumer<byte[], byte[]> reader(String group, int recordsMax) {
    Map<String, Object> settings = grouped(group);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, recordsMax);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX);
    return new KafkaConsumer<>(settings);
  }

  /** A producer that writes once and has it acknowledged by all replicas in sync. */
  public Producer<byte[], byte[]> writer() {
    Map<String, Object> settings = common();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> grouped(String group) {
    Map<String, Object> settings = consuming();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    // A member that was killed holds its partitions no longer than this.
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    return settings;
  }

  private Map<String, Object> consuming() {
    Map<String, Object> settings = common();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return settings;
  }
}
