package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.EventId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdFilterTest {

  private static final byte[] CUSTOMER = "cus_1".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void an_id_of_the_run_is_never_missed_and_nearly_all_others_are() throws IOException {
    // given
    int count = 300_000;
    long[] places = new long[count];
    for (int i = 0; i < count; i++) {
      places[i] = IdPlace.of(hash(i), 0, true);
    }
    Arrays.sort(places);

    // when
    IdRun run = IdRunTest.written(directory.resolve("0"), 0, places);

    // then
    for (int i = 0; i < count; i++) {
      assertThat(run.lacks(hash(i))).as("id %d", i).isFalse();
    }
    int taken = 0;
    for (int i = count; i < count + 100_000; i++) {
      taken += run.lacks(hash(i)) ? 0 : 1;
    }
    assertThat(taken).isLessThan(500);
  }

  @Test
  void lines_are_in_the_order_of_hashes_and_all_are_there() {
    // given
    long last = (1L << IdHash.BITS) - 1;

    for (int ids : new int[] {1, 31, 32, 1_000, IdRun.PLACES_MAX}) {
      // when
      int lines = IdFilter.lines(ids);

      // then
      assertThat(IdFilter.line(0, lines)).isZero();
      assertThat(IdFilter.line(last, lines)).isEqualTo(lines - 1);
      assertThat(IdFilter.line(last / 2, lines)).isBetween(lines / 2 - 1, lines / 2 + 1);
    }
  }

  private static long hash(int number) {
    return IdHash.of(StoreKeys.event(CUSTOMER, new EventId("evt_" + number)));
  }
}
