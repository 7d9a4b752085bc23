package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.id.EventId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdHashTest {

  private static final byte[] CUSTOMER = "cus_1".getBytes(StandardCharsets.UTF_8);

  @Test
  void a_key_amid_other_bytes_is_the_same_key() {
    // given
    byte[] key = key(7);
    byte[] around = new byte[key.length + 9];
    System.arraycopy(key, 0, around, 5, key.length);

    // when
    long hash = IdHash.of(around, 5, key.length);

    // then
    assertThat(hash).isEqualTo(IdHash.of(key)).isNotEqualTo(IdHash.of(key(8)));
  }

  @Test
  void it_stays_what_it_was_since_it_is_kept_on_disk() {
    assertThat(IdHash.of(key(7))).isEqualTo(146_455_534_645L);
  }

  @Test
  void keys_that_differ_a_little_seldom_have_one_hash() {
    // when
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 1_000_000; i++) {
      hashes.add(IdHash.of(key(i)));
    }

    // then
    assertThat(hashes).hasSizeGreaterThan(999_980);
    assertThat(hashes).allMatch(hash -> hash >>> IdHash.BITS == 0);
  }

  private static byte[] key(int number) {
    return StoreKeys.event(CUSTOMER, new EventId("evt_" + number));
  }
}
