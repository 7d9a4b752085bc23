package io.creditledger.cli.client;

import io.creditledger.cli.LedgerCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line in this process against one ledger. */
final class Cli {

  private final URI ledger;

  /** What a command printed and how it ended. */
  record Result(int status, String out, String err) {

    /** Standard output, one space for any number of them. */
    String squeezed() {
      return out.replaceAll(" +", " ");
    }
  }

  Cli(URI ledger) {
    this.ledger = ledger;
  }

  Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--url");
    all.add(ledger.toString());
    return bare(all.toArray(String[]::new));
  }

  /** The same without the option that says where the ledger is. */
  Result bare(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = LedgerCli.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = commandLine.execute(arguments);
    commandLine.getOut().flush();
    commandLine.getErr().flush();
    return new Result(status, out.toString(), err.toString());
  }
}
