package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandIT {

  @Test
  void it_proves_every_credit_and_leaves_nothing_behind() {
    // when
    CliRun run = CliRun.of("demo", "--events", "15000", "--seed", "42");

    // then
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "✓ each of 15,293 published events is in the journal once",
            "✓ granted = remaining + held + consumed + expired + voided",
            "as the price list has it",
            "✓ the balances of all 200 customers over REST are the journal's")
        .doesNotContain("✗", "The data is in");
  }
}
