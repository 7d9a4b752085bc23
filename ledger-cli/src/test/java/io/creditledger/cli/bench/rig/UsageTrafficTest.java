package io.creditledger.cli.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.creditledger.core.event.Source;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class UsageTrafficTest {

  @Test
  void every_record_is_an_event_that_the_ledger_reads() {
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(10));
    Grants grants = new Grants(2, 1_000, 10);

    LongStream.range(0, 100)
        .mapToObj(i -> EventJson.read(Source.USAGE, traffic.next("usage").value()))
        .forEach(reading -> assertThat(reading).isInstanceOf(Reading.Read.class));
    LongStream.range(0, grants.count())
        .mapToObj(i -> EventJson.read(Source.GRANT, grants.record("grants", i).value()))
        .forEach(reading -> assertThat(reading).isInstanceOf(Reading.Read.class));
  }

  @Test
  void a_share_of_the_deliveries_repeats_earlier_ones_and_no_other_does() {
    assertThat(distinct(UsageTraffic.of(new Spread.Uniform(10)))).isEqualTo(20_000);
    assertThat(distinct(UsageTraffic.of(new Spread.Uniform(10)).repeating(0.05)))
        .isCloseTo(19_000, within(200));
  }

  @Test
  void the_second_customer_has_half_of_what_the_first_has_by_zipf() {
    Spread spread = new Spread.Zipf(100);
    SplittableRandom random = new SplittableRandom(1);
    Map<Integer, Integer> counts = new HashMap<>();

    for (int i = 0; i < 100_000; i++) {
      counts.merge(spread.next(random), 1, Integer::sum);
    }

    assertThat((double) counts.get(0) / counts.get(1)).isCloseTo(2, within(0.1));
    assertThat((double) counts.get(0) / counts.get(9)).isCloseTo(10, within(1.5));
  }

  private static int distinct(UsageTraffic traffic) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      seen.add(new String(traffic.next("usage").value(), StandardCharsets.UTF_8));
    }
    return seen.size();
  }
}
