package io.creditledger.cli.bench.rig;

import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.StreamsSettings;
import io.creditledger.streams.topology.CommitPace;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The platform's limit: a topology with the ledger's settings, exactly once, that only copies
 * bytes. No ledger on Kafka Streams can be faster.
 */
public final class PassThrough {

  private PassThrough() {}

  /** Copies all of one topic to another, and tells the pace. */
  public static Drain.Pace copy(
      Broker broker, LedgerConfig config, String from, String to, Duration limit)
      throws InterruptedException {
    broker.create(to);
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "from",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        from);
    topology.addSink("to", to, new ByteArraySerializer(), new ByteArraySerializer(), "from");
    Properties settings = StreamsSettings.of(config, "127.0.0.1:1");
    // As often as the ledger asks for it while it works off a backlog.
    settings.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        CommitPace.longest(config.commitInterval()).toMillis());
    // It takes its records one by one.
    settings.remove(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG);
    try (KafkaStreams streams = new KafkaStreams(topology, settings)) {
      streams.start();
      return Drain.await(broker, config.applicationId(), List.of(from), limit);
    }
  }
}
