package io.creditledger.streams.topology;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** What a store has, in the order of its keys, with newer values laid over it. */
final class OverlaidIterator implements KeyValueIterator<Bytes, byte[]> {

  private final Iterator<Map.Entry<Bytes, byte[]>> newer;
  private final KeyValueIterator<Bytes, byte[]> store;
  private Map.Entry<Bytes, byte[]> nextNewer;

  /**
   * Both from where they stand.
   *
   * @param store closed with this
   */
  OverlaidIterator(NavigableMap<Bytes, byte[]> newer, KeyValueIterator<Bytes, byte[]> store) {
    this.newer = newer.entrySet().iterator();
    this.store = store;
    advance();
  }

  private void advance() {
    nextNewer = newer.hasNext() ? newer.next() : null;
  }

  /** Below 0: the store's comes next; 0: both have the same key; above 0: the newer one's. */
  private int order() {
    if (nextNewer == null) {
      return -1;
    }
    return store.hasNext() ? store.peekNextKey().compareTo(nextNewer.getKey()) : 1;
  }

  @Override
  public boolean hasNext() {
    return nextNewer != null || store.hasNext();
  }

  @Override
  public Bytes peekNextKey() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return order() < 0 ? store.peekNextKey() : nextNewer.getKey();
  }

  @Override
  public KeyValue<Bytes, byte[]> next() {
    int order = order();
    if (order < 0) {
      return store.next();
    }
    if (order == 0) {
      store.next();
    }
    KeyValue<Bytes, byte[]> next = KeyValue.pair(nextNewer.getKey(), nextNewer.getValue());
    advance();
    return next;
  }

  @Override
  public void close() {
    store.close();
  }
}
