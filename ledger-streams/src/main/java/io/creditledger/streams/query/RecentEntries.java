package io.creditledger.streams.query;

import io.creditledger.core.wire.EntryJson;
import io.creditledger.streams.topology.Decided;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;

/**
 * The newest committed journal entries that this instance was told of, bounded by number of bytes:
 * when room is needed, the oldest of all go first.
 *
 * <p>What arrives is only packed into {@link ArrivedEntries}; it is filed by customer when somebody
 * asks, which most of it is never asked for. So the first question in a while takes longer: some
 * tenth of a second where all that is kept has to be filed.
 */
final class RecentEntries {

  private record Entry(String customer, long sequence, Bytes json) {
    EntryPage.Item item() {
      return new EntryPage.Item(sequence, new String(json.get(), StandardCharsets.UTF_8));
    }

    long bytes() {
      return RecentEntries.bytes(customer.length(), json.get());
    }
  }

  /** Who waits for an entry after that one. */
  private record Waiter(long after, CompletableFuture<Void> arrival) {}

  /** What an entry takes beside its own bytes. */
  private static final int ENTRY_BYTES = 64;

  private static final int CHUNK_MAX = 256 << 10;

  /** What is not filed goes by the chunk, so that it is to be a small part of what is kept. */
  private static final int CHUNKS_MIN = 8;

  private final long bytesMax;
  private final Executor executor;

  /** What is not filed yet, and newer than what is. */
  private final ArrivedEntries arrived;

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger waiters = new AtomicInteger();

  /** Guards all that is filed, and takes from the queue. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<Entry> oldestFirst = new ArrayDeque<>();
  private final Map<String, Deque<Entry>> byCustomer = new HashMap<>();
  private final Map<String, List<Waiter>> waiting = new HashMap<>();

  /**
   * None yet.
   *
   * @param executor wakes those who wait for an entry
   */
  RecentEntries(long bytesMax, Executor executor) {
    this.bytesMax = bytesMax;
    this.executor = executor;
    this.arrived = new ArrivedEntries((int) Math.min(CHUNK_MAX, bytesMax / CHUNKS_MIN));
  }

  /** What an entry counts, filed or not. */
  static long bytes(Decided.Entry entry) {
    return bytes(entry.customer().get().length, entry.json().get());
  }

  private static long bytes(int customer, byte[] json) {
    return (long) json.length + customer + ENTRY_BYTES;
  }

  /**
   * Adds the entries among outcomes, in the order of the journal. Quick, and waits for nobody; an
   * entry that is not newer than the customer's newest is let go later.
   */
  void add(List<? extends Decided> outcomes) {
    long more = 0;
    for (Decided outcome : outcomes) {
      if (outcome instanceof Decided.Entry entry) {
        long counts = bytes(entry);
        arrived.add(entry, counts);
        more += counts;
      }
    }
    if (more == 0) {
      return;
    }
    if (bytes.addAndGet(more) > bytesMax && lock.tryLock()) {
      try {
        makeRoom(); // If somebody has the lock, they do.
      } finally {
        lock.unlock();
      }
    }
    if (waiters.get() > 0) {
      executor.execute(() -> locked(() -> true));
    }
  }

  /** Runs something on all that has arrived, filed; then wakes those whose entry came. */
  private <T> T locked(Supplier<T> work) {
    List<Waiter> woken = new ArrayList<>();
    lock.lock();
    try {
      arrived.takeAll().forEach(chunk -> file(chunk, woken));
      makeRoom();
      return work.get();
    } finally {
      lock.unlock();
      woken.forEach(waiter -> waiter.arrival().complete(null));
    }
  }

  private void file(EntryChunk next, List<Waiter> woken) {
    bytes.addAndGet(-next.counted());
    next.forEach(
        (customer, json) ->
            file(
                new Entry(
                    new String(customer, StandardCharsets.UTF_8),
                    EntryJson.sequenceOf(json),
                    Bytes.wrap(json)),
                woken));
  }

  private void file(Entry entry, List<Waiter> woken) {
    Deque<Entry> own = byCustomer.computeIfAbsent(entry.customer(), key -> new ArrayDeque<>(4));
    if (!own.isEmpty() && own.getLast().sequence() >= entry.sequence()) {
      return; // Told twice: read back and handed over, or read back again.
    }
    own.addLast(entry);
    oldestFirst.addLast(entry);
    bytes.addAndGet(entry.bytes());
    for (Waiter waiter : waiting.getOrDefault(entry.customer(), List.of())) {
      if (waiter.after() < entry.sequence()) {
        woken.add(waiter);
      }
    }
  }

