package io.creditledger.streams.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The newest committed journal entries of the partitions this instance follows, bounded by number
 * of bytes: when room is needed, the oldest of all go first.
 */
final class RecentEntries {

  private record Entry(String customer, long sequence, String json) {
    int bytes() {
      return json.length() + customer.length() + 64;
    }
  }

  private final long bytesMax;
  private final Deque<Entry> oldestFirst = new ArrayDeque<>();
  private final Map<String, Deque<Entry>> byCustomer = new HashMap<>();
  private long bytes;

  RecentEntries(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized void add(String customer, long sequence, String json) {
    Deque<Entry> own = byCustomer.computeIfAbsent(customer, key -> new ArrayDeque<>(4));
    if (!own.isEmpty() && own.getLast().sequence() >= sequence) {
      return; // Read again after the partition came back to this instance.
    }
    Entry entry = new Entry(customer, sequence, json);
    own.addLast(entry);
    oldestFirst.addLast(entry);
    bytes += entry.bytes();
    while (bytes > bytesMax && oldestFirst.size() > 1) {
      drop(oldestFirst.removeFirst());
    }
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
        page.add(new EntryPage.Item(entry.sequence(), entry.json()));
        last = entry.sequence();
      }
    }
    return new EntryPage(page, last == 1);
  }
}
