package io.creditledger.cli.scenario;

import io.creditledger.core.account.Reason;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Position;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.scenario.Outcome;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The outcomes that a ledger has published, as its journal and its rejections tell them. */
final class Journal {

  private final Map<CustomerId, List<LedgerEntry>> entries = new HashMap<>();
  private final Map<Position, Outcome> open = new HashMap<>();
  private final Consumer<Decided> listener;

  /** What became of one input. */
  record Decided(
      Position position, Optional<CustomerId> customer, Optional<EventId> id, boolean refused) {}

  /**
   * An empty journal.
   *
   * @param listener is told of each outcome, after it was added
   */
  Journal(Consumer<Decided> listener) {
    this.listener = listener;
  }

  /** Adds a record of the journal. */
  void entry(byte[] json) {
    LedgerEntry entry = EntryJson.read(json);
    CustomerId customer = entry.header().customer();
    entries.computeIfAbsent(customer, none -> new ArrayList<>()).add(entry);
    open.put(entry.header().position(), new Outcome.Accepted());
    listener.accept(
        new Decided(
            entry.header().position(),
            Optional.of(customer),
            Optional.of(entry.header().id()),
            false));
  }

  /** Adds a record of the rejections. */
  void refusal(byte[] json) {
    OutcomeJson.Parsed parsed = OutcomeJson.read(json);
    open.put(
        parsed.position(),
        switch (parsed.kind()) {
          case DUPLICATE -> new Outcome.Duplicate();
          case REJECTION ->
              new Outcome.Rejected(
                  Reason.valueOf(parsed.code().orElseThrow()), parsed.detail().orElse(""));
        });
    listener.accept(new Decided(parsed.position(), parsed.customer(), parsed.id(), true));
  }

  /** What became of an input, once. */
  Optional<Outcome> take(Position position) {
    return Optional.ofNullable(open.remove(position));
  }

  /** A customer's entries so far. */
  List<LedgerEntry> entries(CustomerId customer) {
    return entries.getOrDefault(customer, List.of());
  }
}
