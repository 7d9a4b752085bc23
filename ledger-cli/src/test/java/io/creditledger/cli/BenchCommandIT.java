package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @Test
  void the_ledger_is_measured_against_a_topology_that_only_copies() {
    CliRun run =
        CliRun.of(
            "bench",
            "--only=throughput",
            "--rounds=1",
            "--events=2000",
            "--copied=2000",
            "--customers=50");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .containsPattern("throughput +P1 pass-through, exactly once +[0-9,]+")
        .containsPattern("throughput +P3 ledger, uniform +[0-9,]+")
        .containsPattern("throughput +P3 / P1 +[0-9.]+");
  }

  @Test
  void a_measurement_that_is_not_known_is_named_with_those_that_are() {
    CliRun run = CliRun.of("bench", "--only=speed");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("no measurement named speed", "throughput");
  }

  @Test
  void a_third_instance_joins_two_without_a_wrong_balance() {
    CliRun run =
        CliRun.of("bench", "--instances=2", "--rounds=1", "--events=2000", "--customers=20");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .containsPattern("instances +balances compared +20\\.0")
        .containsPattern("instances +wrong balances +0\\.000");
  }
}
