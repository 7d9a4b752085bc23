package io.creditledger.streams.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Entries for one page. A chain takes only what follows without a gap on what it has, so that pages
 * from two places meet or end; a loose one takes all.
 */
final class EntryChain {

  /** What may follow. */
  private enum Link {
    ANY,
    ONE_LESS,
    ONE_MORE
  }

  private final Link link;
  private final List<String> bodies = new ArrayList<>();
  private boolean open;
  private long last;

  private EntryChain(Link link) {
    this.link = link;
    this.open = true;
  }

  /** Newest first, beginning anywhere. */
  static EntryChain back() {
    return new EntryChain(Link.ONE_LESS);
  }

  /** Oldest first, beginning right after an entry. */
  static EntryChain onFrom(long sequence) {
    EntryChain chain = new EntryChain(Link.ONE_MORE);
    chain.open = false;
    chain.last = sequence;
    return chain;
  }

  /** Entries that need not follow on each other. */
  static EntryChain loose() {
    return new EntryChain(Link.ANY);
  }

  /** Adds an entry if it follows. */
  void add(long sequence, String body) {
    if (open || follows(sequence)) {
      bodies.add(body);
      last = sequence;
      open = false;
    }
  }

  private boolean follows(long sequence) {
    return switch (link) {
      case ANY -> true;
      case ONE_LESS -> sequence == last - 1;
      case ONE_MORE -> sequence == last + 1;
    };
  }

  boolean isEmpty() {
    return bodies.isEmpty();
  }

  int size() {
    return bodies.size();
  }

  /** The sequence number of the last one added. */
  long last() {
    return last;
  }

  List<String> bodies() {
    return List.copyOf(bodies);
  }
}
