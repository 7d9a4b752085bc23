package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class IdIndexTest {

  private static final long HASH_MAX = (1L << IdHash.BITS) - 1;

  @Test
  void it_knows_the_segments_of_each_hash_whether_they_wait_or_not() {
    for (long seed = 0; seed < 40; seed++) {
      // given
      SplittableRandom random = new SplittableRandom(seed);
      KeyValueStore<Bytes, byte[]> disk = new CommittingStores().open(CommittingStores.memory());
      IdIndex index = new IdIndex(disk);
      Map<Long, NavigableSet<Long>> model = new HashMap<>();
      long ordinal = random.nextLong(1L << 40);

      // when
      for (int step = 0; step < 3_000; step++) {
        // Some differ in their upper bits alone.
        long hash =
            random.nextInt(5) == 0
                ? HASH_MAX - random.nextInt(300)
                : random.nextInt(100) | (long) random.nextInt(3) << 40;
        switch (random.nextInt(12)) {
          case 0 -> ordinal += random.nextInt(3);
          case 1 -> ordinal += random.nextInt(40_000);
          case 2 -> {
            NavigableSet<Long> known = model.getOrDefault(hash, new TreeSet<>());
            if (!known.isEmpty()) {
              index.remove(hash, known.pollFirst());
            }
          }
          case 3 -> {
            if (random.nextInt(20) == 0) {
              index.write();
            }
          }
          default -> {
            boolean isNew = !model.containsKey(hash);
            index.add(hash, ordinal, isNew);
            model.computeIfAbsent(hash, none -> new TreeSet<>()).add(ordinal);
          }
        }
      }

      // then
      check(index, model);
      index.write();
      check(new IdIndex(disk), model);
    }
  }

  @Test
  void more_than_there_is_room_for_goes_to_the_disk() {
    // given
    KeyValueStore<Bytes, byte[]> disk = new CommittingStores().open(CommittingStores.memory());
    IdIndex index = new IdIndex(disk);

    // when
    for (int i = 0; i < 100_000; i++) {
      index.add(i * 7L, i / 500, true);
    }

    // then
    for (int i = 0; i < 100_000; i++) {
      assertThat(index.ordinals(i * 7L)).containsExactly(i / 500);
    }
    assertThat(disk.approximateNumEntries()).isBetween(80_000L, 100_000L);
    assertThat(index.ordinals(1)).isEmpty();
  }

  private static void check(IdIndex index, Map<Long, NavigableSet<Long>> model) {
    model.forEach(
        (hash, ordinals) -> {
          List<Long> found = new ArrayList<>();
          for (long ordinal : index.ordinals(hash)) {
            found.add(ordinal);
          }
          assertThat(found).isEqualTo(List.copyOf(ordinals.descendingSet()));
        });
  }
}
