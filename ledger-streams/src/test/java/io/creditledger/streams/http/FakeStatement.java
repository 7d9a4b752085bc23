package io.creditledger.streams.http;

import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.RelayStatus;
import io.creditledger.streams.projection.EntryFilter;
import io.creditledger.streams.projection.JournalLine;
import io.creditledger.streams.projection.ProjectionStatus;
import io.creditledger.streams.projection.RebuildState;
import io.creditledger.streams.projection.RebuildStatus;
import io.creditledger.streams.projection.StatementAccess;
import io.creditledger.streams.projection.StatementUnavailableException;
import io.creditledger.streams.projection.UsageQuery;
import io.creditledger.streams.projection.UsageSum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A statement in memory, which has what a test puts into it. */
final class FakeStatement implements StatementAccess {

  final List<JournalLine> lines = new ArrayList<>();
  final List<EntryFilter> searches = new ArrayList<>();
  final List<UsageQuery> queries = new ArrayList<>();
  final List<UsageSum> sums = new ArrayList<>();

  /** Whether the database cannot be reached. */
  boolean away;

  private Optional<RebuildStatus> rebuild = Optional.empty();

  private void reach() {
    if (away) {
      throw new StatementUnavailableException("the database of the statement is away");
    }
  }

  @Override
  public List<JournalLine> newest(
      CustomerId customer, EntryFilter filter, OptionalLong before, int limit) {
    reach();
    searches.add(filter);
    return lines.reversed().stream()
        .filter(line -> before.isEmpty() || line.sequence() < before.getAsLong())
        .limit(limit)
        .toList();
  }

  @Override
  public List<JournalLine> after(CustomerId customer, long after, int limit) {
    reach();
    return lines.stream().filter(line -> line.sequence() > after).limit(limit).toList();
  }

  @Override
  public Set<CustomerId> customersOf(EventId id) {
    reach();
    String mark = "\"id\":\"" + id + "\"";
    return lines.stream()
        .filter(line -> line.body().contains(mark))
        .map(line -> EntryJson.read(line.body().getBytes(StandardCharsets.UTF_8)).header())
        .map(EntryHeader::customer)
        .collect(Collectors.toSet());
  }

  @Override
  public long last(CustomerId customer) {
    reach();
    return lines.isEmpty() ? 0 : lines.getLast().sequence();
  }

  @Override
  public List<UsageSum> usage(CustomerId customer, UsageQuery query, int limit) {
    reach();
    queries.add(query);
    return List.copyOf(sums);
  }

  @Override
  public ProjectionStatus status() {
    reach();
    return new ProjectionStatus(
        "statement", new RelayStatus(RelayStatus.State.RUNNING, 3, 0, ""), rebuild);
  }

  @Override
  public boolean rebuild() {
    reach();
    boolean begins = rebuild.isEmpty();
    rebuild =
        Optional.of(
            new RebuildStatus(
                RebuildState.RUNNING,
                Instant.parse("2026-11-21T10:00:00Z"),
                Optional.empty(),
                0,
                7,
                ""));
    return begins;
  }
}
