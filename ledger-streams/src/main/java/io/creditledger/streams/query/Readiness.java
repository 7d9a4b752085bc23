package io.creditledger.streams.query;

/**
 * Whether the instance can answer.
 *
 * @param state of the Kafka Streams application, for people
 */
public record Readiness(State state, String detail) {
  /** Ready or not. */
  public enum State {
    READY,
    STARTING,
    FAILED
  }
}
