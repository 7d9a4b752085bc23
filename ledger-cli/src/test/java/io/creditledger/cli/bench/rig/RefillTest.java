package io.creditledger.cli.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RefillTest {

  @Test
  void each_customer_gets_half_of_what_a_round_takes_on_average() {
    // given: 60 usages of each of 10 customers, of one credit on average.
    Refill refill = Refill.halfOf(3, 10, 2, 600);

    // then
    assertThat(refill.micros() * refill.each()).isEqualTo(30_000_000);
    assertThat(refill.count()).isEqualTo(20);
    assertThat(json(refill, 0))
        .isEqualTo(
            "{\"type\":\"grant\",\"id\":\"round-3-0\",\"customer\":\"cus_1000000\","
                + "\"amount\":\"15\",\"priority\":0}");
  }

  @Test
  void no_two_rounds_have_a_grant_in_common() {
    assertThat(events(Refill.halfOf(1, 10, 2, 600)))
        .hasSize(20)
        .doesNotContainAnyElementsOf(events(Refill.halfOf(2, 10, 2, 600)));
  }

  private static Set<String> events(Refill refill) {
    return LongStream.range(0, refill.count())
        .mapToObj(number -> json(refill, number))
        .collect(Collectors.toSet());
  }

  private static String json(Refill refill, long number) {
    return new String(refill.record("topic", number).value(), StandardCharsets.UTF_8);
  }
}
