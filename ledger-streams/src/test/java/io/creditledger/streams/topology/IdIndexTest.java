package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdIndexTest {

  private static final long HASH_MAX = (1L << IdHash.BITS) - 1;

  @TempDir private Path directory;

  private final KeyValueStore<Bytes, byte[]> disk =
      new CommittingStores(Path.of("unused")).open(CommittingStores.memory());

  @Test
  void it_knows_the_segments_of_each_hash_whether_they_wait_or_not() {
    for (long seed = 0; seed < 15; seed++) {
      // given
      SplittableRandom random = new SplittableRandom(seed);
      Path files = directory.resolve("seed-" + seed);
      IdIndex index = new IdIndex(disk);
      index.open(files);
      Map<Long, NavigableSet<Long>> model = new HashMap<>();
      long ordinal = random.nextLong(1L << 40);
      long swept = 0;

      // when
      for (int step = 0; step < 5_000; step++) {
        // Some are next to the greatest, some differ in their upper bits alone.
        long hash =
            random.nextInt(5) == 0
                ? HASH_MAX - random.nextInt(300)
                : random.nextInt(100) | (long) random.nextInt(3) << 30;
        switch (random.nextInt(24)) {
          case 0, 1 -> ordinal += random.nextInt(3);
          case 2 -> ordinal += random.nextInt(40_000);
          case 3 -> ordinal += random.nextInt(10) == 0 ? IdPlace.STEP_MAX : 1;
          case 4 -> {
            swept = Math.max(swept, ordinal - random.nextInt(80_000));
            index.sweptBefore(swept);
          }
          case 5 -> index.settle();
          case 6 -> {
            index.settle();
            assertThat(index.open(files)).isTrue();
          }
          default -> {
            index.add(hash, ordinal);
            model.computeIfAbsent(hash, none -> new TreeSet<>()).add(ordinal);
          }
        }
      }

      // then
      index.sweptBefore(swept);
      check(index, model, swept);
      index.settle();
      IdIndex opened = new IdIndex(disk);
      assertThat(opened.open(files)).isTrue();
      opened.sweptBefore(swept);
      check(opened, model, swept);
    }
  }

  @Test
  void more_than_there_is_room_for_goes_to_files_which_are_merged() throws IOException {
    // given
    IdIndex index = new IdIndex(disk);
    index.open(directory);
    int count = 3 * IdIndex.MERGED * IdIndex.WAITING_MAX;

    // when
    for (int i = 0; i < count; i++) {
      index.add(spread(i), i / 500);
    }

    // then
    assertThat(files()).hasSizeLessThan(2 * IdIndex.MERGED);
    for (int i = 0; i < count; i++) {
      assertThat(index.isNew(spread(i))).isFalse();
      assertThat(index.ordinals(spread(i))).containsExactly(i / 500);
    }
    assertThat(index.ordinals(spread(count))).isEmpty();
  }

  @Test
  void merges_leave_out_what_was_swept_and_files_of_which_all_was_go() throws IOException {
    // given
    IdIndex index = new IdIndex(disk);
    index.open(directory);
    int half = 4 * IdIndex.MERGED * IdIndex.WAITING_MAX;

    // when
    for (int i = 0; i < half; i++) {
      index.add(spread(i), i / 512);
    }
    long before = bytes();
    for (int i = half; i < 2 * half; i++) {
      index.add(spread(i), i / 512);
      index.sweptBefore((i - half) / 512);
    }
    long after = bytes();
    index.sweptBefore(half / 512);

    // then
    assertThat(before).isGreaterThan(9L * half);
    assertThat(after).isLessThan(2 * before);
    assertThat(bytes()).isLessThan(3 * before / 2);
    for (int i = half; i < 2 * half; i += 3) {
      assertThat(index.ordinals(spread(i))).containsExactly(i / 512);
    }
    int known = 0;
    for (int i = 0; i < half / 2; i++) {
      assertThat(index.ordinals(spread(i))).isEmpty();
      known += index.isNew(spread(i)) ? 0 : 1;
    }
    assertThat(known).isLessThan(half / 50);
  }

  @Test
  void without_a_file_or_its_list_it_is_empty() throws IOException {
    // given
    IdIndex index = new IdIndex(disk);
    boolean unused = index.open(directory);
    index.add(5, 1);
    index.settle();
    index.add(6, 1);
    index.settle();
    index.close();

    // when
    boolean whole = index.open(directory);
    Files.delete(files().getFirst());
    boolean without = index.open(directory);

    // then
    assertThat(unused).isFalse();
    assertThat(whole).isTrue();
    assertThat(without).isFalse();
    assertThat(index.ordinals(5)).isEmpty();
    assertThat(index.ordinals(6)).isEmpty();
    assertThat(index.isNew(6)).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test
  void files_that_nobody_listed_are_deleted() throws IOException {
    // given
    IdIndex index = new IdIndex(disk);
    index.open(directory);
    index.add(5, 1);
    index.settle();
    for (int i = 0; i < IdIndex.WAITING_MAX + 1; i++) {
      index.add(spread(i), 2);
    }
    List<Path> crashed = files();

    // when
    IdIndex opened = new IdIndex(disk);
    boolean whole = opened.open(directory);

    // then
    assertThat(crashed).hasSize(2);
    assertThat(files()).hasSize(1);
    assertThat(whole).isTrue();
    assertThat(opened.ordinals(5)).containsExactly(1);
    assertThat(opened.isNew(spread(0))).isTrue();
  }

  /** Hashes that differ, in no order. */
  private static long spread(int number) {
    return (number * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - IdHash.BITS);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static void check(IdIndex index, Map<Long, NavigableSet<Long>> model, long sweptBefore) {
    model.forEach(
        (hash, ordinals) -> {
          List<Long> found = new ArrayList<>();
          for (long ordinal : index.ordinals(hash)) {
            found.add(ordinal);
          }
          assertThat(found)
              .isEqualTo(List.copyOf(ordinals.tailSet(sweptBefore, true).descendingSet()));
        });
  }
}
