package io.creditledger.cli.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one reservation. */
@Command(
    name = "reservation",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows a reservation: what it holds, or what became of it.")
public final class ReservationCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private ReservationArguments of;

  @Override
  public Integer call() {
    String path =
        QueryString.on(of.reservationPath("")).with("customer", Optional.of(of.id())).toString();
    return ledger.show(client -> client.get(path), ReservationText::shown);
  }
}
