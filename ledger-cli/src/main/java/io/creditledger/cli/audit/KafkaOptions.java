package io.creditledger.cli.audit;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a ledger's topics are: the options of every command that reads them by itself. */
public final class KafkaOptions {

  @Option(
      names = "--kafka",
      paramLabel = "BOOTSTRAP",
      defaultValue = "${env:LEDGER_KAFKA:-127.0.0.1:9092}",
      description = "The ledger's brokers; default 127.0.0.1:9092 (LEDGER_KAFKA).")
  private String kafka;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description =
          "A property of every Kafka client, as often as needed. Secrets belong in the environment:"
              + " LEDGER_KAFKA_PROPERTY_SASL_JAAS_CONFIG sets sasl.jaas.config.")
  private Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "${env:LEDGER_TOPIC_PREFIX:-}",
      description = "The ledger's among several on the same brokers (LEDGER_TOPIC_PREFIX).")
  private String topicPrefix;

  /** Picocli makes it. */
  public KafkaOptions() {}

  /** The brokers. */
  public KafkaConnection connection() {
    Map<String, String> properties = new HashMap<>(KafkaConnection.propertiesOf(System.getenv()));
    properties.putAll(kafkaProperties);
    return new KafkaConnection(kafka, properties);
  }

  /** The ledger's topics there. */
  public Topics topics() {
    return Topics.prefixed(topicPrefix);
  }
}
