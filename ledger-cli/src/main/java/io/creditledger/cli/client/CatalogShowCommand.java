package io.creditledger.cli.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the catalog in force. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the catalog in force as YAML, which apply reads again.")
final class CatalogShowCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Override
  public Integer call() {
    String mediaType = ledger.json() ? LedgerClient.JSON : CatalogApplyCommand.YAML;
    return ledger.show(
        client -> client.get(CatalogApplyCommand.PATH, mediaType),
        (answer, out) -> out.println(answer.text().strip()));
  }
}
