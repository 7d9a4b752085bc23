package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.EventId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class KnownIdsTest {

  private static final byte[] CUSTOMER = "cus_1".getBytes(StandardCharsets.UTF_8);

  private final KeyValueStore<Bytes, byte[]> ids = Stores.inMemoryKeyValueStore("ids").get();

  @Test
  void an_id_that_was_added_is_never_new_again_and_nearly_all_others_are() {
    // given
    KnownIds known = new KnownIds(ids);

    // when
    for (int i = 0; i < 700_000; i++) {
      known.add(key(i));
    }

    // then
    for (int i = 0; i < 700_000; i++) {
      assertThat(known.isNew(key(i))).as("id %d", i).isFalse();
    }
    int taken = 0;
    for (int i = 1_000_000; i < 1_100_000; i++) {
      taken += known.isNew(key(i)) ? 0 : 1;
    }
    assertThat(taken).isLessThan(2_000);
  }

  @Test
  void nothing_is_new_before_all_that_was_there_has_been_read() {
    // given
    for (int i = 0; i < 45_000; i++) {
      ids.put(Bytes.wrap(key(i)), new byte[] {1});
    }
    KnownIds known = new KnownIds(ids);

    // when
    known.learn();
    boolean beforeTheEnd = known.isNew(key(100_000));
    known.add(key(100_001));
    known.learn();

    // then
    assertThat(beforeTheEnd).isFalse();
    assertThat(known.isNew(key(100_000))).isTrue();
    assertThat(known.isNew(key(100_001))).isFalse();
    for (int i = 0; i < 45_000; i++) {
      assertThat(known.isNew(key(i))).as("id %d", i).isFalse();
    }
  }

  private static byte[] key(int number) {
    return StoreKeys.event(CUSTOMER, new EventId("evt_" + number));
  }
}
