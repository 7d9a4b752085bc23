package io.creditledger.cli.stripe;

import io.creditledger.cli.client.LedgerClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says of usage that Stripe has it after all. */
@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says of events of unknown outcome that Stripe counts them, as its sums show, so that they are"
          + " not sent again.",
      "The ids are those that status shows."
    })
final class StripeConfirmCommand implements Runnable {

  @Mixin private SyncOptions sync;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "The events.")
  private List<Long> events = List.of();

  @Override
  public void run() {
    String query = events.stream().map(event -> "event=" + event).collect(Collectors.joining("&"));
    sync.show(
        client ->
            client.post(
                "/v1/usage/confirm?" + query, LedgerClient.JSON, new byte[0], Duration.ZERO),
        (answer, out) -> out.println("Events confirmed: " + answer.json().path("events").asInt()));
  }
}
