package io.creditledger.streams.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an audit found.
 *
 * @param fence what it is as of
 * @param counts what it looked at
 * @param findings the first that are wrong, those about the earliest inputs first
 * @param findingCount how many things are wrong
 * @param stores how the live stores compare, partition by partition; empty if they were left out
 * @param notes what somebody who reads the verdict should know
 * @param records read since the last fence
 * @param took from the fence to the last comparison
 */
public record AuditReport(
    Fence fence,
    Counts counts,
    List<Finding> findings,
    long findingCount,
    List<PartitionStores> stores,
    List<String> notes,
    long records,
    Duration took) {

  /** Copies the lists. */
  public AuditReport {
    findings = List.copyOf(findings);
    stores = List.copyOf(stores);
    notes = List.copyOf(notes);
  }

  /** This report, and what was found beside it. */
  public AuditReport with(Beside beside) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(beside.findings());
    all.sort(Finding.FIRST_FIRST);
    List<String> more = new ArrayList<>(notes);
    more.add(beside.note());
    return new AuditReport(
        fence, counts, all, findingCount + beside.findingCount(), stores, more, records, took);
  }

  /** Whether all that was checked is as it must be. */
  public boolean holds() {
    return findingCount == 0;
  }

  /** Customers whose account in the live stores is that of the replay. */
  public long storesEqual() {
    return stores.stream().mapToLong(PartitionStores::equal).sum();
  }

  /** What is wrong first. */
  public Optional<Finding> first() {
    return findings.stream().findFirst();
  }

  /** Records read and proved in a second. */
  public long rate() {
    return Rates.perSecond(records, took);
  }
}
