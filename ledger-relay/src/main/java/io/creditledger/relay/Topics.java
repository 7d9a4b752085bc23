package io.creditledger.relay;

import io.creditledger.core.event.Source;
import java.util.List;

/**
 * Every topic of the ledger, declared once. A prefix keeps a second ledger, such as a replay, apart
 * on the same brokers.
 */
public final class Topics {

  /**
   * The largest input record the brokers take. It is more than the ledger reads, so that a record
   * too large for it still ends as a rejection rather than as a producer's error.
   */
  public static final String INPUT_BYTES_MAX = Integer.toString(4 << 20);

  /** Room for the largest input, escaped, inside a rejection. */
  public static final String REJECTION_BYTES_MAX = Integer.toString(32 << 20);

  /** Usage, reservations and reversals; producers of usage write here and nowhere else. */
  public static final Topic USAGE_EVENTS = Topic.log(Source.USAGE.topic(), INPUT_BYTES_MAX);

  /** Grants, corrections and customers' settings. */
  public static final Topic GRANT_EVENTS = Topic.log(Source.GRANT.topic(), INPUT_BYTES_MAX);

  /** What the ledger's own timers publish. */
  public static final Topic EXPIRY_EVENTS = Topic.log(Source.EXPIRY.topic(), INPUT_BYTES_MAX);

  /** The journal: every accepted decision. */
  public static final Topic ENTRIES = Topic.log("ledger.entries", INPUT_BYTES_MAX);

  /** Every refusal and duplicate, with its reason and the input's bytes. */
  public static final Topic REJECTIONS = Topic.log("ledger.rejections", REJECTION_BYTES_MAX);

  /** The latest balance of each customer. */
  public static final Topic BALANCES =
      Topic.table("ledger.balances", Topic.Partitioned.BY_CUSTOMER);

  /** Every catalog version, and which one is in force. */
  public static final Topic CATALOG = Topic.table("ledger.catalog", Topic.Partitioned.SINGLE);

  /** What somebody is to be told: low, depleted, recovered, expiring soon, top-up requested. */
  public static final Topic ALERTS = Topic.log("ledger.alerts", INPUT_BYTES_MAX);

  /**
   * What a replay's shadow of the ledger is fed, under the replay's prefix only: inputs in the
   * journal's order, with their first positions in headers.
   */
  public static final Topic REPLAY_FEED = Topic.log("ledger.replay-feed", REJECTION_BYTES_MAX);

  /** What partitions had come to, proved by an audit and signed by the operator. */
  public static final Topic CHECKPOINTS = Topic.log("ledger.checkpoints", INPUT_BYTES_MAX);

  /** All of a ledger's. */
  public static final List<Topic> ALL =
      List.of(
          USAGE_EVENTS,
          GRANT_EVENTS,
          EXPIRY_EVENTS,
          ENTRIES,
          REJECTIONS,
          BALANCES,
          ALERTS,
          CHECKPOINTS,
          CATALOG);

  private final String prefix;

  private Topics(String prefix) {
    this.prefix = prefix;
  }

  /** The topics under a prefix, which may be empty. */
  public static Topics prefixed(String prefix) {
    return new Topics(prefix);
  }

  /** A topic's name as deployed. */
  public String name(Topic topic) {
    return prefix + topic.name();
  }

  /** The name, as deployed, of the topic that carries a source. */
  public String name(Source source) {
    return prefix + source.topic();
  }

  /**
   * Which source a deployed topic is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Source source(String deployedName) {
    return Source.ofTopic(deployedName.substring(prefix.length()))
        .orElseThrow(() -> new IllegalArgumentException("not an input topic: " + deployedName));
  }
}
