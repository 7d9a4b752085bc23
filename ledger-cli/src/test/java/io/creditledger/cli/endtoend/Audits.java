package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.cli.LedgerCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import picocli.CommandLine;

/** What {@code ./ledger audit} says of a ledger at the end of a story. */
final class Audits {

  private Audits() {}

  /** That everything is proved, the live stores included. */
  static void assertHolds(String brokers, URI service) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    CommandLine commandLine = LedgerCli.commandLine().setOut(writer).setErr(writer);
    int status =
        commandLine.execute(
            "audit", "--kafka", brokers, "--url", service.toString(), "--no-comparison");
    assertThat(out.toString()).contains("VERDICT: everything holds.");
    assertThat(status).as(out.toString()).isZero();
  }
}
