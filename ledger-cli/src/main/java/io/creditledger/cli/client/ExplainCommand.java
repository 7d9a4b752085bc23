package io.creditledger.cli.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains one usage. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Explains one usage, reservation or settlement: which rate applied and why, which grants paid"
          + " and why the others did not, the balance before and after.",
      "It is read from the log itself, however long ago it was."
    })
public final class ExplainCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Parameters(
      index = "0",
      paramLabel = "USAGE_ID",
      description = "The id of the usage, reservation or settlement.")
  private String usage;

  @Option(
      names = "--customer",
      paramLabel = "CUSTOMER",
      description = "Whose it is; default: whoever has that id, which takes longer to find.")
  private Optional<String> customer = Optional.empty();

  @Override
  public Integer call() {
    String path = "/v1/usage/" + LedgerClient.segment(usage);
    return ledger.show(
        client -> client.get(QueryString.on(path).with("customer", customer).toString()),
        (answer, out) -> ExplanationText.print(answer.json(), out));
  }
}
