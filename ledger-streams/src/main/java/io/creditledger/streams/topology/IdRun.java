package io.creditledger.streams.topology;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Ids and their segments in a file that does not change: a head, a filter, and an {@link IdPlace}
 * for each, in order. The file is mapped into memory, so what is looked into stays there as long as
 * the system has room.
 *
 * <p>A run that was sealed can be opened again, also by another process.
 */
final class IdRun {

  /** A file has no more places: together with its filter it can be mapped at once then. */
  static final int PLACES_MAX = 160_000_000;

  private static final long MAGIC = 0x63_6c_69_64_73_00_00_01L; // The last digit is the version.
  private static final int HEAD_WORDS = 8;
  private static final int HEAD_BYTES = HEAD_WORDS * Long.BYTES;

  /** From here on the checksum tells of changes. */
  private static final int CHECKED_FROM = 2 * Long.BYTES;

  private static final int CHUNK_BYTES = 64 << 10;

  /** From where the search begins to where it looks next. */
  private static final int STRIDE = 32;

  /**
   * What a file begins with.
   *
   * @param generation how often its places were merged
   * @param base of the places
   * @param last the greatest ordinal
   * @param count of the places
   * @param lines of the filter
   */
  private record Head(int generation, long base, long last, int count, int lines) {

    int filterAt() {
      return HEAD_WORDS;
    }

    int placesAt() {
      return HEAD_WORDS + lines * IdFilter.WORDS;
    }

    long bytes() {
      return (placesAt() + (long) count) * Long.BYTES;
    }

    ByteBuffer written(long checksum) {
      ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(MAGIC).putLong(checksum).putLong(generation).putLong(base).putLong(last);
      return bytes.putLong(count).putLong(lines).putLong(0).flip();
    }

    static Head in(LongBuffer words) {
      return new Head(
          (int) words.get(2), words.get(3), words.get(4), (int) words.get(5), (int) words.get(6));
    }
  }

  private final Path file;
  private final Head head;
  private final ByteBuffer bytes;
  private final LongBuffer words;
  private final LongBuffer places;
  private boolean sealed;

  private IdRun(Path file, Head head, ByteBuffer bytes, boolean sealed) {
    this.file = file;
    this.head = head;
    this.bytes = bytes;
    this.words = bytes.asLongBuffer();
    this.places = words.slice(head.placesAt(), head.count());
    this.sealed = sealed;
  }

  /** The run in a file; nothing where it was not sealed or has changed since. */
  static Optional<IdRun> open(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) < HEAD_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = mapped(file);
    LongBuffer words = bytes.asLongBuffer();
    Head head = Head.in(words);
    if (words.get(0) != MAGIC
        || bytes.capacity() != head.bytes()
        || words.get(1) != checksum(bytes.slice(CHECKED_FROM, HEAD_BYTES - CHECKED_FROM), bytes)) {
      return Optional.empty();
    }
    return Optional.of(new IdRun(file, head, bytes, /* sealed= */ true));
  }

  private static ByteBuffer mapped(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static long checksum(ByteBuffer head, ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(head);
    checksum.update(bytes.slice(HEAD_BYTES, bytes.capacity() - HEAD_BYTES));
    return checksum.getValue();
  }

  /** Has the file survive whatever becomes of this process and this machine. */
  void seal() throws IOException {
    if (sealed) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long checksum = checksum(head.written(0).position(CHECKED_FROM), bytes);
      channel.write(head.written(checksum), 0);
      channel.force(true);
    }
    sealed = true;
  }

  Path file() {
    return file;
  }

  /** How often its places were merged. */
  int generation() {
    return head.generation();
  }

  /** The ordinal that its places' steps begin at. */
  long base() {
    return head.base();
  }

  /** The greatest ordinal. */
  long last() {
    return head.last();
  }

  /** How many places it has. */
  int count() {
    return head.count();
  }

  /** A place, the lowest first. */
  long place(int at) {
    return places.get(at);
  }

  /** The ordinal of a place. */
  long ordinal(int at) {
    return head.base() + IdPlace.step(place(at));
  }

  /** Whether it surely has no id of that hash. */
  boolean lacks(long hash) {
    int line = head.filterAt() + IdFilter.line(hash, head.lines()) * IdFilter.WORDS;
    for (long bits = IdFilter.bits(hash); bits != 1; bits = IdFilter.next(bits)) {
      if ((words.get(line + IdFilter.word(bits)) & IdFilter.bit(bits)) == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * How many places are of that hash or of lower ones. The search begins where it would end if
   * hashes were spread evenly, as they are unless somebody chooses them.
   */
  int upTo(long hash) {
    long last = IdPlace.last(hash);
    int guess = (int) (((hash >>> 8) * head.count()) >>> (IdHash.BITS - 8));
    int low = guess;
    int high = guess;
    for (int stride = STRIDE; low > 0 && place(low) > last; stride *= 4) {
      low = Math.max(0, low - stride);
    }
    for (int stride = STRIDE; high < head.count() && place(high) <= last; stride *= 4) {
      high = high > head.count() - stride ? head.count() : high + stride;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (place(middle) <= last) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Writes a run's file. */
  static final class Writer implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final int generation;
    private final long base;
    private final int lines;
    private final Words filter;
    private final Words places;
    private final long[] line = new long[IdFilter.WORDS];
    private int lineNow;
    private int count;
    private long stepMax;

    /**
     * Begins a file, in the place of one that is there.
     *
     * @param base of the places
     * @param room how many places there are at most
     */
    Writer(Path file, int generation, long base, int room) throws IOException {
      this.file = file;
      this.generation = generation;
      this.base = base;
      this.lines = IdFilter.lines(room);
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      long placesAt = HEAD_BYTES + (long) lines * IdFilter.WORDS * Long.BYTES;
      this.filter = new Words(channel, HEAD_BYTES);
      this.places = new Words(channel, placesAt);
    }

    /** Adds a place, which is not below the one before. */
    void add(long place) throws IOException {
      long hash = IdPlace.hash(place);
      int lineOf = IdFilter.line(hash, lines);
      while (lineNow < lineOf) {
        endLine();
      }
      for (long bits = IdFilter.bits(hash); bits != 1; bits = IdFilter.next(bits)) {
        line[IdFilter.word(bits)] |= IdFilter.bit(bits);
      }
      places.add(place);
      count++;
      stepMax = Math.max(stepMax, IdPlace.step(place));
    }

    private void endLine() throws IOException {
      for (int i = 0; i < line.length; i++) {
        filter.add(line[i]);
        line[i] = 0;
      }
      lineNow++;
    }

    /** The run, once all places were added. */
    IdRun end() throws IOException {
      while (lineNow < lines) {
        endLine();
      }
      filter.flush();
      places.flush();
      channel.close();
      Head head = new Head(generation, base, base + stepMax, count, lines);
      return new IdRun(file, head, mapped(file), /* sealed= */ false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Words that are written one behind the other. */
  private static final class Words {
    private final FileChannel channel;
    private final ByteBuffer chunk =
        ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long at;

    Words(FileChannel channel, long at) {
      this.channel = channel;
      this.at = at;
    }

    void add(long word) throws IOException {
      if (!chunk.hasRemaining()) {
        flush();
      }
      chunk.putLong(word);
    }

    void flush() throws IOException {
      chunk.flip();
      while (chunk.hasRemaining()) {
        at += channel.write(chunk, at);
      }
      chunk.clear();
    }
  }
}
