package io.creditledger.cli.client;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.csv.ColumnMap;
import io.creditledger.cli.csv.CsvException;
import io.creditledger.cli.csv.CsvTimes;
import io.creditledger.cli.csv.UsageCsv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports usage from a CSV file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Imports usage from a CSV file with a header; a repeated import changes nothing.",
      "Each line is one event. All of it is committed when the command ends. The exit status is 1"
          + " if any line was refused; the others are in the ledger all the same."
    })
public final class ImportCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Parameters(paramLabel = "FILE.csv", description = "RFC 4180, UTF-8, the first line a header.")
  private Path file;

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN,...",
      required = true,
      description = {
        "Which column gives which field: customer, meter, quantity or credits, unit, occurred_at,"
            + " id, subscription, property.NAME. A text in single quotes stands for every line:",
        "\"customer=Account,meter='tokens',quantity=N\""
      })
  private List<String> map = new ArrayList<>();

  @Option(
      names = "--time-format",
      paramLabel = "PATTERN",
      description =
          "How occurred_at is written: a pattern such as \"dd.MM.uuuu HH:mm\", or unix, or unix_ms;"
              + " default RFC 3339. Without an offset it is in UTC.")
  private Optional<String> timeFormat = Optional.empty();

  @ArgGroup private Shift shift = new Shift();

  /** By how much times are moved. */
  private static final class Shift {
    @Option(
        names = "--shift-to-now",
        required = true,
        description = "Move all times alike, so that the newest is now: for trying old data out.")
    private boolean toNow;

    @Option(
        names = "--shift-to",
        paramLabel = "TIME",
        required = true,
        description = "The same, so that the newest is this: an import that can be repeated.")
    private Optional<Instant> to = Optional.empty();

    Optional<Instant> newest() {
      return toNow ? Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)) : to;
    }
  }

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      defaultValue = ",",
      description = "What stands between columns; default a comma.")
  private char delimiter;

  @Override
  public Integer call() {
    UsageCsv.Settings settings = settings();
    Optional<Instant> newest = shift.newest();
    if (newest.isPresent() && !settings.map().hasTimes()) {
      throw ledger.misused("there are no times to shift: --map has no occurred_at");
    }
    try {
      UsageCsv.Survey survey = UsageCsv.survey(settings);
      return run(settings, survey, shiftBy(survey, newest)) ? ExitStatus.OK : ExitStatus.FAILED;
    } catch (CsvException e) {
      throw CommandFailedException.failed("error: " + e.getMessage());
    }
  }

  private UsageCsv.Settings settings() {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw ledger.misused("cannot read " + file);
    }
    try {
      ColumnMap columns = ColumnMap.parse(String.join(",", map));
      CsvTimes times = timeFormat.map(CsvTimes::pattern).orElse(CsvTimes.ISO);
      return new UsageCsv.Settings(file, delimiter, columns, times);
    } catch (IllegalArgumentException e) {
      throw ledger.misused(e.getMessage());
    }
  }

  private Duration shiftBy(UsageCsv.Survey survey, Optional<Instant> newest) {
    if (newest.isEmpty() || survey.newest().isEmpty()) {
      return Duration.ZERO;
    }
    ledger
        .err()
        .println(
            "Times are moved so that the newest is "
                + newest.get()
                + "; repeat this import with --shift-to "
                + newest.get());
    ledger.err().flush();
    return Duration.between(survey.newest().get(), newest.get());
  }

  private boolean run(UsageCsv.Settings settings, UsageCsv.Survey survey, Duration moved) {
    ImportTally tally = new ImportTally(ledger.err());
    try (LedgerClient client = ledger.client(System.getenv());
        UsageCsv csv = UsageCsv.open(settings, moved);
        ImportProgress progress = new ImportProgress(ledger.err(), survey.lines())) {
      new UsageImport(client, tally, progress).run(csv);
    } catch (CommandFailedException e) {
      if (tally.lines() > 0) {
        ledger
            .err()
            .println("Broken off after " + tally.lines() + " lines; import the file again.");
      }
      throw e;
    }
    if (ledger.json()) {
      ledger.out().println(tally.json());
    } else {
      ledger.out().println(tally.summary(String.valueOf(file.getFileName())));
      tally.hint(!moved.isZero()).ifPresent(ledger.out()::println);
    }
    ledger.out().flush();
    return tally.refused() == 0;
  }
}
