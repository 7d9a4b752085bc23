package io.creditledger.cli.audit;

import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.Finding;
import io.creditledger.streams.audit.PartitionStores;
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

  void print(AuditReport report, Optional<PlainRates> plain, long memoryBytes) {
    var counts = report.counts();
    say("");
    say(
        "  inputs with exactly one outcome  %,d (%,d entries, %,d duplicates, %,d rejections)",
        counts.inputs(), counts.entries(), counts.duplicates(), counts.rejections());
    say(
        "  decisions derived again          %,d, of %,d customers",
        counts.derived(), counts.customers());
    say("  accounts in the live stores      %s", stores(report));
    report.stores().forEach(this::digests);
    say(
        "  took                             %.1f s, stores included: %,d records/s, each input and"
            + " each outcome counted once; %.0f MiB of memory at most",
        report.took().toMillis() / 1e3, report.rate(), memoryBytes / MIB);
    plain.ifPresent(rates -> beside(report, rates));
    report.notes().forEach(note -> say("  note: %s", note));
    say("");
    if (report.holds()) {
      say("VERDICT: everything holds.");
    } else {
      differs(report);
    }
  }

  private void beside(AuditReport report, PlainRates plain) {
    say(
        "  a plain consumer of the same     %,d records/s before, the JVM as cold as for the audit;"
            + " %,d after, warm",
        plain.cold().rate(), plain.warm().rate());
    say(
        "  the audit beside it              %.2f of the first, %.2f of the second",
        share(report, plain.cold()), share(report, plain.warm()));
  }

  private static double share(AuditReport report, PlainConsumer plain) {
    return (double) report.rate() / Math.max(1, plain.rate());
  }

  private static String stores(AuditReport report) {
    return report.stores().isEmpty()
        ? "not compared"
        : String.format(Locale.ROOT, "%,d equal their replay", report.storesEqual());
  }

  private void digests(PartitionStores stores) {
    String both =
        stores.agree()
            ? "digest " + stores.service().states()
            : "digest " + stores.service().states() + ", replayed " + stores.replay().states();
    say("    %-31s%s, %s", "partition " + stores.partition(), both, stores.moment());
  }

  private void differs(AuditReport report) {
    say(
        "VERDICT: not everything is as it must be, findings: %,d. The first:",
        report.findingCount());
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
