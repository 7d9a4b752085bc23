package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdRunTest {

  private static final long HASH_MAX = (1L << IdHash.BITS) - 1;

  @TempDir private Path directory;

  @Test
  void each_place_is_found_however_hashes_are_spread() throws IOException {
    for (long seed = 0; seed < 60; seed++) {
      // given
      SplittableRandom random = new SplittableRandom(seed);
      long[] places = places(random);
      IdRun run = written(directory.resolve("run-" + seed), 1_000, places);

      for (int i = 0; i < 500; i++) {
        // when
        long hash =
            random.nextBoolean() && places.length > 0
                ? IdPlace.hash(places[random.nextInt(places.length)])
                : i == 0 ? HASH_MAX : random.nextLong(HASH_MAX + 1);

        // then
        long upTo = LongStream.of(places).filter(place -> IdPlace.hash(place) <= hash).count();
        assertThat(run.upTo(hash)).isEqualTo((int) upTo);
        if (LongStream.of(places).anyMatch(place -> IdPlace.hash(place) == hash)) {
          assertThat(run.lacks(hash)).isFalse();
        }
      }
    }
  }

  @Test
  void a_sealed_run_is_what_it_was_when_it_is_opened_again() throws IOException {
    // given
    long[] places = {
      IdPlace.of(3, 2, true), IdPlace.of(3, 7, false), IdPlace.of(HASH_MAX, 0, true)
    };
    Path file = directory.resolve("0");
    IdRun run = written(file, 40, places);

    // when
    boolean before = IdRun.open(file).isPresent();
    run.seal();
    run.seal();
    IdRun opened = IdRun.open(file).orElseThrow();

    // then
    assertThat(before).isFalse();
    assertThat(opened.generation()).isEqualTo(2);
    assertThat(opened.base()).isEqualTo(40);
    assertThat(opened.last()).isEqualTo(47);
    assertThat(opened.count()).isEqualTo(3);
    assertThat(opened.place(1)).isEqualTo(places[1]);
    assertThat(opened.ordinal(1)).isEqualTo(47);
    assertThat(opened.upTo(3)).isEqualTo(2);
    assertThat(opened.lacks(HASH_MAX)).isFalse();
  }

  @Test
  void a_file_that_is_not_whole_is_not_opened() throws IOException {
    // given
    Path file = directory.resolve("0");
    written(file, 0, places(new SplittableRandom(1))).seal();
    byte[] whole = Files.readAllBytes(file);

    // then
    assertThat(IdRun.open(file)).isPresent();
    assertThat(IdRun.open(directory.resolve("1"))).isEmpty();
    for (int length : new int[] {0, 63, 64, whole.length - 8, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(IdRun.open(file)).as("%d bytes", length).isEmpty();
    }
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[i < 64 ? i : random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(IdRun.open(file)).isEmpty();
    }
  }

  /** A run of generation 2. */
  static IdRun written(Path file, long base, long[] places) throws IOException {
    try (IdRun.Writer writer = new IdRun.Writer(file, 2, base, places.length)) {
      for (long place : places) {
        writer.add(place);
      }
      return writer.end();
    }
  }

  /** Up to some thousands, evenly spread or many in a corner. */
  private static long[] places(SplittableRandom random) {
    long spread = 1L << random.nextInt(3, IdHash.BITS + 1);
    long from = random.nextLong(HASH_MAX + 2 - spread);
    return LongStream.generate(
            () ->
                IdPlace.of(from + random.nextLong(spread), random.nextInt(9), random.nextBoolean()))
        .limit(random.nextInt(1, 4_000))
        .sorted()
        .toArray();
  }
}
