package io.creditledger.streams.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * In which segments an id may be: for each {@link IdHash} the ordinals of the segments that have an
 * id of it. Whoever asks looks into the segments, since ids that differ may have one hash.
 *
 * <p>What is new waits in memory until it fills its room, and goes down sorted, as a run of its
 * own. Runs are merged, so that there are few of them: so many of one generation become one of the
 * next, a little with each id that is added. A list on the disk of the segments names the runs;
 * files that it does not name are nobody's. One thread changes the index, any thread asks it for
 * ordinals.
 */
final class IdIndex {

  /** So many ids wait at most; to sort them and write them down takes some 10 ms. */
  static final int WAITING_MAX = 1 << 17;

  private static final int SLOT_MASK = 2 * WAITING_MAX - 1;

  /** So many runs of a generation become one. */
  static final int MERGED = 4;

  /** After so many new ids merges go on. */
  private static final int MERGE_EVERY = 256;

  /**
   * For each new id a merge does so many places. One of a generation has to end before there are so
   * many runs of it again, for which one would do.
   */
  private static final int MERGED_FOR_EACH = 2;

  private static final byte LIST_VERSION = 1;
  private static final String SUFFIX = ".ids";
  private static final long[] NOWHERE = {};
  private static final long NO_HASH = -1;

  private final KeyValueStore<Bytes, byte[]> disk;

  /**
   * The {@link IdPlace} of each id that waits, inverted, so that 0 is none. It is in its hash's
   * slot or in the first behind it that was free, those of one hash in the order in which they
   * came.
   */
  private final long[] waiting = new long[2 * WAITING_MAX];

  private int count;

  /** Of the places that wait. */
  private long base;

  /** The hash that was found to be new last, until one is added. */
  private long newHash = NO_HASH;

  /** The oldest first, so that those merged more often come before the others. */
  private final List<IdRun> runs = new ArrayList<>();

  /** The same, the newest first: each new id asks all of them. */
  private IdRun[] newestRuns = {};

  private final List<IdMerge> merges = new ArrayList<>();

  /** So many ids were added since merges went on. */
  private int unmerged;

  private Path directory = Path.of("");
  private long nextFile;
  private long sweptBefore;

  /**
   * An index that is to be opened.
   *
   * @param disk where the list of runs is, beside other keys
   */
  IdIndex(KeyValueStore<Bytes, byte[]> disk) {
    this.disk = disk;
  }

  /**
   * Begins with the runs that the list names.
   *
   * @param files the directory of the runs, which nobody else uses
   * @return whether all that it once had is there; if not it is empty
   */
  synchronized boolean open(Path files) {
    close();
    forget();
    directory = files;
    sweptBefore = 0;
    runs.clear();
    try {
      Files.createDirectories(directory);
      boolean whole = openListed();
      if (!whole) {
        runs.clear();
      }
      deleteOthers();
      arrange();
      return whole;
    } catch (IOException e) {
      throw failed("opened", e);
    }
  }

  private boolean openListed() throws IOException {
    byte[] list = disk.get(StoreKeys.INDEX);
    if (list == null || list[0] != LIST_VERSION) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(list).position(1);
    while (in.hasRemaining()) {
      Optional<IdRun> run = IdRun.open(file(in.getLong()));
      if (run.isEmpty()) {
        return false;
      }
      runs.add(run.get());
    }
    return true;
  }

  /** What is left of before, as after a crash; new files are numbered from above what stays. */
  private void deleteOthers() throws IOException {
    List<Path> kept = runs.stream().map(IdRun::file).toList();
    try (Stream<Path> there = Files.list(directory)) {
      for (Path file : there.toList()) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    }
    nextFile = 1 + kept.stream().mapToLong(IdIndex::number).max().orElse(-1);
  }

