package io.creditledger.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.streams.topology.Decided;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** That what is committed and what is read back come together in the journal's order. */
class CommittedOutcomesTest {

  private static final long ASIDE_BYTES_MAX = 10_000;

  private final AwaitedOutcomes awaited = new AwaitedOutcomes();
  private final RecentEntries recent = new RecentEntries(1 << 20, Runnable::run);
  private final List<CommittedOutcomes.TakeOver> asked = new ArrayList<>();
  private final CommittedOutcomes outcomes =
      new CommittedOutcomes(awaited, recent, ASIDE_BYTES_MAX, Runnable::run, asked::add);

  private static List<Decided> entries(int partition, long... sequences) {
    return Arrays.stream(sequences).mapToObj(sequence -> entry(partition, sequence)).toList();
  }

  private static Decided entry(int partition, long sequence) {
    return new Decided.Entry(
        position(partition, sequence),
        bytes("cus_" + partition),
        bytes("{\"sequence\":%d}".formatted(sequence)));
  }

  private static Position position(int partition, long offset) {
    return new Position(Source.USAGE, partition, offset);
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void readBack(CommittedOutcomes.TakeOver takeOver, List<Decided> outcomes) {
    outcomes.forEach(takeOver::readBack);
    takeOver.done();
  }

  private List<Long> atHand(int partition) {
    return recent.after("cus_" + partition, 0, 10_000).entries().stream()
        .map(EntryPage.Item::sequence)
        .toList();
  }

  @Test
  void what_is_committed_while_a_partition_is_read_back_comes_after_what_was_before() {
    outcomes.begun(0);
    outcomes.committed(entries(0, 4, 5));
    outcomes.committed(entries(0, 6));
    assertThat(atHand(0)).isEmpty();

    readBack(asked.getFirst(), entries(0, 1, 2, 3, 4, 5)); // The reading saw two of them too.
    outcomes.committed(entries(0, 7));

    assertThat(atHand(0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(asked.getFirst().isWanted()).isFalse();
  }

  @Test
  void a_partition_that_was_read_back_waits_for_no_other() {
    outcomes.begun(0);
    outcomes.begun(1);
    readBack(asked.getLast(), List.of());

    outcomes.committed(List.of(entry(0, 1), entry(1, 1)));

    assertThat(atHand(0)).isEmpty();
    assertThat(atHand(1)).containsExactly(1L);
  }

  private CompletableFuture<Outcome> await(int partition, long sequence) {
    return awaited.expect(bytes("cus_" + partition)).at(position(partition, sequence));
  }

  @Test
  void who_waits_is_told_at_once_whatever_is_being_read_back() {
    outcomes.begun(0);
    CompletableFuture<Outcome> outcome = await(0, 2);

    outcomes.committed(entries(0, 1, 2));

    assertThat(outcome)
        .isCompletedWithValue(new Outcome.Accepted(position(0, 2), 2, "{\"sequence\":2}"));
  }

  @Test
  void who_waits_for_an_outcome_from_before_the_take_over_is_told_when_it_is_read_back() {
    CompletableFuture<Outcome> waiting = await(0, 2);
    AwaitedOutcomes.Expected onItsWay = awaited.expect(bytes("cus_0"));
    outcomes.begun(0);
    assertThat(asked.getFirst().anyExpected()).isTrue();

    readBack(asked.getFirst(), entries(0, 1, 2));
    outcomes.committed(entries(0, 2));

    assertThat(waiting).isCompleted();
    assertThat(onItsWay.at(position(0, 1))).isCompleted();
  }

  @Test
  void a_partition_that_begins_anew_is_read_back_anew() {
    outcomes.begun(0);
    outcomes.committed(entries(0, 4));
    outcomes.begun(0);
    outcomes.committed(entries(0, 5));

    readBack(asked.getFirst(), entries(0, 1, 2, 3));
    assertThat(atHand(0)).isEmpty();
    readBack(asked.getLast(), entries(0, 1, 2, 3, 4));

    assertThat(atHand(0)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void a_partition_that_is_given_up_is_no_longer_read_back_and_nothing_of_it_waits_aside() {
    outcomes.begun(0);
    outcomes.committed(entries(0, 4));

    outcomes.ended(0);
    readBack(asked.getFirst(), entries(0, 1, 2, 3));

    assertThat(asked.getFirst().isWanted()).isFalse();
    assertThat(atHand(0)).isEmpty();
  }

  @Test
  void no_more_waits_aside_than_could_be_kept_at_hand() {
    outcomes.begun(0);
    long last = 0;
    while (atHand(0).isEmpty()) {
      outcomes.committed(entries(0, ++last + 3));
      assertThat(last).isLessThan(1_000);
    }
    outcomes.committed(entries(0, last + 4));

    readBack(asked.getFirst(), entries(0, 1, 2, 3));

    assertThat(atHand(0)).startsWith(4L).endsWith(last + 4).hasSize((int) last + 1);
  }
}
