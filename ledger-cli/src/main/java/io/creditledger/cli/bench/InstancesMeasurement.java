package io.creditledger.cli.bench;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Instance;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.Audit;
import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.AuditScope;
import io.creditledger.streams.audit.AuditSettings;
import io.creditledger.streams.audit.Since;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Instances that share a ledger: they work it off together, then one more joins while they do. At
 * the end every balance is what the events published add up to, and the audit finds nothing.
 */
final class InstancesMeasurement implements Measurement {

  private static final String NAME = "instances";
  private static final int CUSTOMERS_MAX = 1_000;
  private static final int GRANTS_EACH = 3;
  private static final long MICROS_PER_TOKEN = 500;

  private final int instances;

  InstancesMeasurement(int instances) {
    this.instances = instances;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "%d instances share the work, and one more joins".formatted(instances);
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int customers = Math.min(bench.plan().customers(), CUSTOMERS_MAX);
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), NAME);
    Grants grants = new Grants(customers, GRANTS_EACH);
    ledger.fund(grants);
    Tally tally = new Tally();
    List<Instance> running = new ArrayList<>();
    try {
      for (int i = 1; i <= instances; i++) {
        running.add(start(bench, ledger, i));
      }
      for (Instance instance : running) {
        instance.awaitReady();
      }
      shared(bench, ledger, tally, customers);
      joined(bench, ledger, tally, customers, running);
      compare(bench, running.getFirst(), grants, tally);
      audit(bench, ledger);
    } finally {
      running.forEach(Instance::close);
    }
    ledger.delete();
  }

  /** Publishes while the instances work: what is measured is how long until all is committed. */
  private static void shared(Bench bench, TrialLedger ledger, Tally tally, int customers)
      throws InterruptedException {
    for (int round = 1; round <= bench.plan().rounds(); round++) {
      long start = System.nanoTime();
      publish(bench, ledger, tally, customers);
      ledger.drainElsewhere();
      bench.figure(NAME, "shared by all", "/s", perSecond(bench, start));
    }
  }

  private void joined(
      Bench bench, TrialLedger ledger, Tally tally, int customers, List<Instance> running)
      throws InterruptedException {
    long start = System.nanoTime();
    publish(bench, ledger, tally, customers);
    long begun = System.nanoTime();
    Instance joining = start(bench, ledger, instances + 1);
    running.add(joining);
    publish(bench, ledger, tally, customers);
    joining.awaitReady();
    bench.figure(
        NAME, "one more joins, until it is ready", " s", (System.nanoTime() - begun) / 1e9);
    ledger.drainElsewhere();
    bench.figure(NAME, "while one joins", "/s", 2 * perSecond(bench, start));
    publish(bench, ledger, tally, customers);
    ledger.drainElsewhere();
  }

  private static double perSecond(Bench bench, long start) {
    return bench.plan().events() * 1e9 / (System.nanoTime() - start);
  }

  private static void publish(Bench bench, TrialLedger ledger, Tally tally, int customers) {
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(customers));
    ledger.publish(
        Topics.USAGE_EVENTS, bench.plan().events(), (topic, i) -> tally.count(traffic.next(topic)));
  }

  private static Instance start(Bench bench, TrialLedger ledger, int number) {
    return Instance.start(ledger.config(), "instance-" + number, bench.directory());
  }

  /** Asks one instance for every balance; it asks the others for what is theirs. */
  private static void compare(Bench bench, Instance instance, Grants grants, Tally tally) {
    int wrong = 0;
    try (LedgerClient client = new LedgerClient(instance.address(), Optional.empty())) {
      for (Map.Entry<String, Long> customer : tally.micros.entrySet()) {
        String path = "/v1/customers/" + customer.getKey() + "/balance?consistency=committed";
        String settled =
            LedgerClient.MAPPER
                .readTree(client.get(path).orFail().text())
                .at("/units/0/settled")
                .asText();
        long expected = grants.microsEach() - customer.getValue();
        if (new BigDecimal(settled).compareTo(BigDecimal.valueOf(expected, 6)) != 0) {
          wrong++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a balance cannot be read", e);
    }
    bench.figure(NAME, "balances compared", "", tally.micros.size());
    bench.figure(NAME, "wrong balances", "", wrong);
    if (wrong > 0) {
      throw CommandFailedException.failed("error: %d balances are wrong".formatted(wrong));
    }
  }

  private static void audit(Bench bench, TrialLedger ledger) throws InterruptedException {
    Audit audit =
        new Audit(
            new AuditSettings(
                bench.broker().connection(),
                Topics.prefixed(ledger.config().topicPrefix()),
                ledger.config().applicationId(),
                AuditScope.ALL,
                Since.BEGINNING,
                1,
                Optional.empty()));
    AuditReport report = audit.run(audit.fence());
    bench.figure(
        NAME, "decisions derived again by the audit", "", (double) audit.counts().derived());
    if (!report.holds()) {
      throw CommandFailedException.failed("error: the audit found: " + report.first());
    }
  }

  /** What was published, in millionths of a credit by customer. */
  private static final class Tally {
    private final Map<String, Long> micros = new HashMap<>();

    ProducerRecord<byte[], byte[]> count(ProducerRecord<byte[], byte[]> usage) {
      micros.merge(
          UsageTraffic.customerOf(usage),
          UsageTraffic.tokensOf(usage) * MICROS_PER_TOKEN,
          Long::sum);
      return usage;
    }
  }
}
