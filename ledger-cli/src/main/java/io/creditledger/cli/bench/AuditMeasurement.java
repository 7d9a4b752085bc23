package io.creditledger.cli.bench;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.Audit;
import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.AuditScope;
import io.creditledger.streams.audit.AuditSettings;
import io.creditledger.streams.audit.Fence;
import io.creditledger.streams.audit.PlainConsumer;
import io.creditledger.streams.audit.Since;
import java.time.Duration;
import java.util.Optional;

/** The audit against a consumer that reads the same topics and does nothing with them. */
final class AuditMeasurement implements Measurement {

  private static final String NAME = "audit";
  private static final int GRANTS_EACH = 3;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "deriving every decision again, against a consumer that only reads the same topics";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int customers = bench.plan().sideCustomers();
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), "audited");
    ledger.fill(
        new Grants(customers, GRANTS_EACH),
        UsageTraffic.of(new Spread.Uniform(customers)),
        bench.plan().events());
    KafkaConnection kafka = bench.broker().connection();
    Topics topics = Topics.prefixed(ledger.config().topicPrefix());
    for (int round = 0; round <= bench.plan().rounds(); round++) {
      Audit audit =
          new Audit(
              new AuditSettings(
                  kafka,
                  topics,
                  ledger.config().applicationId(),
                  AuditScope.ALL,
                  Since.BEGINNING,
                  1,
                  Optional.empty()));
      Fence fence = audit.fence();
      double plain = PlainConsumer.measure(kafka, fence, LIMIT).rate();
      AuditReport report = audit.run(fence);
      if (!report.holds()) {
        throw CommandFailedException.failed(
            "error: the audit found differences: " + report.first());
      }
      if (round > 0) {
        bench.figure(NAME, "plain consumer", "/s", plain);
        bench.figure(NAME, "audit, one thread", "/s", (double) report.rate());
        bench.figure(NAME, "audit / plain consumer", "", report.rate() / plain);
      }
    }
    ledger.delete();
  }
}
