package io.creditledger.cli.replay;

import io.creditledger.core.event.Source;
import io.creditledger.streams.replay.RejectionFilter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which rejections a command is about. */
final class RejectionOptions {

  @Option(
      names = "--customer",
      paramLabel = "CUSTOMER",
      description = "Of this customer; as often as needed.")
  private Set<String> customers = Set.of();

  @Option(names = "--id", paramLabel = "ID", description = "Of this event; as often as needed.")
  private Set<String> ids = Set.of();

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "For this reason, such as METER_UNKNOWN; as often as needed.")
  private Set<String> reasons = Set.of();

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description =
          "From this topic (${COMPLETION-CANDIDATES}); default usage and grant, since what timers"
              + " proposed in vain is nobody's work.")
  private Set<Source> sources = EnumSet.of(Source.USAGE, Source.GRANT);

  @Option(names = "--from", paramLabel = "TIME", description = "Recorded then or later.")
  private Optional<Instant> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "Recorded before then.")
  private Optional<Instant> to = Optional.empty();

  RejectionFilter filter() {
    return new RejectionFilter(
        customers,
        ids,
        reasons.stream().map(code -> code.toUpperCase(Locale.ROOT)).collect(Collectors.toSet()),
        sources,
        from.orElse(Instant.MIN),
        to.orElse(Instant.MAX));
  }

  /** Whether anything was said of which ones. */
  boolean narrowed() {
    return !customers.isEmpty()
        || !ids.isEmpty()
        || !reasons.isEmpty()
        || from.isPresent()
        || to.isPresent();
  }
}
