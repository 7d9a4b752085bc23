package io.creditledger.cli.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reports one use. */
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reports usage of a customer, and waits until that is committed.",
      "It is a quantity of a meter, rated by the catalog, or credits that are rated already. A"
          + " meter that counts needs no quantity."
    })
public final class UsageCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;
  @Mixin private ChargeOptions charge;
  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    charge.check(ledger);
    return WriteOutcome.send(ledger, "/v1/usage", charge.on(event.event(ledger, customer, "use")));
  }
}
