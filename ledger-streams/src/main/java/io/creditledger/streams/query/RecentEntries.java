package io.creditledger.streams.query;

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
import org.apache.kafka.common.utils.Bytes;

/**
 * The newest committed journal entries of the partitions this instance follows, bounded by number
 * of bytes: when room is needed, the oldest of all go first.
 */
final class RecentEntries {

  private record Entry(String customer, long sequence, Bytes json) {
    int bytes() {
      return json.get().length + customer.length() + 64;
    }

    EntryPage.Item item() {
      return new EntryPage.Item(sequence, new String(json.get(), StandardCharsets.UTF_8));
    }
  }

  /** Who waits for an entry after that one. */
  private record Waiter(long after, CompletableFuture<Void> arrival) {}

  private final long bytesMax;
  private final Deque<Entry> oldestFirst = new ArrayDeque<>();
  private final Map<String, Deque<Entry>> byCustomer = new HashMap<>();
  private final Map<String, List<Waiter>> waiting = new HashMap<>();
  private long bytes;

  RecentEntries(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Adds an entry; its bytes are kept as they are and not to be changed. */
  void add(String customer, long sequence, byte[] json) {
    for (Waiter woken : keep(customer, sequence, json)) {
      woken.arrival().complete(null);
    }
  }

  /** Keeps an entry; who waited for it is to be woken. */
  private synchronized List<Waiter> keep(String customer, long sequence, byte[] json) {
    Deque<Entry> own = byCustomer.computeIfAbsent(customer, key -> new ArrayDeque<>(4));
    if (!own.isEmpty() && own.getLast().sequence() >= sequence) {
      return List.of(); // Read again after the partition came back to this instance.
    }
    Entry entry = new Entry(customer, sequence, Bytes.wrap(json));
    own.addLast(entry);
    oldestFirst.addLast(entry);
    bytes += entry.bytes();
    while (bytes > bytesMax && oldestFirst.size() > 1) {
      drop(oldestFirst.removeFirst());
    }
    List<Waiter> woken = waiting.get(customer);
    return woken == null
        ? List.of()
        : woken.stream().filter(waiter -> waiter.after() < sequence).toList();
  }

  private void drop(Entry oldest) {
    bytes -= oldest.bytes();
    Deque<Entry> own = byCustomer.get(oldest.customer());
    own.removeFirst();
    if (own.isEmpty()) {
      byCustomer.remove(oldest.customer());
    }
  }

  synchronized EntryPage page(String customer, OptionalLong before, int limit) {
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
  synchronized EntryPage after(String customer, long after, int limit) {
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
  synchronized CompletableFuture<Void> arrivalAfter(String customer, long after) {
    Deque<Entry> own = byCustomer.getOrDefault(customer, new ArrayDeque<>());
    if (!own.isEmpty() && own.getLast().sequence() > after) {
      return CompletableFuture.completedFuture(null);
    }
    Waiter waiter = new Waiter(after, new CompletableFuture<>());
    waiting.computeIfAbsent(customer, key -> new ArrayList<>()).add(waiter);
    var unused = waiter.arrival().whenComplete((done, failure) -> forget(customer, waiter));
    return waiter.arrival();
  }

  private synchronized void forget(String customer, Waiter waiter) {
    List<Waiter> own = waiting.getOrDefault(customer, new ArrayList<>());
    own.remove(waiter);
    if (own.isEmpty()) {
      waiting.remove(customer);
    }
  }
}
