package io.creditledger.cli.audit;

import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.StatementAudit;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is compared with the journal beside the topics themselves, where it is asked for. */
final class BesideOptions {

  @Option(
      names = "--postgres",
      paramLabel = "JDBC_URL",
      description =
          "Compare the statement in this PostgreSQL, every column of every row. A password belongs"
              + " in a file of PostgreSQL's (PGPASSFILE), not here.")
  private Optional<String> postgres = Optional.empty();

  @Option(
      names = "--statement-schema",
      paramLabel = "SCHEMA",
      defaultValue = "statement",
      description = "Where the statement is in it; default statement.")
  private String schema;

  @Option(
      names = "--stripe",
      paramLabel = "URL",
      arity = "0..1",
      fallbackValue = "${env:STRIPE_SYNC_URL:-http://127.0.0.1:8402}",
      description =
          "Compare the sums of stripe-sync's outbox and of Stripe; default http://127.0.0.1:8402"
              + " (STRIPE_SYNC_URL).")
  private Optional<URI> stripe = Optional.empty();

  /** A report, and what was found beside it. */
  AuditReport with(AuditReport report, KafkaOptions kafka, PrintWriter out) {
    AuditReport all = report;
    if (postgres.isPresent()) {
      out.println("Comparing the statement in PostgreSQL …");
      out.flush();
      all =
          all.with(
              StatementAudit.of(
                  kafka.connection(), kafka.topics(), report.fence(), postgres.get(), schema));
    }
    if (stripe.isPresent()) {
      out.println("Comparing the sums that Stripe has …");
      out.flush();
      all = all.with(StripeComparison.at(stripe.get()));
    }
    return all;
  }
}
