package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That there is something to read at the end; what it says is for quieter machines. */
@Timeout(120)
class BenchCommandIT {

  @ParameterizedTest
  @CsvSource({"reservations,201", "entitlements,200"})
  void every_request_is_answered_and_measured(String what, String status) {
    CliRun run =
        CliRun.of("bench", what, "--rate=50", "--seconds=1", "--warm-up=0", "--customers=10");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("50 requests at 50/s {" + status + "=50}: p50 ", " p99 ");
  }
}
