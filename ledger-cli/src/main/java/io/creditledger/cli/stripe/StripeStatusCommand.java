package io.creditledger.cli.stripe;

import io.creditledger.cli.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how stripe-sync goes. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows how stripe-sync goes: what waits to be sent and since when, what Stripe refused and"
          + " why, the last webhook, what was not understood."
    })
final class StripeStatusCommand implements Callable<Integer> {

  @Mixin private SyncOptions sync;

  @Override
  public Integer call() {
    sync.show(
        client -> client.get("/v1/status"), (answer, out) -> StatusText.print(answer.json(), out));
    return ExitStatus.OK;
  }
}
