package io.creditledger.relay;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic of the ledger and the settings it must have.
 *
 * @param name without a deployment's prefix
 * @param partitioned whether it has the ledger's partition count; a table has one partition
 * @param settings of the topic; the timestamp type is added when it is created
 */
public record Topic(String name, Partitioned partitioned, Map<String, String> settings) {

  /** How many partitions a topic has. */
  public enum Partitioned {
    /** As many as every other topic keyed by customer, so that one task sees one customer whole. */
    BY_CUSTOMER,
    /** One: every instance reads all of it. */
    SINGLE
  }

  public Topic {
    settings = Map.copyOf(new TreeMap<>(settings));
  }

  static Topic log(String name, String bytesMax) {
    return new Topic(
        name,
        Partitioned.BY_CUSTOMER,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            // Nothing is lost to time unless an operator decides it: an audit reads from the start.
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            bytesMax,
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            "false"));
  }

  static Topic table(String name, Partitioned partitioned) {
    return new Topic(
        name,
        partitioned,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Topics.INPUT_BYTES_MAX,
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            "false"));
  }
}
