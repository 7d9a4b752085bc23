package io.creditledger.cli.replay;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.Table;
import io.creditledger.cli.audit.KafkaOptions;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.replay.Rejection;
import io.creditledger.streams.replay.RejectionLog;
import io.creditledger.streams.replay.ReplayException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists rejections. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists what the ledger rejected: when, whose, which event, why, and where the input stands.",
      "With --json each line is a whole input, to be edited and sent again by retry --file."
    })
final class RejectionsListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RejectionOptions which;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The latest so many; default 100.")
  private int limit;

  @Option(names = "--json", description = "Print one JSON object in each line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    try {
      print(new RejectionLog(kafka.connection(), kafka.topics()).find(which.filter(), limit));
      return ExitStatus.OK;
    } catch (ReplayException told) {
      throw CommandFailedException.failed("error: " + told.getMessage());
    } catch (KafkaException unreachable) {
      throw CommandFailedException.unreachable(
          "error: Kafka cannot be read: " + unreachable.getMessage());
    }
  }

  private void print(List<Rejection> found) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      found.forEach(rejection -> out.println(RejectedLine.of(rejection).json()));
      out.flush();
      return;
    }
    Table table = Table.of("RECORDED", "CUSTOMER", "ID", "REASON", "INPUT", "DETAIL");
    for (Rejection rejection : found) {
      OutcomeJson.Parsed outcome = rejection.outcome();
      table.row(
          outcome.recordedAt(),
          outcome.customer().map(Object::toString).orElse("-"),
          outcome.id().map(Object::toString).orElse("-"),
          outcome.code().orElse(""),
          outcome.position(),
          outcome.detail().orElse(""));
    }
    if (found.isEmpty()) {
      out.println("No rejections.");
    } else {
      table.print(out, "");
    }
    if (found.size() == limit) {
      out.println("There may be earlier ones: --limit shows more, --to ends before a time.");
    }
    out.flush();
  }
}
