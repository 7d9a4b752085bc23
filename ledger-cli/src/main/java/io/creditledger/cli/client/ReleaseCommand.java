package io.creditledger.cli.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a task without cost. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Ends a task without cost: all that its reservation holds returns.")
public final class ReleaseCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private ReservationArguments of;
  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return ReservationText.send(
        ledger, of.reservationPath("/release"), event.event(of), ReservationText::ended);
  }
}
