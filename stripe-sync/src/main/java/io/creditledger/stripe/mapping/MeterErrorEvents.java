package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.outbox.MeterErrorReport;
import io.creditledger.stripe.outbox.MeterErrorReports;
import io.creditledger.stripe.usage.WindowRecount;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Stripe's reports about meter events that it had accepted and does not count. */
public final class MeterErrorEvents implements EventHandler {

  private final StripeReads reads;
  private final InstantSource clock;
  private final MeterErrorReports reports = new MeterErrorReports(new WindowRecount());

  /** Fetches reports with these reads. */
  public MeterErrorEvents(StripeReads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.copyOf(MeterErrorReport.TYPES);
  }

  /** A thin event says only that there is a report: the report is what Stripe answers for it. */
  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    String path = "/v2/core/events/" + StripeReads.escaped(event.id());
    JsonNode whole =
        reads.find(path).orElseThrow(() -> new CannotException("Stripe has no event at " + path));
    MeterErrorReport report;
    try {
      report = MeterErrorReport.read(whole);
    } catch (IllegalArgumentException unreadable) {
      throw new CannotException(unreadable.getMessage());
    }
    int errors = report.errors().stream().mapToInt(MeterErrorReport.Errors::count).sum();
    int matched = reports.apply(transaction, report, clock.instant());
    return new Handled.Done(errors + " errors, " + matched + " of them of known events");
  }
}
