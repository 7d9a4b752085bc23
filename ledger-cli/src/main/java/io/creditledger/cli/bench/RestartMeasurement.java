package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Instance;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.relay.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How long a killed instance is away: its stores are not trusted any more, and restored from their
 * changelogs whole.
 */
final class RestartMeasurement implements Measurement {

  private static final String NAME = "restart";
  private static final int GRANTS_EACH = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "kill -9 of an instance, until it decides and answers again";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int customers = bench.plan().sideCustomers();
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), NAME);
    ledger.fill(
        new Grants(customers, GRANTS_EACH),
        UsageTraffic.of(new Spread.Uniform(customers)),
        bench.plan().events());
    Instance running = start(bench, ledger).awaitReady();
    try {
      for (int round = 1; round <= bench.plan().longRounds(); round++) {
        UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(customers));
        ledger.publish(
            Topics.USAGE_EVENTS, bench.plan().growthEvents(), (topic, i) -> traffic.next(topic));
        running.kill();
        long killed = System.nanoTime();
        running = start(bench, ledger);
        double back = untilReady(running, killed);
        ledger.drainElsewhere();
        running.close();
        long stopped = System.nanoTime();
        running = start(bench, ledger);
        double clean = untilReady(running, stopped);
        double records = changelogRecords(bench, ledger);
        bench.figure(NAME, "records in the changelogs", "", records);
        bench.figure(NAME, "back in service after kill -9", " s", back);
        bench.figure(NAME, "back in service after a clean stop", " s", clean);
      }
    } finally {
      running.close();
    }
    ledger.delete();
  }

  private static double untilReady(Instance instance, long since) throws InterruptedException {
    instance.awaitReady();
    return (System.nanoTime() - since) / 1e9;
  }

  private static Instance start(Bench bench, TrialLedger ledger) {
    return Instance.start(ledger.config(), "restart-1", bench.directory());
  }

  private static double changelogRecords(Bench bench, TrialLedger ledger)
      throws InterruptedException {
    List<String> changelogs = ledger.changelogs();
    return bench.broker().ends(changelogs).entrySet().stream()
        .filter(end -> isChangelog(end.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static boolean isChangelog(TopicPartition partition) {
    return partition.topic().endsWith("-changelog");
  }
}
