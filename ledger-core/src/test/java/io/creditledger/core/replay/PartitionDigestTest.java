package io.creditledger.core.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionDigestTest {

  private static final StateDigest ONE = state(1, "a", "b");
  private static final StateDigest OTHER = state(2, "c", "d");

  private static StateDigest state(long sequence, String account, String grants) {
    return new StateDigest(
        sequence, Hash.of(account.getBytes(UTF_8)), Hash.of(grants.getBytes(UTF_8)));
  }

  @Test
  void states_in_any_order_come_to_the_digest_of_a_store_read_in_order() {
    // given: a store has the bytes of ids in order; UTF-16 has these two the other way round.
    Map<String, StateDigest> states = new LinkedHashMap<>();
    states.put("\uD83D\uDE00", OTHER);
    states.put("\uFF5E", ONE);

    // when
    PartitionDigest digest = PartitionDigest.of(states);

    // then
    assertThat(digest)
        .isEqualTo(
            PartitionDigest.EMPTY
                .with(new CustomerId("\uFF5E"), ONE)
                .with(new CustomerId("\uD83D\uDE00"), OTHER));
    assertThat(digest.customers()).isEqualTo(2);
  }

  @Test
  void whatever_differs_in_one_state_gives_another_digest() {
    PartitionDigest right = PartitionDigest.of(Map.of("cus_1", ONE, "cus_2", OTHER));

    assertThat(
            Stream.of(
                Map.of("cus_1", ONE, "cus_2", state(3, "c", "d")),
                Map.of("cus_1", ONE, "cus_2", state(2, "x", "d")),
                Map.of("cus_1", ONE, "cus_2", state(2, "c", "x")),
                Map.of("cus_1", OTHER, "cus_2", ONE),
                Map.of("cus_1", ONE, "cus_3", OTHER),
                Map.of("cus_1", ONE)))
        .extracting(PartitionDigest::of)
        .doesNotContain(right)
        .doesNotHaveDuplicates();
  }
}
