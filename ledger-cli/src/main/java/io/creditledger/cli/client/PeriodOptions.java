package io.creditledger.cli.client;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When what is asked about occurred: a half-open period, each end of which may be open. */
final class PeriodOptions {

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only what occurred at this time or later; a date is its first moment in UTC.")
  Optional<Instant> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "Only what occurred before this time.")
  Optional<Instant> to = Optional.empty();
}
