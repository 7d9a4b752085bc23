package io.creditledger.streams.topology;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes one run of several that follow each other, some places at a time, and leaves out what was
 * swept meanwhile. The several stay as they are.
 */
final class IdMerge implements Closeable {

  private final List<IdRun> sources;
  private final Path file;
  private final IdRun.Writer target;
  private final long base;

  /** How many of each source's places are done. */
  private final int[] done;

  /** The next place of each source, from the common base. */
  private final long[] next;

  /**
   * Begins to merge.
   *
   * @param sources that {@link #fits fit} together
   * @param file where the one goes
   */
  IdMerge(List<IdRun> sources, Path file) throws IOException {
    this.sources = List.copyOf(sources);
    this.file = file;
    this.base = base(sources);
    int generation = 1 + sources.getFirst().generation();
    this.target = new IdRun.Writer(file, generation, base, (int) count(sources));
    this.done = new int[sources.size()];
    this.next = new long[sources.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = place(i);
    }
  }

  /** Whether one run can have all that these have. */
  static boolean fits(List<IdRun> sources) {
    long last = sources.stream().mapToLong(IdRun::last).max().orElseThrow();
    return count(sources) <= IdRun.PLACES_MAX && last - base(sources) <= IdPlace.STEP_MAX;
  }

  private static long count(List<IdRun> sources) {
    return sources.stream().mapToLong(IdRun::count).sum();
  }

  private static long base(List<IdRun> sources) {
    return sources.stream().mapToLong(IdRun::base).min().orElseThrow();
  }

  List<IdRun> sources() {
    return sources;
  }

  /**
   * Merges some more.
   *
   * @param atMost so many places
   * @param sweptBefore ordinals below it are left out
   * @return whether that was all
   */
  boolean step(int atMost, long sweptBefore) throws IOException {
    for (int i = 0; i < atMost; i++) {
      int lowest = lowest();
      long place = next[lowest];
      if (place == IdPlace.NONE) {
        return true;
      }
      if (base + IdPlace.step(place) >= sweptBefore) {
        target.add(place);
      }
      done[lowest]++;
      next[lowest] = place(lowest);
    }
    return false;
  }

  private int lowest() {
    int lowest = 0;
    for (int i = 1; i < next.length; i++) {
      if (next[i] < next[lowest]) {
        lowest = i;
      }
    }
    return lowest;
  }

  private long place(int source) {
    IdRun run = sources.get(source);
    return done[source] == run.count()
        ? IdPlace.NONE
        : IdPlace.fromBaseBelow(run.place(done[source]), run.base() - base);
  }

  /** The one run, after all {@link #step steps}. */
  IdRun end() throws IOException {
    return target.end();
  }

  /** Gives up what was merged so far. */
  @Override
  public void close() throws IOException {
    target.close();
    Files.deleteIfExists(file);
  }
}
