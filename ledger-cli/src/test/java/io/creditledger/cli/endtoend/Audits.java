package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.cli.CliRun;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./ledger audit} says of a ledger at the end of a story. */
final class Audits {

  private Audits() {}

  /** That everything is proved, the live stores included. */
  static void assertHolds(String brokers, URI service, String... more) {
    CliRun audit = run(brokers, service, more);
    assertThat(audit.out()).as(audit.err()).contains("VERDICT: everything holds.");
    assertThat(audit.status()).as(audit.toString()).isZero();
  }

  /** What it says, whatever that is. */
  static CliRun run(String brokers, URI service, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("audit", "--kafka", brokers, "--url", service.toString(), "--no-comparison"));
    arguments.addAll(List.of(more));
    return CliRun.of(arguments.toArray(String[]::new));
  }
}
