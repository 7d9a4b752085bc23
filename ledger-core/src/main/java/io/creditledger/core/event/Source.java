package io.creditledger.core.event;

import java.util.Optional;

/**
 * The three input topics. There are three so that the right to report usage does not carry the
 * right to grant credits: access is granted per topic.
 */
public enum Source {
  /** Usage, reservations and reversals. */
  USAGE("ledger.usage-events"),
  /** Grants, corrections and customers' settings. */
  GRANT("ledger.grant-events"),
  /** What time alone brings about, published by the ledger's own timers. */
  EXPIRY("ledger.expiry-events");

  private final String topic;

  Source(String topic) {
    this.topic = topic;
  }

  /** The topic's name, without any prefix a deployment may add. */
  public String topic() {
    return topic;
  }

  /** The source with that topic name, if there is one. */
  public static Optional<Source> ofTopic(String topic) {
    for (Source source : values()) {
      if (source.topic.equals(topic)) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }
}
