package io.creditledger.cli.client;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Moves a grant's end. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Moves a grant's end, or adds --metadata to it.",
      "Nothing else of a grant can be changed."
    })
public final class ExtendCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private GrantArguments of;

  @ArgGroup private End end = new End();

  /** The end it is to have. */
  private static final class End {
    @Option(
        names = {"--expires", "--expires-at"},
        paramLabel = "TIME",
        description = "When it ends: 2026-12-01T00:00:00Z, or a date.")
    private Optional<Instant> at = Optional.empty();

    @Option(names = "--never", description = "It never ends.")
    private boolean never;
  }

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    if (!end.never && end.at.isEmpty() && !event.hasMetadata()) {
      throw ledger.misused("give --expires, --never or --metadata");
    }
    EventBody change = event.event(ledger, of, "ext").with("expires_at", end.at);
    if (end.never) {
      change.withNull("expires_at");
    }
    return WriteOutcome.send(ledger, "PATCH", of.grantPath(""), change);
  }
}
