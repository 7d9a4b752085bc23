package io.creditledger.cli.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every event may say: the options of each command that writes one. */
final class EventOptions {

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "The event's id, which makes a repetition harmless; one is made if there is none.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--occurred-at",
      paramLabel = "TIME",
      description = "When it happened; default when it is recorded.")
  private Optional<Instant> occurredAt = Optional.empty();

  @Option(names = "--description", paramLabel = "TEXT", description = "Why, for audit.")
  private Optional<String> description = Optional.empty();

  @Option(names = "--actor", paramLabel = "NAME", description = "Who asked for it.")
  private Optional<String> actor = Optional.empty();

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "What else is to be kept with it, as often as needed.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  /** Whether there is something to be kept with it. */
  boolean hasMetadata() {
    return !metadata.isEmpty();
  }

  /** An event with the id given, or else a new one, which is told at once. */
  EventBody event(LedgerOptions ledger, CustomerArgument customer, String prefix) {
    return noted(new EventBody().with("id", ledger.idOr(id, prefix)), customer);
  }

  /**
   * An event with the id given. Without one the ledger makes it of what the event names, the same
   * each time.
   */
  EventBody event(CustomerArgument customer) {
    return noted(new EventBody().with("id", id), customer);
  }

  private EventBody noted(EventBody event, CustomerArgument customer) {
    return event
        .with("customer", customer.id())
        .with("occurred_at", occurredAt)
        .with("description", description)
        .with("actor", actor)
        .with("metadata", metadata);
  }
}
