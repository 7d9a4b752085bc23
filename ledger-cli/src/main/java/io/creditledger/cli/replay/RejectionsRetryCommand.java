package io.creditledger.cli.replay;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.Table;
import io.creditledger.cli.audit.KafkaOptions;
import io.creditledger.streams.replay.Rejection;
import io.creditledger.streams.replay.RejectionLog;
import io.creditledger.streams.replay.ReplayException;
import io.creditledger.streams.replay.Retry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends rejected inputs again. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends rejected inputs again with the same ids, to the topics they came from, and tells what"
          + " became of each.",
      "Which ones is said as for list, or they come from a file of its --json. --set and --unset"
          + " correct each of them. What was accepted in the meantime changes nothing."
    })
final class RejectionsRetryCommand implements Callable<Integer> {

  private static final int MOST = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RejectionOptions which;

  @Option(names = "--all", description = "All there are, where nothing narrows them.")
  private boolean all;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Inputs as list --json prints them, edited or not; one in each line.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description =
          "Correct a field of each event, such as meter=llm.tokens or properties.model=m.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--unset", paramLabel = "FIELD", description = "Leave a field out.")
  private List<String> unset = List.of();

  @Option(names = "--dry-run", description = "Only print what would be sent.")
  private boolean dry;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for outcomes; default 10.")
  private int wait;

  @Override
  public Integer call() throws InterruptedException {
    if (file.isEmpty() && !which.narrowed() && !all) {
      throw new ParameterException(
          spec.commandLine(),
          "Say which: --customer, --id, --reason, --from, --to, --file, or --all of them.");
    }
    try {
      RejectionLog log = new RejectionLog(kafka.connection(), kafka.topics());
      List<RejectedLine> inputs = corrected(log);
      return dry ? show(inputs) : send(inputs, log.partitions());
    } catch (ReplayException told) {
      throw CommandFailedException.failed("error: " + told.getMessage());
    } catch (KafkaException unreachable) {
      throw CommandFailedException.unreachable(
          "error: Kafka cannot be used: " + unreachable.getMessage());
    }
  }

  private List<RejectedLine> corrected(RejectionLog log) throws InterruptedException {
    List<RejectedLine> inputs = file.isPresent() ? read(file.get()) : lastOfEach(log);
    for (RejectedLine input : inputs) {
      set.forEach(input::set);
      unset.forEach(input::unset);
    }
    return inputs;
  }

  /** An event that was sent again and rejected again is sent once more, not twice. */
  private List<RejectedLine> lastOfEach(RejectionLog log) throws InterruptedException {
    Map<String, RejectedLine> last = new LinkedHashMap<>();
    for (Rejection rejection : log.find(which.filter(), MOST)) {
      RejectedLine line = RejectedLine.of(rejection);
      last.put(line.identity(), line);
    }
    return new ArrayList<>(last.values());
  }

  private static List<RejectedLine> read(Path file) {
    List<RejectedLine> inputs = new ArrayList<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          inputs.add(RejectedLine.parse(line, file + ", line " + number));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return inputs;
  }

  private int show(List<RejectedLine> inputs) {
    PrintWriter out = spec.commandLine().getOut();
    inputs.forEach(input -> out.println(input.json()));
    out.flush();
    spec.commandLine().getErr().println(inputs.size() + " inputs would be sent; none was.");
    spec.commandLine().getErr().flush();
    return ExitStatus.OK;
  }

  private int send(List<RejectedLine> inputs, int partitions) throws InterruptedException {
    List<Retry.Became> became =
        new Retry(kafka.connection(), kafka.topics(), Duration.ofSeconds(wait))
            .send(inputs.stream().map(RejectedLine::again).toList(), partitions);
    PrintWriter out = spec.commandLine().getOut();
    Table table = Table.of("CUSTOMER", "ID", "SENT AS", "OUTCOME");
    int open = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Retry.Became one = became.get(i);
      table.row(
          inputs.get(i).node().path("customer").asText("-"),
          inputs.get(i).node().path("id").asText("-"),
          one.position(),
          outcome(one));
      if (one instanceof Retry.Became.Rejected || one instanceof Retry.Became.Pending) {
        open++;
      }
    }
    if (inputs.isEmpty()) {
      out.println("No rejections.");
    } else {
      table.print(out, "");
    }
    out.flush();
    return open == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static String outcome(Retry.Became became) {
    return switch (became) {
      case Retry.Became.Entry entry -> "accepted as entry " + entry.sequence();
      case Retry.Became.Duplicate duplicate -> "had been accepted as entry " + duplicate.of();
      case Retry.Became.Rejected rejected ->
          "rejected again, " + rejected.code() + ": " + rejected.detail();
      case Retry.Became.Pending pending -> "not decided yet";
    };
  }
}
