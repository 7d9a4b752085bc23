package io.creditledger.cli.stripe;

import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes in Stripe what the rules and the catalog speak of. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes the meters, products and prices in Stripe that the rules and the catalog speak of.",
      "What is there stays as it is, so this can be done again; exit status 1 if something there is"
          + " otherwise, or could not be made."
    })
final class StripeSetupCommand implements Callable<Integer> {

  private static final Set<String> GOOD = Set.of("created", "present");

  @Mixin private SyncOptions sync;

  @Override
  public Integer call() {
    Answer answer =
        sync.show(
            client -> client.post("/v1/setup", LedgerClient.JSON, new byte[0], Duration.ZERO),
            (shown, out) -> {
              if (shown.json().path("items").isEmpty()) {
                out.println("The rules speak of nothing that Stripe would need.");
              } else {
                StatusText.table(shown.json().path("items"), out);
              }
            });
    boolean good =
        StreamSupport.stream(answer.json().path("items").spliterator(), false)
            .allMatch(item -> GOOD.contains(item.path("outcome").asText()));
    return good ? ExitStatus.OK : ExitStatus.FAILED;
  }
}
