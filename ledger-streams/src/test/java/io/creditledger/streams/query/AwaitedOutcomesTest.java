package io.creditledger.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.topology.Decided;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** That an outcome finds who waits for it, whichever of the two comes first. */
class AwaitedOutcomesTest {

  private static final Bytes ANN = bytes("ann");
  private static final Bytes BOB = bytes("bob");

  private final AwaitedOutcomes awaited = new AwaitedOutcomes();

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Position at(long offset) {
    return new Position(Source.USAGE, 0, offset);
  }

  private static Decided entry(Bytes customer, long offset) {
    return new Decided.Entry(at(offset), customer, bytes("{\"sequence\":%d}".formatted(offset)));
  }

  private static Decided duplicate(byte[] key, long offset) {
    byte[] json =
        OutcomeJson.duplicate(
            new CustomerId("ann"), new EventId("u1"), at(offset), Instant.EPOCH, 7, 9, "catalog");
    return Decided.Refusal.of(at(offset), key, Bytes.wrap(json));
  }

  @Test
  void an_outcome_that_comes_after_its_position_is_told() {
    CompletableFuture<Outcome> outcome = awaited.expect(ANN).at(at(3));
    assertThat(outcome).isNotDone();

    awaited.deliver(List.of(entry(BOB, 2), entry(ANN, 3)));

    assertThat(outcome).isCompletedWithValue(new Outcome.Accepted(at(3), 3, "{\"sequence\":3}"));
  }

  @Test
  void an_outcome_that_comes_before_its_position_is_kept_for_it() {
    AwaitedOutcomes.Expected expected = awaited.expect(ANN);

    awaited.deliver(List.of(entry(ANN, 3)));

    assertThat(expected.at(at(3))).isCompleted();
  }

  @Test
  void each_of_a_customers_events_on_their_way_finds_its_own() {
    AwaitedOutcomes.Expected first = awaited.expect(ANN);
    AwaitedOutcomes.Expected second = awaited.expect(ANN);

    awaited.deliver(List.of(entry(ANN, 1), entry(ANN, 2), entry(ANN, 3)));

    assertThat(first.at(at(1)))
        .isCompletedWithValue(new Outcome.Accepted(at(1), 1, "{\"sequence\":1}"));
    assertThat(second.at(at(3)))
        .isCompletedWithValue(new Outcome.Accepted(at(3), 3, "{\"sequence\":3}"));
  }

  @Test
  void nothing_is_kept_of_a_customer_none_of_whose_events_is_on_its_way() {
    CompletableFuture<Outcome> placed = awaited.expect(ANN).at(at(9));
    AwaitedOutcomes.Expected given = awaited.expect(ANN);

    awaited.deliver(List.of(entry(ANN, 1), entry(BOB, 2)));
    given.close();

    assertThat(awaited.expect(ANN).at(at(1))).isNotDone();
    assertThat(awaited.expect(BOB).at(at(2))).isNotDone();
    assertThat(placed).isNotDone();
  }

  @Test
  void nobody_is_expected_once_all_are_closed_however_often() {
    AwaitedOutcomes.Expected sent = awaited.expect(ANN);
    AwaitedOutcomes.Expected placed = awaited.expect(BOB);
    CompletableFuture<Outcome> outcome = placed.at(at(4));
    assertThat(awaited.anyExpected()).isTrue();

    sent.close();
    sent.close();
    placed.close();
    placed.close();

    assertThat(awaited.anyExpected()).isFalse();
    awaited.deliver(List.of(entry(BOB, 4))); // It was on its way.
    assertThat(outcome).isNotDone();
    assertThat(awaited.expect(BOB).at(at(4))).isNotDone();
  }

  @Test
  void a_refusal_is_told_too_and_one_without_a_key_is_nobodys() {
    AwaitedOutcomes.Expected early = awaited.expect(ANN);
    CompletableFuture<Outcome> waiting = awaited.expect(ANN).at(at(2));

    awaited.deliver(List.of(duplicate(null, 0), duplicate(ANN.get(), 1), duplicate(ANN.get(), 2)));

    assertThat(early.at(at(1))).isCompletedWithValue(new Outcome.Duplicate(at(1), 7));
    assertThat(waiting).isCompletedWithValue(new Outcome.Duplicate(at(2), 7));
  }
}
