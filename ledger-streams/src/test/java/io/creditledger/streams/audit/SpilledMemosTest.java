package io.creditledger.streams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Fate;
import io.creditledger.core.account.Memo;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpilledMemosTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CustomerId CUSTOMER = new CustomerId("cus_1");

  private final SpilledMemos memos = new SpilledMemos(() -> Duration.ofDays(35));

  @AfterEach
  void close() {
    memos.close();
  }

  private static Memo memo(String id, long sequence, Source source, Instant at) {
    return new Memo(
        new EventId(id), sequence * 31, sequence, source, at, Fate.NONE, Optional.empty());
  }

  @Test
  void what_was_kept_last_is_found_and_nothing_else() {
    // given: more than the buffer and the first index hold, some of it kept again.
    Map<String, Memo> expected = new HashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 30_000; i++) {
      Memo memo = memo("u" + random.nextInt(20_000), i, Source.USAGE, START.plusSeconds(i));
      expected.put(memo.id().value(), memo);
      memos.keep(CUSTOMER, memo);
    }

    for (int i = 0; i < 20_000; i++) {
      // when
      Optional<Memo> found = memos.find(CUSTOMER, new EventId("u" + i));

      // then
      assertThat(found).isEqualTo(Optional.ofNullable(expected.get("u" + i)));
    }
    assertThat(memos.find(new CustomerId("cus_2"), new EventId("u1"))).isEmpty();
  }

  @Test
  void events_are_forgotten_after_their_time_and_grants_never() {
    // given
    memos.keep(CUSTOMER, memo("usage", 1, Source.USAGE, START));
    memos.keep(CUSTOMER, memo("void", 2, Source.GRANT, START));
    Instant later = START.plus(Duration.ofDays(40));

    // when: the index has to make room.
    for (int i = 0; i < 2_000; i++) {
      memos.keep(CUSTOMER, memo("u" + i, i, Source.USAGE, later));
    }

    // then
    assertThat(memos.find(CUSTOMER, new EventId("usage"))).isEmpty();
    assertThat(memos.find(CUSTOMER, new EventId("void"))).isPresent();
    assertThat(memos.find(CUSTOMER, new EventId("u0"))).isPresent();
  }
}
