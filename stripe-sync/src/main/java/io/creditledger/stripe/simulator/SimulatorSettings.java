package io.creditledger.stripe.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How a simulator is set up.
 *
 * @param host what it binds to; it refuses nobody who can reach it and knows the key
 * @param port 0 for a free one
 * @param apiKey the only key it accepts, as bearer or as the user of basic authentication
 * @param apiVersion the account's own, in which events are recorded
 * @param time the account's time; customers on a test clock have their own
 * @param draftPeriod how long a subscription's invoice stays a draft: Stripe's hour, at most 72
 * @param webhookRetries how long each retry of a failed delivery waits
 * @param webhookTimeout how long an endpoint may take to answer
 * @param meterReportWindow how long wrong meter events are gathered before they are reported
 * @param meterSamplesMax how many samples such a report names of each code
 * @param requestsPerSecondMax above it answers are 429 with reason {@code global-rate}; 0 for none
 * @param snapshot where the state is kept over a restart
 */
public record SimulatorSettings(
    String host,
    int port,
    String apiKey,
    String apiVersion,
    InstantSource time,
    Duration draftPeriod,
    List<Duration> webhookRetries,
    Duration webhookTimeout,
    Duration meterReportWindow,
    int meterSamplesMax,
    int requestsPerSecondMax,
    Optional<Path> snapshot) {

  /** The key of {@link #defaults}. */
  public static final String TEST_KEY = "sk_test_simulator";

  private static final Duration DRAFT_MAX = Duration.ofDays(3);

  public SimulatorSettings {
    webhookRetries = List.copyOf(webhookRetries);
    if (draftPeriod.isNegative() || draftPeriod.compareTo(DRAFT_MAX) > 0) {
      throw new IllegalArgumentException(
          "draftPeriod is not within 0 and 72 hours: " + draftPeriod);
    }
    if (apiKey.isBlank()) {
      throw new IllegalArgumentException("apiKey is blank");
    }
  }

  /** A free port of this machine, the version that stripe-java 33.3.0 pins, nothing kept. */
  public static SimulatorSettings defaults() {
    return new SimulatorSettings(
        "127.0.0.1",
        0,
        TEST_KEY,
        "2026-07-29.dahlia",
        InstantSource.system(),
        Duration.ofHours(1),
        List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        10,
        0,
        Optional.empty());
  }

  public SimulatorSettings withAddress(String newHost, int newPort) {
    return new SimulatorSettings(
        newHost,
        newPort,
        apiKey,
        apiVersion,
        time,
        draftPeriod,
        webhookRetries,
        webhookTimeout,
        meterReportWindow,
        meterSamplesMax,
        requestsPerSecondMax,
        snapshot);
  }

  public SimulatorSettings withApiKey(String key) {
    return new SimulatorSettings(
        host,
        port,
        key,
        apiVersion,
        time,
        draftPeriod,
        webhookRetries,
        webhookTimeout,
        meterReportWindow,
        meterSamplesMax,
        requestsPerSecondMax,
        snapshot);
  }

  public SimulatorSettings withTime(InstantSource source) {
    return new SimulatorSettings(
        host,
        port,
        apiKey,
        apiVersion,
        source,
        draftPeriod,
        webhookRetries,
        webhookTimeout,
        meterReportWindow,
        meterSamplesMax,
        requestsPerSecondMax,
        snapshot);
  }

  public SimulatorSettings withDraftPeriod(Duration period) {
    return new SimulatorSettings(
        host,
        port,
        apiKey,
        apiVersion,
        time,
        period,
        webhookRetries,
        webhookTimeout,
        meterReportWindow,
        meterSamplesMax,
        requestsPerSecondMax,
        snapshot);
  }

  public SimulatorSettings withWebhooks(List<Duration> retries, Duration timeout) {
    return new SimulatorSettings(
        host,
        port,
        apiKey,
        apiVersion,
        time,
        draftPeriod,
        retries,
        timeout,
        meterReportWindow,
        meterSamplesMax,
        requestsPerSecondMax,
        snapshot);
  }

  public SimulatorSettings withMeterReports(Duration window, int samplesMax) {
    return new SimulatorSettings(
        host,
        port,
        apiKey,
        apiVersion,
        time,
        draftPeriod,
        webhookRetries,
        webhookTimeout,
        window,
        samplesMax,
        requestsPerSecondMax,
        snapshot);
  }

  public SimulatorSettings withRequestsPerSecondMax(int most) {
    return new SimulatorSettings(
        host,
        port,
        apiKey,
        apiVersion,
        time,
        draftPeriod,
        webhookRetries,
        webhookTimeout,
        meterReportWindow,
        meterSamplesMax,
        most,
        snapshot);
  }

  public SimulatorSettings withSnapshot(Path file) {
    return new SimulatorSettings(
        host,
        port,
        apiKey,
        apiVersion,
        time,
        draftPeriod,
        webhookRetries,
        webhookTimeout,
        meterReportWindow,
        meterSamplesMax,
        requestsPerSecondMax,
        Optional.of(file));
  }
}
