package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.creditledger.core.event.InstantText;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @Test
  void theTextIsTheOneJavaGivesAndIsReadBack() {
    int[] granularities = {1_000_000_000, 1_000_000, 1_000, 1};
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int granularity = granularities[random.nextInt(granularities.length)];
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-99_999_999_999L, 299_999_999_999L),
              random.nextInt(1_000_000_000) / granularity * (long) granularity);

      String text = InstantText.of(time);

      assertThat(text).as("seed %d", seed).isEqualTo(time.toString());
      if (time.getEpochSecond() < 253_402_300_800L) {
        assertThat(Times.parse(text)).as("seed %d", seed).isEqualTo(time);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
    "2026-11-21T10:00:00.1Z, 2026-11-21T10:00:00.100Z",
    "2026-11-21T10:00:00.123456789Z, 2026-11-21T10:00:00.123456789Z",
    "2026-11-21T10:00:00+00:00, 2026-11-21T10:00:00Z",
    "2026-11-21T10:00:00.5+05:45, 2026-11-21T04:15:00.500Z",
    "2026-11-21T00:00:00-08:00, 2026-11-21T08:00:00Z",
    "2026-11-21t10:00:00z, 2026-11-21T10:00:00Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z"
  })
  void anyOffsetIsRead(String text, Instant time) {
    assertThat(Times.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-21",
        "2026-11-21T10:00:00",
        "2026-11-21 10:00:00Z",
        "2026-11-21T10:00:00.Z",
        "2026-11-21T10:00:00.1234567890Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:60:00Z",
        "2026-11-21T10:00:60Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "２０２６-11-21T10:00:00Z",
        "1790000000"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Times.parse(text))
        .withMessageStartingWith("is not an RFC 3339 time");
  }
}
