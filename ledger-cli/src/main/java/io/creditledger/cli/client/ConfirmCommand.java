package io.creditledger.cli.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a pending grant count. */
@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lets a pending grant count.")
public final class ConfirmCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private GrantArguments of;
  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return WriteOutcome.send(ledger, of.grantPath("/confirm"), event.event(of));
  }
}
