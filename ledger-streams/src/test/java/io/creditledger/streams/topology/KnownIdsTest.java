package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.EventId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownIdsTest {

  private static final byte[] CUSTOMER = "cus_1".getBytes(StandardCharsets.UTF_8);

  @Test
  void an_id_that_was_added_is_never_new_again_and_nearly_all_others_are() {
    // given
    KnownIds known = new KnownIds();

    // when
    for (int i = 0; i < 700_000; i++) {
      known.add(IdHash.of(key(i)));
    }

    // then
    for (int i = 0; i < 700_000; i++) {
      assertThat(known.isNew(IdHash.of(key(i)))).as("id %d", i).isFalse();
    }
    int taken = 0;
    for (int i = 1_000_000; i < 1_100_000; i++) {
      taken += known.isNew(IdHash.of(key(i))) ? 0 : 1;
    }
    assertThat(taken).isLessThan(500);
  }

  private static byte[] key(int number) {
    return StoreKeys.event(CUSTOMER, new EventId("evt_" + number));
  }
}