  private Path file(long number) {
    return directory.resolve(number + SUFFIX);
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** Whether surely no segment has an id of that hash. For the thread that changes the index. */
  boolean isNew(long hash) {
    for (int slot = slot(hash); waiting[slot] != 0; slot = after(slot)) {
      if (IdPlace.hash(~waiting[slot]) == hash) {
        return false;
      }
    }
    for (IdRun run : newestRuns) {
      if (!run.lacks(hash)) {
        return false;
      }
    }
    newHash = hash;
    return true;
  }

  /**
   * Notes that a segment has an id.
   *
   * @param ordinal the segment's
   */
  synchronized void add(long hash, long ordinal) {
    boolean isNew = hash == newHash || isNew(hash);
    newHash = NO_HASH;
    boolean within = ordinal >= base && ordinal - base <= IdPlace.STEP_MAX;
    if (count == WAITING_MAX || !within) {
      write();
    }
    if (count == 0) {
      base = ordinal;
    }
    int slot = slot(hash);
    while (waiting[slot] != 0) {
      slot = after(slot);
    }
    waiting[slot] = ~IdPlace.of(hash, ordinal - base, isNew);
    count++;
    if (++unmerged == MERGE_EVERY) {
      unmerged = 0;
      merge();
    }
  }

  /** The segments that have an id of that hash, the newest first. */
  synchronized long[] ordinals(long hash) {
    long[] ordinals = NOWHERE;
    int slot = slot(hash);
    while (waiting[slot] != 0) {
      slot = after(slot);
    }
    for (slot = before(slot); waiting[slot] != 0; slot = before(slot)) {
      long place = ~waiting[slot];
      if (IdPlace.hash(place) == hash) {
        ordinals = with(ordinals, base + IdPlace.step(place));
        if (IdPlace.isNew(place)) {
          return ordinals;
        }
      }
    }
    for (IdRun run : newestRuns) {
      if (run.lacks(hash)) {
        continue;
      }
      for (int at = run.upTo(hash) - 1; at >= 0; at--) {
        long place = run.place(at);
        if (IdPlace.hash(place) != hash) {
          break;
        }
        ordinals = with(ordinals, run.ordinal(at));
        if (IdPlace.isNew(place)) {
          return ordinals;
        }
      }
    }
    return ordinals;
  }

  /** The ordinals and one more at their end, unless it was swept or stands there. */
  private long[] with(long[] ordinals, long more) {
    int length = ordinals.length;
    if (more < sweptBefore || (length > 0 && ordinals[length - 1] == more)) {
      return ordinals;
    }
    long[] longer = Arrays.copyOf(ordinals, length + 1);
    longer[length] = more;
    return longer;
  }

  /** Notes that there are no segments any more whose ordinals are below that. */
  synchronized void sweptBefore(long ordinal) {
    sweptBefore = ordinal;
    while (!runs.isEmpty() && runs.getFirst().last() < ordinal && !isMerged(runs.getFirst())) {
      delete(List.of(runs.removeFirst()));
    }
    arrange();
  }

  /** Writes what waits as a run. */
  private void write() {
    if (count == 0) {
      return;
    }
    try (IdRun.Writer writer = new IdRun.Writer(file(nextFile++), 0, base, count)) {
      for (long place : sorted()) {
        writer.add(place);
      }
      runs.add(writer.end());
    } catch (IOException e) {
      throw failed("written", e);
    }
    forget();
    arrange();
  }

  private long[] sorted() {
    long[] places = new long[count];
    int at = 0;
    for (long place : waiting) {
      if (place != 0) {
        places[at++] = ~place;
      }
    }
    Arrays.sort(places);
    return places;
  }

  private void forget() {
    Arrays.fill(waiting, 0);
    count = 0;
    newHash = NO_HASH;
  }

  /** Has all that was added survive the process, and names it in the list. */
  synchronized void settle() {
    write();
    ByteBuffer list = ByteBuffer.allocate(1 + runs.size() * Long.BYTES).put(LIST_VERSION);
    try {
      for (IdRun run : runs) {
        run.seal();
        list.putLong(number(run.file()));
      }
    } catch (IOException e) {
      throw failed("written", e);
    }
    disk.put(StoreKeys.INDEX, list.array());
  }

  /** Gives up merges that have not ended. */
  synchronized void close() {
    try {
      for (IdMerge merge : merges) {
        merge.close();
      }
    } catch (IOException e) {
      throw failed("closed", e);
    }
    merges.clear();
  }

  private void merge() {
    try {
      for (IdMerge merge : List.copyOf(merges)) {
        if (merge.step(MERGED_FOR_EACH * MERGE_EVERY, sweptBefore)) {
          int at = runs.indexOf(merge.sources().getFirst());
          runs.removeAll(merge.sources());
          runs.add(at, merge.end());
          merges.remove(merge);
          delete(merge.sources());
          arrange();
        }
      }
    } catch (IOException e) {
      throw failed("merged", e);
    }
  }

  /** Begins the merges that are due, after the runs have changed. */
  private void arrange() {
    newestRuns = runs.reversed().toArray(IdRun[]::new);
    int generations = runs.isEmpty() ? 0 : 1 + runs.getFirst().generation();
    for (int generation = 0; generation < generations; generation++) {
      List<IdRun> due = notMerged(generation);
      if (due.size() >= MERGED && IdMerge.fits(due)) {
        try {
          merges.add(new IdMerge(due, file(nextFile++)));
        } catch (IOException e) {
          throw failed("merged", e);
        }
      }
    }
  }

  private List<IdRun> notMerged(int generation) {
    return runs.stream().filter(run -> run.generation() == generation && !isMerged(run)).toList();
  }

  private boolean isMerged(IdRun run) {
    return merges.stream().anyMatch(merge -> merge.sources().contains(run));
  }

  /** What the list still names is missed when it is opened after a crash, and made anew then. */
  private static void delete(List<IdRun> gone) {
    try {
      for (IdRun run : gone) {
        Files.delete(run.file());
      }
    } catch (IOException e) {
      throw failed("deleted", e);
    }
  }

  private static UncheckedIOException failed(String what, IOException e) {
    return new UncheckedIOException("the index of ids could not be " + what, e);
  }

  private static int slot(long hash) {
    return (int) hash & SLOT_MASK;
  }

  private static int after(int slot) {
    return (slot + 1) & SLOT_MASK;
  }

  private static int before(int slot) {
    return (slot - 1) & SLOT_MASK;
  }
}
