package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
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

  @Test
  void what_it_keeps_is_found_at_the_usual_port_when_it_runs_again() throws IOException {
    // when
    CliRun run = CliRun.of("demo", "--events", "500", "--seed", "42", "--keep");

    // then
    Matcher data = Pattern.compile("The data is in (\\S+), ").matcher(run.out());
    assertThat(data.find()).as(run.out() + run.err()).isTrue();
    Path directory = Path.of(data.group(1));
    try {
      assertThat(run.status()).isZero();
      assertThat(directory.resolve("kafka")).isDirectory();
      assertThat(directory.resolve("kafka-port")).doesNotExist();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }
}