  /** What is filed is older than what is not. */
  private void makeRoom() {
    while (bytes.get() > bytesMax && !oldestFirst.isEmpty()) {
      drop(oldestFirst.removeFirst());
    }
    long gone = bytesMax;
    while (bytes.get() > bytesMax && gone > 0) {
      gone = arrived.dropOldest();
      bytes.addAndGet(-gone);
    }
  }

  private void drop(Entry oldest) {
    bytes.addAndGet(-oldest.bytes());
    Deque<Entry> own = byCustomer.get(oldest.customer());
    own.removeFirst();
    if (own.isEmpty()) {
      byCustomer.remove(oldest.customer());
    }
  }

  /** Lets all of it go, for good: who holds on to this shall not hold on to the entries. */
  void close() {
    locked(
        () -> {
          while (!oldestFirst.isEmpty()) {
            drop(oldestFirst.removeFirst());
          }
          return true;
        });
  }

  EntryPage page(String customer, OptionalLong before, int limit) {
    return locked(() -> pageOf(customer, before, limit));
  }

  private EntryPage pageOf(String customer, OptionalLong before, int limit) {
    List<EntryPage.Item> page = new ArrayList<>();
    Deque<Entry> own = byCustomer.getOrDefault(customer, new ArrayDeque<>());
    Iterator<Entry> newestFirst = own.descendingIterator();
    long last = Long.MAX_VALUE;
    while (newestFirst.hasNext() && page.size() < limit) {
      Entry entry = newestFirst.next();
      if (before.isEmpty() || entry.sequence() < before.getAsLong()) {
        page.add(entry.item());
        last = entry.sequence();
      }
    }
    return new EntryPage(page, last == 1);
  }

  /**
   * Entries after that one, oldest first, each following on the one before; complete if the first
   * of them follows on it too.
   */
  EntryPage after(String customer, long after, int limit) {
    return locked(() -> pageAfter(customer, after, limit));
  }

  private EntryPage pageAfter(String customer, long after, int limit) {
    Deque<EntryPage.Item> newer = new ArrayDeque<>();
    Iterator<Entry> newestFirst =
        byCustomer.getOrDefault(customer, new ArrayDeque<>()).descendingIterator();
    while (newestFirst.hasNext()) {
      Entry entry = newestFirst.next();
      if (entry.sequence() <= after) {
        break;
      }
      newer.addFirst(entry.item());
    }
    List<EntryPage.Item> page = new ArrayList<>();
    for (EntryPage.Item item : newer) {
      // What came while the partition was elsewhere may be missing in the middle.
      boolean follows = page.isEmpty() || item.sequence() == page.getLast().sequence() + 1;
      if (page.size() == limit || !follows) {
        break;
      }
      page.add(item);
    }
    return new EntryPage(page, page.isEmpty() || page.getFirst().sequence() == after + 1);
  }

  /** Completes once there is an entry after that one; who waits no longer cancels it. */
  CompletableFuture<Void> arrivalAfter(String customer, long after) {
    waiters.incrementAndGet(); // First, so that what arrives from now on is filed.
    CompletableFuture<Void> arrival = locked(() -> arrival(customer, after));
    var unused = arrival.whenComplete((done, failure) -> waiters.decrementAndGet());
    return arrival;
  }

  private CompletableFuture<Void> arrival(String customer, long after) {
    Deque<Entry> own = byCustomer.getOrDefault(customer, new ArrayDeque<>());
    if (!own.isEmpty() && own.getLast().sequence() > after) {
      return CompletableFuture.completedFuture(null);
    }
    Waiter waiter = new Waiter(after, new CompletableFuture<>());
    waiting.computeIfAbsent(customer, key -> new ArrayList<>()).add(waiter);
    var unused = waiter.arrival().whenComplete((done, failure) -> forget(customer, waiter));
    return waiter.arrival();
  }

  private void forget(String customer, Waiter waiter) {
    lock.lock();
    try {
      List<Waiter> own = waiting.getOrDefault(customer, new ArrayList<>());
      own.remove(waiter);
      if (own.isEmpty()) {
        waiting.remove(customer);
      }
    } finally {
      lock.unlock();
    }
  }
}
