package io.creditledger.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long it takes to learn whether a usage would be allowed. */
@Command(
    name = "entitlements",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures GET …/entitlements/{meter} on the instance that owns the customer.")
final class EntitlementsBench implements Callable<Integer> {

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Checks a second; default ${DEFAULT-VALUE}.")
  private int rate;

  @Mixin private BenchOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LoadPlan plan = options.plan(rate);
    LoadResult result =
        BenchLedger.measure(
            spec.commandLine().getOut(),
            "GET /v1/customers/{customer}/entitlements/{meter}",
            options,
            ledger -> LoadGenerator.run(plan, i -> ledger.get(path(i))));
    return result.count("200") == result.count() ? 0 : 1;
  }

  private String path(long i) {
    return "/v1/customers/"
        + BenchLedger.customer(i, options.customers)
        + "/entitlements/"
        + BenchLedger.METER
        + "?quantity=1000";
  }
}
