package io.creditledger.streams.audit;

import io.creditledger.core.account.Memo;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.MemoCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is remembered of events, in a temporary file with an index in memory of about 30 bytes for
 * each event. Nearly every event is new, which the index answers alone; the file is read for
 * duplicates, settlements and reversals. Events whose time is over leave the index when it would
 * grow. Not for use by several threads.
 */
final class SpilledMemos implements AutoCloseable {

  private static final int CAPACITY_FIRST = 1 << 10;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int HEAD_BYTES = 2 * Integer.BYTES;

  /** A slot holds a place in the file below, and the hour it was recorded above. */
  private static final int PLACE_BITS = 40;

  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
  private static final long FOR_EVER = (1L << (Long.SIZE - PLACE_BITS - 1)) - 1;
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final FileChannel file;
  private final Supplier<Duration> retention;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long flushed;

  /** A hash and a slot beside each other, so that a look into it misses the caches once. */
  private long[] table = new long[2 * CAPACITY_FIRST];

  private int used;
  private long latestHour;

  /**
   * Remembers nothing yet.
   *
   * @param retention after which an event is forgotten, unless it came as a grant event; as of now
   */
  SpilledMemos(Supplier<Duration> retention) {
    this.retention = retention;
    try {
      Path path = Files.createTempFile("ledger-audit-", ".memos");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      buffer.put((byte) 0); // No record begins at 0, which stands for an empty slot.
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file can be made", e);
    }
  }

  /** What is remembered of an event. */
  Optional<Memo> find(CustomerId customer, EventId id) {
    long hash = hash(customer, id);
    for (int at = first(hash); table[at + 1] != 0; at = next(at)) {
      if (table[at] == hash) {
        Kept kept = read(table[at + 1] & PLACE_MASK);
        if (Arrays.equals(kept.key(), key(customer, id))) {
          return Optional.of(MemoCodec.read(id, kept.value()));
        }
      }
    }
    return Optional.empty();
  }

  /** Remembers an event, in place of what was remembered of it. */
  void keep(CustomerId customer, Memo memo) {
    long hour = hour(memo.recordedAt());
    latestHour = Math.max(latestHour, hour);
    if (used * 4 >= table.length) {
      makeRoom();
    }
    long hash = hash(customer, memo.id());
    int at = at(hash, customer, memo.id());
    if (table[at + 1] == 0) {
      used++;
    }
    long place = append(key(customer, memo.id()), MemoCodec.write(memo));
    table[at] = hash;
    table[at + 1] = (memo.source() == Source.GRANT ? FOR_EVER : hour) << PLACE_BITS | place;
  }

  /** Where the table has the event, or the empty place where it belongs. */
  private int at(long hash, CustomerId customer, EventId id) {
    int at = first(hash);
    while (table[at + 1] != 0
        && !(table[at] == hash
            && Arrays.equals(read(table[at + 1] & PLACE_MASK).key(), key(customer, id)))) {
      at = next(at);
    }
    return at;
  }

  private int first(long hash) {
    return ((int) hash << 1) & (table.length - 1);
  }

  private int next(int at) {
    return (at + 2) & (table.length - 1);
  }

  private void makeRoom() {
    long[] old = table;
    long over = latestHour - retention.get().toHours() - 1;
    used = 0;
    for (int i = 0; i < old.length; i += 2) {
      used += living(old[i + 1], over) ? 1 : 0;
    }
    table = new long[used * 8 >= old.length ? old.length * 2 : old.length];
    for (int i = 0; i < old.length; i += 2) {
      if (living(old[i + 1], over)) {
        int at = first(old[i]);
        while (table[at + 1] != 0) {
          at = next(at);
        }
        table[at] = old[i];
        table[at + 1] = old[i + 1];
      }
    }
  }

  private static boolean living(long slot, long over) {
    return slot != 0 && slot >>> PLACE_BITS >= over;
  }

  private static long hour(Instant at) {
    return Math.clamp(at.getEpochSecond() / SECONDS_PER_HOUR, 0, FOR_EVER - 1);
  }

  private long append(byte[] key, byte[] value) {
    int size = HEAD_BYTES + key.length + value.length;
    if (buffer.remaining() < size) {
      flush();
    }
    long place = flushed + buffer.position();
    if (size > buffer.capacity()) {
      write(put(ByteBuffer.allocate(size), key, value).flip());
    } else {
      put(buffer, key, value);
    }
    return place;
  }

  private static ByteBuffer put(ByteBuffer to, byte[] key, byte[] value) {
    return to.putInt(key.length).putInt(value.length).put(key).put(value);
  }

  private void flush() {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        flushed += file.write(bytes, flushed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary file cannot be written", e);
    }
  }

  /** One record of the file. */
  private static final class Kept {
    private final byte[] key;
    private final byte[] value;

    Kept(byte[] key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    byte[] key() {
      return key;
    }

    byte[] value() {
      return value;
    }
  }

  private Kept read(long place) {
    ByteBuffer head = bytes(place, HEAD_BYTES);
    byte[] key = new byte[head.getInt()];
    byte[] value = new byte[head.getInt()];
    bytes(place + HEAD_BYTES, key.length + value.length).get(key).get(value);
    return new Kept(key, value);
  }

  private ByteBuffer bytes(long place, int size) {
    if (place >= flushed) {
      return buffer.duplicate().limit(buffer.capacity()).slice((int) (place - flushed), size);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    try {
      long at = place;
      while (bytes.hasRemaining()) {
        int read = file.read(bytes, at);
        if (read < 0) {
          throw new IllegalStateException("the temporary file was cut short");
        }
        at += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary file cannot be read", e);
    }
    return bytes.flip();
  }

  private static byte[] key(CustomerId customer, EventId id) {
    return (customer.value() + '\n' + id.value()).getBytes(StandardCharsets.UTF_8);
  }

  /** FNV-1a, its bits mixed once more: the lowest choose the slot. */
  private static long hash(CustomerId customer, EventId id) {
    long hash = hashed(hashed(0xcbf29ce484222325L, customer.value()) * FNV_PRIME, id.value());
    hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
    return hash ^ hash >>> 32;
  }

  private static long hashed(long before, String text) {
    long hash = before;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary file cannot be closed", e);
    }
  }
}
