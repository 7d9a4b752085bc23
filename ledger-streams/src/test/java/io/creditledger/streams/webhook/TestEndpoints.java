package io.creditledger.streams.webhook;

import io.creditledger.relay.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** The endpoint of most tests: it wants everything, and what fails is tried again at once. */
final class TestEndpoints {

  static final String NAME = "billing";
  static final Duration PATIENT = Duration.ofSeconds(20);
  static final Duration LONG = Duration.ofMinutes(5);

  private TestEndpoints() {}

  static WebhookEndpoint at(URI uri) {
    return at(uri, PATIENT, LONG);
  }

  static WebhookEndpoint at(URI uri, Duration timeout, Duration giveUpAfter) {
    return new WebhookEndpoint(
        NAME,
        new WebhookUrl(uri),
        SigningSecret.parse(Receiver.SECRET),
        Set.copyOf(WebhookType.OF_ALERTS),
        timeout,
        8,
        new RetryPlan(new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)), giveUpAfter));
  }
}
