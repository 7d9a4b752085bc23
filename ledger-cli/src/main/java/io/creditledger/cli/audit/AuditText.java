package io.creditledger.cli.audit;

import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.Finding;
import io.creditledger.streams.audit.PlainConsumer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report as people read it. */
final class AuditText {

  private static final int SHOWN_MAX = 5;
  private static final double MIB = 1 << 20;

  private final PrintWriter out;

  AuditText(PrintWriter out) {
    this.out = out;
  }

  void print(AuditReport report, Optional<PlainConsumer> plain, long memoryBytes) {
    var counts = report.counts();
    say("");
    say(
        "  inputs with exactly one outcome  %,d (%,d entries, %,d duplicates, %,d rejections)",
        counts.inputs(), counts.entries(), counts.duplicates(), counts.rejections());
    say(
        "  decisions derived again          %,d, of %,d customers",
        counts.derived(), counts.customers());
    say("  accounts in the live stores      %s", stores(report));
    say(
        "  took                             %.1f s, %,d records/s, %.0f MiB of memory at most",
        report.took().toMillis() / 1e3, report.rate(), memoryBytes / MIB);
    plain.ifPresent(
        one ->
            say(
                "  a plain consumer                 %,d records/s; the audit runs at %.2f of it",
                one.rate(), (double) report.rate() / Math.max(1, one.rate())));
    report.notes().forEach(note -> say("  note: %s", note));
    say("");
    if (report.holds()) {
      say("VERDICT: everything holds.");
    } else {
      differs(report);
    }
  }

  private static String stores(AuditReport report) {
    return report.storesCompared() == 0
        ? "not compared"
        : String.format(Locale.ROOT, "%,d equal their replay", report.storesCompared());
  }

  private void differs(AuditReport report) {
    say("VERDICT: %,d things are not as they must be. The first:", report.findingCount());
    List<Finding> findings = report.findings();
    findings.stream().limit(SHOWN_MAX).forEach(finding -> say("  %s", finding));
    if (report.findingCount() > SHOWN_MAX) {
      say("  and %,d more", report.findingCount() - Math.min(SHOWN_MAX, findings.size()));
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for one method.
  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
