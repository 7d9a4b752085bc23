package io.creditledger.cli.client;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the projection anew. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes the copy anew from the journal, beside the one in use, and swaps them.")
final class ProjectionRebuildCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Mixin private LedgerOptions ledger;

  @Option(
      names = "--no-wait",
      description = "Only begin it; ./ledger projection status tells how it goes.")
  private boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer now =
          client
              .post(
                  ProjectionCommand.PATH + "/rebuild",
                  LedgerClient.JSON,
                  new byte[0],
                  Duration.ZERO)
              .orFail();
      while (!noWait && state(now).equals("running")) {
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        now = client.get(ProjectionCommand.PATH).orFail();
      }
      ledger.show(now, ProjectionStatusCommand::print);
      if (!noWait && !state(now).equals("done")) {
        throw CommandFailedException.failed("error: the projection was not made anew");
      }
      return ExitStatus.OK;
    }
  }

  private static String state(Answer answer) {
    return answer.json().path("rebuild").path("state").asText();
  }
}
