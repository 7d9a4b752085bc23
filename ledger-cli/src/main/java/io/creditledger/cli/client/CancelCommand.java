package io.creditledger.cli.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Drops a pending grant, or ends a series. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Drops a pending grant, or ends a series of grants and leaves the current one.")
public final class CancelCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private GrantArguments of;
  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return WriteOutcome.send(ledger, of.grantPath("/cancel"), event.event(of));
  }
}
