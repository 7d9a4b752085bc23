package io.creditledger.cli.audit;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.Table;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.CheckpointTopic;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists checkpoints. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "The checkpoints of all partitions, the oldest first; not verified.")
final class CheckpointListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CheckpointTopic topic = new CheckpointTopic(kafka.connection(), kafka.topics());
    Table table = Table.of("MADE AT", "PARTITION", "ENTRIES BEFORE", "CUSTOMERS", "KEY");
    try {
      for (List<SignedCheckpoint> of : topic.all()) {
        for (SignedCheckpoint signed : of) {
          table.row(
              signed.checkpoint().madeAt().toString(),
              Integer.toString(signed.checkpoint().partition()),
              String.format(Locale.ROOT, "%,d", signed.checkpoint().offset(Topics.ENTRIES)),
              String.format(Locale.ROOT, "%,d", signed.checkpoint().customers()),
              signed.key());
        }
      }
    } catch (AuditException told) {
      throw CommandFailedException.failed("error: " + told.getMessage());
    }
    table.print(out, "");
    out.flush();
    return ExitStatus.OK;
  }
}
