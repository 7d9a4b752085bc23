package io.creditledger.streams.query;

import io.creditledger.streams.topology.CommitHandover;
import io.creditledger.streams.topology.Decided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Takes what stream threads have committed to those who wait for it, and to the entries at hand.
 *
 * <p>Entries of a partition that this instance has just taken over wait aside until those before
 * them were read back from its journal, so that the entries at hand are always in the journal's
 * order. Whoever waits for an outcome is told of it at once.
 */
final class CommittedOutcomes implements CommitHandover.Receiver {

  /** A partition that is being read back, and the entries that were committed meanwhile. */
  final class TakeOver {
    private final int partition;
    private final List<Decided.Entry> meanwhile = new ArrayList<>();
    private boolean overtaken;

    private TakeOver(int partition) {
      this.partition = partition;
    }

    int partition() {
      return partition;
    }

    private long bytes() {
      return meanwhile.stream().mapToLong(RecentEntries::bytes).sum();
    }

    /** Whether it is still to be read back. */
    boolean isWanted() {
      synchronized (CommittedOutcomes.this) {
        return takeOvers.get(partition) == this;
      }
    }

    /** Whether somebody waits for an outcome, who may wait for one that is read back. */
    boolean anyExpected() {
      return awaited.anyExpected();
    }

    /** Takes one of the newest outcomes that the topics have, each topic's in order. */
    void readBack(Decided outcome) {
      synchronized (CommittedOutcomes.this) {
        if (!isWanted()) {
          return;
        }
        recent.add(List.of(outcome));
      }
      awaited.deliver(List.of(outcome));
    }

    /** It was read back, as far as the topics went at the take-over. */
    void done() {
      synchronized (CommittedOutcomes.this) {
        if (isWanted()) {
          overtake(this);
          takeOvers.remove(partition);
        }
      }
    }
  }

  private final AwaitedOutcomes awaited;
  private final RecentEntries recent;
  private final long asideBytesMax;
  private final Executor executor;
  private final LookBack lookBack;
  private final Map<Integer, TakeOver> takeOvers = new HashMap<>();
  private long asideBytes;

  /**
   * With nothing taken over yet.
   *
   * @param asideBytesMax how much may wait aside; more than the entries at hand make no sense, for
   *     older ones would have to go anyway
   * @param executor completes those who wait, never on the thread that calls it
   */
  CommittedOutcomes(
      AwaitedOutcomes awaited,
      RecentEntries recent,
      long asideBytesMax,
      Executor executor,
      LookBack lookBack) {
    this.awaited = awaited;
    this.recent = recent;
    this.asideBytesMax = asideBytesMax;
    this.executor = executor;
    this.lookBack = lookBack;
  }

  @Override
  public synchronized void begun(int partition) {
    drop(partition); // Begun anew after an abort: the new reading sees what waited aside.
    TakeOver takeOver = new TakeOver(partition);
    takeOvers.put(partition, takeOver);
    lookBack.read(takeOver);
  }

  @Override
  public void committed(List<Decided> outcomes) {
    file(outcomes);
    if (awaited.anyExpected()) {
      executor.execute(() -> awaited.deliver(outcomes));
    }
  }

  @Override
  public synchronized void ended(int partition) {
    drop(partition);
  }

  private void drop(int partition) {
    TakeOver takeOver = takeOvers.remove(partition);
    if (takeOver != null) {
      asideBytes -= takeOver.bytes();
    }
  }

  private synchronized void file(List<Decided> outcomes) {
    if (takeOvers.isEmpty()) {
      recent.add(outcomes);
      return;
    }
    List<Decided> inOrder = new ArrayList<>();
    for (Decided outcome : outcomes) {
      TakeOver takeOver = takeOvers.get(outcome.input().partition());
      if (takeOver == null || takeOver.overtaken) {
        inOrder.add(outcome);
      } else if (outcome instanceof Decided.Entry entry) {
        takeOver.meanwhile.add(entry);
        asideBytes += RecentEntries.bytes(entry);
      }
    }
    recent.add(inOrder);
    if (asideBytes > asideBytesMax) {
      takeOvers.values().forEach(this::overtake);
    }
  }

  /** Waits no longer for what is read back: it will be older than what is at hand. */
  private void overtake(TakeOver takeOver) {
    asideBytes -= takeOver.bytes();
    recent.add(takeOver.meanwhile);
    takeOver.meanwhile.clear();
    takeOver.overtaken = true;
  }
}
