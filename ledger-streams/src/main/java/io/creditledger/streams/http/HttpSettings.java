package io.creditledger.streams.http;

import java.time.Duration;

/**
 * How the REST service listens.
 *
 * @param host the address to bind; the API is open to whoever can reach it when there are no keys
 * @param port 0: any free one, see {@link HttpApi#port}
 * @param bodyBytesMax larger bodies are refused; a record of a topic is no larger by default
 * @param writeTimeout how long a write waits for the broker, or for a catalog to come into force
 * @param forwardTimeout how long another instance may take to answer, beside what it is asked to
 *     wait
 * @param keys who may use what lies below {@code /v1}
 */
public record HttpSettings(
    String host,
    int port,
    int bodyBytesMax,
    Duration writeTimeout,
    Duration forwardTimeout,
    ApiKeys keys) {

  /** One MiB, as large as a record may be by Kafka's defaults. */
  public static final int BODY_BYTES_MAX_DEFAULT = 1 << 20;

  /** Where an instance listens if nothing else is said: this machine only. */
  public static final String HOST_DEFAULT = "127.0.0.1";

  /** Without keys, so open to whoever can reach the address. */
  public static HttpSettings of(String host, int port) {
    return new HttpSettings(
        host,
        port,
        BODY_BYTES_MAX_DEFAULT,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        ApiKeys.NONE);
  }

  /** The same with other keys. */
  public HttpSettings withKeys(ApiKeys other) {
    return new HttpSettings(host, port, bodyBytesMax, writeTimeout, forwardTimeout, other);
  }
}
