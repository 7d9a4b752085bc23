package io.creditledger.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTimesTest {

  @ParameterizedTest
  @CsvSource({
    "2023-11-16T18:15:46Z, 2023-11-16T18:15:46Z",
    "2023-11-16 18:15:46.6805900, 2023-11-16T18:15:46.680590Z",
    "2023-11-16T18:15:46.5+01:00, 2023-11-16T17:15:46.500Z",
    "2023-11-16 18:15:46 +0100, 2023-11-16T17:15:46Z",
    "2023-11-16 18:15, 2023-11-16T18:15:00Z",
    "2023-11-16, 2023-11-16T00:00:00Z",
  })
  void isoTimesAreReadInTheirVarieties(String text, Instant time) {
    assertThat(CsvTimes.ISO.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "dd.MM.yyyy HH:mm, 16.11.2023 18:15, 2023-11-16T18:15:00Z",
    "MM/dd/yyyy hh:mm a, 11/16/2023 06:15 PM, 2023-11-16T18:15:00Z",
    "d MMM yyyy, 3 Nov 2023, 2023-11-03T00:00:00Z",
    "dd/MM/yy HH:mm:ss XXX, 16/11/23 18:15:46 +01:00, 2023-11-16T17:15:46Z",
    "unix, 1700158546.25, 2023-11-16T18:15:46.250Z",
    "unix_ms, 1700158546250, 2023-11-16T18:15:46.250Z",
  })
  void otherTimesAreReadByAPattern(String pattern, String text, Instant time) {
    assertThat(CsvTimes.pattern(pattern).parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({"tomorrow", "2023-02-30", "2023-11-16T25:00", "16.11.2023"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> CsvTimes.ISO.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not a time such as")
        .hasMessageEndingWith(text);
  }

  @Test
  void aDayThatIsNotThereIsNotMadeAnother() {
    assertThatThrownBy(() -> CsvTimes.pattern("dd.MM.yyyy").parse("30.02.2024"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not a time in the form dd.MM.yyyy: 30.02.2024");
  }

  @Test
  void hugeNumbersAreNoTimes() {
    assertThatThrownBy(() -> CsvTimes.pattern(CsvTimes.UNIX).parse("1e30"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
