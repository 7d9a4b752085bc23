package io.creditledger.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  @ParameterizedTest(name = "{0} and {2} times {1} is {3}")
  @CsvSource({
    // a month end does not wear off
    "2026-01-31T00:00:00Z, P1M, 0,  2026-01-31T00:00:00Z",
    "2026-01-31T00:00:00Z, P1M, 1,  2026-02-28T00:00:00Z",
    "2026-01-31T00:00:00Z, P1M, 2,  2026-03-31T00:00:00Z",
    "2026-01-31T00:00:00Z, P1M, 3,  2026-04-30T00:00:00Z",
    "2026-01-30T00:00:00Z, P1M, 1,  2026-02-28T00:00:00Z",
    "2026-01-30T00:00:00Z, P1M, 2,  2026-03-30T00:00:00Z",
    "2026-08-31T10:30:00Z, P3M, 2,  2027-02-28T10:30:00Z",
    // leap years
    "2028-01-31T00:00:00Z, P1M, 1,  2028-02-29T00:00:00Z",
    "2027-01-31T00:00:00Z, P1M, 13, 2028-02-29T00:00:00Z",
    "2028-02-29T00:00:00Z, P1Y, 1,  2029-02-28T00:00:00Z",
    "2028-02-29T00:00:00Z, P1Y, 4,  2032-02-29T00:00:00Z",
    "2096-02-29T00:00:00Z, P1Y, 4,  2100-02-28T00:00:00Z",
    "2096-02-29T00:00:00Z, P1Y, 8,  2104-02-29T00:00:00Z",
    // other lengths
    "2026-11-21T00:00:00Z, P1W, 3,  2026-12-12T00:00:00Z",
    "2026-12-31T00:00:00Z, P1D, 1,  2027-01-01T00:00:00Z",
    "2026-12-31T23:30:00Z, PT1H, 1, 2027-01-01T00:30:00Z",
    "2026-12-31T23:30:00Z, PT90M, 16, 2027-01-01T23:30:00Z",
    "2026-01-31T00:00:00Z, P1M1D, 1, 2026-03-01T00:00:00Z",
    "2026-01-31T00:00:00.123456789Z, P1M, 1, 2026-02-28T00:00:00.123456789Z",
  })
  void countsAllPeriodsFromTheAnchorAtOnce(
      Instant anchor, String period, long n, Instant expected) {
    assertThat(Schedule.boundary(anchor, IsoPeriod.parse(period), ZoneOffset.UTC, n))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} in {1} and {3} times {2} is {4}")
  @CsvSource({
    // the hour of the day stays: New York is at -5 until 8 March 2026, then at -4 until 1 November
    "2026-03-01T05:00:00Z, America/New_York, P1M,   1, 2026-04-01T04:00:00Z",
    "2026-03-07T14:00:00Z, America/New_York, P1D,   1, 2026-03-08T13:00:00Z",
    "2026-10-31T13:00:00Z, America/New_York, P1D,   1, 2026-11-01T14:00:00Z",
    "2026-10-31T13:00:00Z, America/New_York, PT24H, 1, 2026-11-01T13:00:00Z",
    // a month end is one of the zone: 31 January in Auckland begins on the 30th in UTC
    "2026-01-30T11:00:00Z, Pacific/Auckland, P1M,   1, 2026-02-27T11:00:00Z",
    "2026-01-30T11:00:00Z, Pacific/Auckland, P1M,   2, 2026-03-30T11:00:00Z",
    "2026-01-30T11:00:00Z, Pacific/Auckland, P1M,   3, 2026-04-29T12:00:00Z",
    // half past two is skipped on 29 March 2026 in Berlin: half past three, and back the day after
    "2026-03-28T01:30:00Z, Europe/Berlin,    P1D,   1, 2026-03-29T01:30:00Z",
    "2026-03-28T01:30:00Z, Europe/Berlin,    P1D,   2, 2026-03-30T00:30:00Z",
    "2026-03-22T01:30:00Z, Europe/Berlin,    P1W,   1, 2026-03-29T01:30:00Z",
    "2026-03-22T01:30:00Z, Europe/Berlin,    P1W,   2, 2026-04-05T00:30:00Z",
    // a month that ends in the skipped hour does not shift the day after it
    "2026-02-28T01:30:00Z, Europe/Berlin,    P1M1D, 1, 2026-03-29T01:30:00Z",
    "2026-02-27T01:30:00Z, Europe/Berlin,    P1M3D, 1, 2026-03-30T00:30:00Z",
    "2026-02-28T12:00:00Z, Europe/Berlin,    P1M1D, 1, 2026-03-29T11:00:00Z",
    // half past two comes twice on 25 October 2026: the first, which has the summer's offset …
    "2026-10-24T00:30:00Z, Europe/Berlin,    P1D,   1, 2026-10-25T00:30:00Z",
    "2026-10-24T00:30:00Z, Europe/Berlin,    P1D,   2, 2026-10-26T01:30:00Z",
    // … unless the anchor has the winter's; the anchor itself always stays where it is
    "2025-12-25T01:30:00Z, Europe/Berlin,    P1M,  10, 2026-10-25T01:30:00Z",
    "2026-10-25T00:30:00Z, Europe/Berlin,    P1D,   0, 2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z, Europe/Berlin,    P1D,   0, 2026-10-25T01:30:00Z",
    // half an hour of daylight saving, and a zone that skipped a whole day
    "2026-10-02T15:45:00Z, Australia/Lord_Howe, P1D, 1, 2026-10-03T15:45:00Z",
    "2026-10-02T15:45:00Z, Australia/Lord_Howe, P1D, 2, 2026-10-04T15:15:00Z",
    "2011-12-29T22:00:00Z, Pacific/Apia,     P1D,   1, 2011-12-30T22:00:00Z",
    "2011-12-29T22:00:00Z, Pacific/Apia,     P1D,   2, 2011-12-30T22:00:00Z",
    "2011-12-29T22:00:00Z, Pacific/Apia,     P1D,   3, 2011-12-31T22:00:00Z",
  })
  void addsDatesToTheLocalTimeOfTheZone(
      Instant anchor, String zone, String period, long n, Instant expected) {
    assertThat(Schedule.boundary(anchor, IsoPeriod.parse(period), ZoneId.of(zone), n))
        .isEqualTo(expected);
  }

  @Test
  void neverGoesBack() {
    long seed = 11;
    Random random = new Random(seed);
    List<String> zones =
        List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Pacific/Apia",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Kathmandu");
    List<String> periods = List.of("P1D", "P1W", "P1M", "P1Y", "P1M1D", "PT1H", "P10D");
    for (int i = 0; i < 20_000; i++) {
      // given
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      IsoPeriod period = IsoPeriod.parse(periods.get(random.nextInt(periods.size())));
      Instant anchor = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      int n = random.nextInt(500);

      // when
      Instant before = Schedule.boundary(anchor, period, zone, n);
      Instant after = Schedule.boundary(anchor, period, zone, n + 1);

      // then
      assertThat(after)
          .as("seed %d: %s, %s, %s, %d", seed, anchor, period, zone, n)
          .isAfterOrEqualTo(before);
      assertThat(Schedule.boundary(anchor, period, zone, 0)).isEqualTo(anchor);
    }
  }

  @Test
  void refusesWhatLiesBeforeTheAnchorOrBeyondTheCalendar() {
    Instant anchor = Instant.EPOCH;
    IsoPeriod month = IsoPeriod.parse("P1M");
    IsoPeriod hour = IsoPeriod.parse("PT1H");

    assertThatThrownBy(() -> Schedule.boundary(anchor, month, ZoneOffset.UTC, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("boundary is negative: -1");
    assertThatThrownBy(() -> Schedule.boundary(anchor, month, ZoneOffset.UTC, Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Schedule.boundary(Instant.MAX, month, ZoneOffset.UTC, 1))
        .isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Schedule.boundary(anchor, hour, ZoneOffset.UTC, Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource({
    "P1M, P1M",
    "P1W, P7D",
    "P1D, P1D",
    "P1Y, P1Y",
    "P1Y6M, P1Y6M",
    "PT1H, PT1H",
    "PT36H, PT36H",
    "PT1S, PT1S",
    "PT60M, PT1H"
  })
  void readsAndWritesIsoPeriods(String text, String written) {
    // when
    IsoPeriod period = IsoPeriod.parse(text);

    // then
    assertThat(period).hasToString(written).isEqualTo(IsoPeriod.parse(written));
  }

  @ParameterizedTest(name = "\"{0}\" is refused")
  @ValueSource(
      strings = {
        "",
        "P",
        "PT",
        "1M",
        "month",
        "P1DT1H",
        "P0D",
        "PT0S",
        "P-1M",
        "P1M-1D",
        "-P1M",
        "PT-1H",
        "PT0.5S",
        "P1001Y",
        "P99999999999D",
        "PT99999999999H",
        "P1.5M",
        "pt"
      })
  void refusesOtherPeriods(String text) {
    assertThatThrownBy(() -> IsoPeriod.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
