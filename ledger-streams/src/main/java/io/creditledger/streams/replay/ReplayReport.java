package io.creditledger.streams.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a replay came to.
 *
 * @param journals entries and refusals, partition by partition
 * @param states accounts and grants, partition by partition; none where there was nothing to
 *     compare them with
 * @param notes what could not be compared, and why
 * @param feeding how long it took to read the ledger and feed the shadow
 * @param took until the last decision was committed
 */
public record ReplayReport(
    long entries,
    long refusals,
    List<JournalComparison> journals,
    List<StateComparison> states,
    List<String> notes,
    Duration feeding,
    Duration took) {

  public ReplayReport {
    journals = List.copyOf(journals);
    states = List.copyOf(states);
    notes = List.copyOf(notes);
  }

  /** Whether no byte differs. */
  public boolean equal() {
    return differences().isEmpty();
  }

  /** The first difference of each partition and kind, in words. */
  public List<String> differences() {
    return Stream.concat(
            journals.stream().map(JournalComparison::difference),
            states.stream().map(StateComparison::difference))
        .flatMap(Optional::stream)
        .toList();
  }
}
