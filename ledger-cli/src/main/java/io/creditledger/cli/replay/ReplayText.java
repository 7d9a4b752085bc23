package io.creditledger.cli.replay;

import io.creditledger.cli.Table;
import io.creditledger.core.entry.Hash;
import io.creditledger.streams.replay.JournalComparison;
import io.creditledger.streams.replay.ReplayReport;
import io.creditledger.streams.replay.StateComparison;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** A replay's result as people read it. */
final class ReplayText {

  private static final int DIGEST_SHOWN = 12;

  private ReplayText() {}

  static void print(PrintWriter out, String prefix, ReplayReport report) {
    out.printf(
        Locale.ROOT,
        "Replayed %,d inputs: %,d entries, %,d refusals and duplicates, in %.1f s, %,d a second%n",
        report.entries() + report.refusals(),
        report.entries(),
        report.refusals(),
        report.took().toMillis() / 1000.0,
        (report.entries() + report.refusals()) * 1000 / Math.max(1, report.took().toMillis()));
    Table table = Table.of("WHAT", "PARTITION", "COMPARED", "LIVE", "REPLAYED", "VERDICT");
    for (JournalComparison one : report.journals()) {
      table.row(
          one.topic(),
          one.partition(),
          one.records(),
          shown(one.live()),
          shown(one.replayed()),
          verdict(one.difference()));
    }
    for (StateComparison one : report.states()) {
      table.row(
          "accounts and grants",
          one.partition(),
          one.customers() + (one.movedOn() == 0 ? "" : ", " + one.movedOn() + " moved on"),
          shown(one.live()),
          shown(one.replayed()),
          verdict(one.difference()));
    }
    table.print(out, "  ");
    report.notes().forEach(note -> out.println("Note: " + note + "."));
    report.differences().forEach(difference -> out.println("Differs: " + difference));
    out.println(
        report.equal()
            ? "EQUAL: the history gives this ledger again, byte for byte; it stands under " + prefix
            : "DIFFERENT: the history does not give this ledger again");
    out.flush();
  }

  private static String shown(Hash digest) {
    return digest.toString().substring(0, DIGEST_SHOWN);
  }

  private static String verdict(Optional<String> difference) {
    return difference.isPresent() ? "differs" : "equal";
  }
}
