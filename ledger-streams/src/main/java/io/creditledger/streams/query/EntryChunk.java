package io.creditledger.streams.query;

import io.creditledger.streams.topology.Decided;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/**
 * Entries as bytes one behind the other, in room that is used again. Nearly all are let go unread
 * within a second, which is long enough for the collector to copy each of them, once or twice; in
 * an array that stays it has nothing to do with them. Not for use by several threads.
 */
final class EntryChunk {

  private static final int LENGTHS = 2 * Integer.BYTES;

  private final ByteBuffer room;
  private long counted;

  /** Room for so many bytes. */
  EntryChunk(int size) {
    room = ByteBuffer.allocate(size);
  }

  /** How much room an entry takes. */
  static int sizeOf(Decided.Entry entry) {
    return LENGTHS + entry.customer().get().length + entry.json().get().length;
  }

  /** All the room it has, taken or not. */
  int size() {
    return room.capacity();
  }

  boolean isEmpty() {
    return room.position() == 0;
  }

  boolean fits(Decided.Entry entry) {
    return sizeOf(entry) <= room.remaining();
  }

  /** Adds an entry that fits, and what it counts. */
  void add(Decided.Entry entry, long counts) {
    byte[] customer = entry.customer().get();
    byte[] json = entry.json().get();
    room.putInt(customer.length).putInt(json.length).put(customer).put(json);
    counted += counts;
  }

  /** What its entries count together. */
  long counted() {
    return counted;
  }

  /** Gives each entry's customer and JSON, in arrays of their own, in the order of adding. */
  void forEach(BiConsumer<byte[], byte[]> taker) {
    ByteBuffer entries = room.duplicate().flip();
    while (entries.hasRemaining()) {
      byte[] customer = new byte[entries.getInt()];
      byte[] json = new byte[entries.getInt()];
      entries.get(customer).get(json);
      taker.accept(customer, json);
    }
  }

  /** Makes all the room free. */
  void clear() {
    room.clear();
    counted = 0;
  }
}
