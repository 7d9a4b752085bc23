package io.creditledger.streams.query;

import io.creditledger.streams.topology.Decided;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Entries that nobody has asked for yet, in the order in which they were added, packed into chunks.
 * The oldest are let go by the chunk, whose room the newest are packed into next. For any threads;
 * none waits for longer than it takes to pack an entry or to hand a chunk over.
 */
final class ArrivedEntries {

  private final int chunkBytes;
  private final Deque<EntryChunk> full = new ArrayDeque<>();
  private final Deque<EntryChunk> free = new ArrayDeque<>();
  private EntryChunk open;

  /**
   * None yet.
   *
   * @param chunkBytes room of a chunk; an entry that is larger has one of its own
   */
  ArrivedEntries(int chunkBytes) {
    this.chunkBytes = chunkBytes;
    this.open = new EntryChunk(chunkBytes);
  }

  /** Adds an entry, and what it counts: one or more. */
  synchronized void add(Decided.Entry entry, long counts) {
    if (!open.fits(entry)) {
      int size = EntryChunk.sizeOf(entry);
      next(size > chunkBytes ? new EntryChunk(size) : room());
    }
    open.add(entry, counts);
  }

  private void next(EntryChunk chunk) {
    if (!open.isEmpty()) {
      full.add(open);
    }
    open = chunk;
  }

  private EntryChunk room() {
    EntryChunk used = free.poll();
    return used != null ? used : new EntryChunk(chunkBytes);
  }

  /** Takes all of them out, oldest first; the chunks are the taker's. */
  synchronized List<EntryChunk> takeAll() {
    if (!open.isEmpty()) {
      next(room());
    }
    List<EntryChunk> all = new ArrayList<>(full);
    full.clear();
    return all;
  }

  /** Lets the oldest chunk go that is full, and returns what it counted; 0 if none is full. */
  synchronized long dropOldest() {
    EntryChunk oldest = full.poll();
    if (oldest == null) {
      return 0;
    }
    long counted = oldest.counted();
    if (oldest.size() == chunkBytes) {
      oldest.clear();
      free.add(oldest);
    }
    return counted;
  }
}
