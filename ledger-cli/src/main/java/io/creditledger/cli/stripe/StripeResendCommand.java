package io.creditledger.cli.stripe;

import io.creditledger.cli.client.LedgerClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends usage again that Stripe had refused. */
@Command(
    name = "resend",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends parked usage to Stripe again, as new events, once what was wrong has been put right:"
          + " all of it, what was parked for a reason, or single events by the ids that status"
          + " shows.",
      "An event of unknown outcome is sent again only by its id, and counts twice if Stripe has it."
    })
final class StripeResendCommand implements Runnable {

  @Mixin private SyncOptions sync;

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "What was parked for that, such as no_meter.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--event", paramLabel = "ID", description = "This event; may be repeated.")
  private List<Long> events = List.of();

  @Override
  public void run() {
    List<String> query = new ArrayList<>();
    reason.ifPresent(
        code -> query.add("reason=" + URLEncoder.encode(code, StandardCharsets.UTF_8)));
    events.forEach(event -> query.add("event=" + event));
    sync.show(
        client ->
            client.post(
                "/v1/usage/resend" + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                LedgerClient.JSON,
                new byte[0],
                Duration.ZERO),
        (answer, out) ->
            out.println("Events to be sent anew: " + answer.json().path("events").asInt()));
  }
}
