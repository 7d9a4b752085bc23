package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a usage event adds to each topic and changelog, compressed, of one replica. */
final class BytesMeasurement implements Measurement {

  private static final String NAME = "bytes";
  private static final String LEDGER = "bytes";
  private static final int GRANTS_EACH = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "bytes that a usage event adds to each topic, of one replica";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int customers = bench.plan().customers();
    // Compaction would take away what was written: too few for a segment to be closed.
    int events = Math.min(bench.plan().events(), 100_000);
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), LEDGER);
    ledger.fund(new Grants(customers, GRANTS_EACH));
    Map<String, Long> before = sizes(bench, ledger);
    ledger.workOff(UsageTraffic.of(new Spread.Uniform(customers)), events);
    Map<String, Long> after = sizes(bench, ledger);
    double sum = 0;
    for (Map.Entry<String, Long> topic : after.entrySet()) {
      double each = (topic.getValue() - before.getOrDefault(topic.getKey(), 0L)) / (double) events;
      sum += each;
      bench.figure(NAME, topic.getKey().substring(LEDGER.length() + 1), " bytes", each);
    }
    bench.figure(NAME, "all topics", " bytes", sum);
    ledger.delete();
  }

  private static Map<String, Long> sizes(Bench bench, TrialLedger ledger)
      throws InterruptedException {
    List<String> topics = new ArrayList<>(bench.broker().topics(ledger.config().topicPrefix()));
    topics.addAll(ledger.changelogs());
    return new TreeMap<>(bench.broker().bytesOnDisk(topics));
  }
}
