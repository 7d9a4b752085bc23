package io.creditledger.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.streams.topology.Decided;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {

  private final RecentEntries recent = new RecentEntries(1_000, Runnable::run);

  private void add(String customer, long... sequences) {
    for (long sequence : sequences) {
      recent.add(List.of(entry(customer, sequence)));
    }
  }

  private static Decided entry(String customer, long sequence) {
    return new Decided.Entry(
        new Position(Source.USAGE, 0, sequence),
        bytes(customer),
        bytes("{\"sequence\":%d}".formatted(sequence)));
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Long> sequences(EntryPage page) {
    return page.entries().stream().map(EntryPage.Item::sequence).toList();
  }

  @Test
  void pagesGoBackFromAnEntryAndOnFromOne() {
    add("cus_1", 1, 2, 3, 4);
    add("cus_2", 1);

    EntryPage back = recent.page("cus_1", OptionalLong.of(4), 2);
    EntryPage on = recent.after("cus_1", 1, 2);

    assertThat(sequences(back)).containsExactly(3L, 2L);
    assertThat(sequences(on)).containsExactly(2L, 3L);
    assertThat(on.complete()).isTrue();
    assertThat(sequences(recent.after("cus_1", 4, 2))).isEmpty();
  }

  @Test
  void anEntryReadTwiceIsKeptOnce() {
    add("cus_1", 1, 2, 1, 2, 3);

    assertThat(sequences(recent.after("cus_1", 0, 10))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatHadToGoIsToldToBeMissing() {
    for (long sequence = 1; sequence <= 100; sequence++) {
      add("cus_1", sequence);
    }

    EntryPage page = recent.after("cus_1", 0, 100);

    assertThat(page.complete()).isFalse();
    assertThat(sequences(page)).isNotEmpty().last().isEqualTo(100L);
    assertThat(recent.after("cus_1", page.entries().getFirst().sequence() - 1, 1).complete())
        .isTrue();
  }

  @Test
  void whatNobodyAskedForGoesToo() {
    add("cus_1", 1, 2, 3);
    assertThat(sequences(recent.after("cus_1", 0, 10))).containsExactly(1L, 2L, 3L);

    for (long sequence = 1; sequence <= 100; sequence++) {
      add("cus_2", sequence);
    }
    add("cus_1", 4);

    assertThat(sequences(recent.after("cus_1", 0, 10))).containsExactly(4L);
    List<Long> kept = sequences(recent.after("cus_2", 0, 100));
    assertThat(kept).hasSizeBetween(5, 15).last().isEqualTo(100L);
    assertThat(kept).isSorted();
  }

  @Test
  void anEntryMayBeLargerThanTheRoomForManyAndRoomIsUsedAgain() {
    for (long sequence = 1; sequence <= 1_000; sequence++) {
      add("cus_1", sequence);
      if (sequence % 100 == 0) {
        String large = "{\"sequence\":%d,\"x\":\"%s\"}".formatted(sequence, "y".repeat(400));
        recent.add(
            List.of(
                new Decided.Entry(
                    new Position(Source.USAGE, 0, sequence), bytes("cus_2"), bytes(large))));
        EntryPage page = recent.page("cus_2", OptionalLong.empty(), 1);
        assertThat(page.entries().getFirst().json()).isEqualTo(large);
        assertThat(sequences(recent.page("cus_1", OptionalLong.empty(), 2)))
            .containsExactly(sequence, sequence - 1);
      }
    }
  }

  @Test
  void aHoleEndsAPageAndTheNextOneTellsOfIt() {
    add("cus_1", 1, 2, 7, 8);

    assertThat(sequences(recent.after("cus_1", 0, 10))).containsExactly(1L, 2L);
    EntryPage next = recent.after("cus_1", 2, 10);
    assertThat(sequences(next)).containsExactly(7L, 8L);
    assertThat(next.complete()).isFalse();
  }

  @Test
  void onlyAnEntryAfterTheOneNamedWakesWhoWaits() {
    CompletableFuture<Void> arrival = recent.arrivalAfter("cus_1", 2);

    add("cus_2", 3);
    add("cus_1", 1, 2);
    assertThat(arrival).isNotDone();
    add("cus_1", 3);

    assertThat(arrival).isCompleted();
    assertThat(recent.arrivalAfter("cus_1", 2)).isCompleted();
  }

  @Test
  void nothingIsLeftOfAllThatWasAtHand() {
    add("cus_1", 1, 2);
    assertThat(sequences(recent.after("cus_1", 0, 10))).hasSize(2);
    add("cus_1", 3);

    recent.close();

    assertThat(sequences(recent.after("cus_1", 0, 10))).isEmpty();
  }
}
