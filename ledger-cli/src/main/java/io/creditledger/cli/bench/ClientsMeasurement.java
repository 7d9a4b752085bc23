package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Preload;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.relay.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's clients can do at all: producers without and with transactions, and a consumer. */
final class ClientsMeasurement implements Measurement {

  private static final String NAME = "clients";
  private static final String PLAIN = "clients-plain";
  private static final String TRANSACTIONAL = "clients-transactional";
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * So many records are made and sent over and over: far more than compression looks back, and few
   * enough to be no burden to the collector.
   */
  private static final int RECORDS = 100_000;

  /** At 200,000 records a second some ten transactions a second. */
  private static final int IN_TRANSACTION = 20_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "producers without and with transactions, and a consumer of what is committed";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int count = bench.plan().copied();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(bench.plan().customers()));
    for (int i = 0; i < Math.min(RECORDS, count); i++) {
      records.add(traffic.next(PLAIN));
    }
    for (int round = 0; round <= bench.plan().rounds(); round++) {
      bench.broker().create(PLAIN);
      bench.broker().create(TRANSACTIONAL);
      KafkaConnection kafka = bench.broker().connection();
      double plain = perSecond(count, Preload.send(kafka, count, i -> turn(records, i)));
      double transactional = perSecond(count, transactional(kafka, count, records));
      double consumed = consumer(kafka, bench.broker().ends(List.of(TRANSACTIONAL)), count);
      if (round > 0) {
        bench.figure(NAME, "P0 producer", "/s", plain);
        bench.figure(NAME, "P0 producer with transactions", "/s", transactional);
        bench.figure(NAME, "P0 consumer of what is committed", "/s", consumed);
      }
      bench.broker().deleteAll("clients-");
    }
  }

  private static Duration transactional(
      KafkaConnection kafka, int count, List<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> settings = new HashMap<>(Preload.settings(kafka));
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      long start = System.nanoTime();
      for (int from = 0; from < count; from += IN_TRANSACTION) {
        producer.beginTransaction();
        Preload.send(
            producer,
            from,
            Math.min(count, from + IN_TRANSACTION),
            i -> {
              ProducerRecord<byte[], byte[]> record = turn(records, i);
              return new ProducerRecord<>(TRANSACTIONAL, record.key(), record.value());
            });
        producer.commitTransaction();
      }
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  private static ProducerRecord<byte[], byte[]> turn(
      List<ProducerRecord<byte[], byte[]>> records, long i) {
    return records.get((int) (i % records.size()));
  }

  private static double consumer(KafkaConnection kafka, Map<TopicPartition, Long> ends, int count) {
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long read = 0;
      long start = System.nanoTime();
      while (read < count) {
        read += consumer.poll(POLL).count();
      }
      return perSecond(count, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static double perSecond(long count, Duration time) {
    return count * 1e9 / time.toNanos();
  }
}
