package io.creditledger.cli.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has another try made of Stripe's events that could not be dealt with. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has another try made of Stripe's events that were parked, and of what the ledger refused of"
          + " what they came to, once what was wrong has been put right: all of it, or single"
          + " events by the ids that status shows."
    })
final class StripeRetryCommand implements Runnable {

  @Mixin private SyncOptions sync;

  @Option(
      names = "--event",
      paramLabel = "ID",
      description = "This event of Stripe's; may be repeated.")
  private List<String> events = List.of();

  @Override
  public void run() {
    String query =
        events.stream()
            .map(event -> "event=" + URLEncoder.encode(event, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    sync.show(
        client ->
            client.post(
                "/v1/events/retry" + (query.isEmpty() ? "" : "?" + query),
                LedgerClient.JSON,
                new byte[0],
                Duration.ZERO),
        (answer, out) -> {
          JsonNode json = answer.json();
          out.println("Events to be tried again: " + json.path("events").asInt());
          out.println("Told to the ledger again: " + json.path("told_again").asInt());
        });
  }
}
