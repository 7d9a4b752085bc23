package io.creditledger.cli.bench.rig;

import io.creditledger.relay.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Usage published at a fixed rate, whatever becomes of it, and how long after each event was due a
 * reader of what is committed had its journal entry.
 */
public final class EventLoad {

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * As producers of so many events are set. Smaller batches cost the broker and the ledger more of
   * the cores that they share with the load, and what they wait here is part of what is measured.
   */
  private static final int LINGER_MILLIS = 20;

  /** Of an event's number. */
  private static final int DIGITS = 10;

  private final KafkaConnection kafka;
  private final int perSecond;
  private final long warmUp;
  private final long events;
  private final long start = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);

  /** So many events a second, for so long before they count and while they do. */
  public EventLoad(KafkaConnection kafka, int perSecond, Duration warmUp, Duration measured) {
    this.kafka = kafka;
    this.perSecond = perSecond;
    this.warmUp = perSecond * warmUp.toMillis() / 1_000;
    this.events = this.warmUp + perSecond * measured.toMillis() / 1_000;
  }

  /** When the first event that counts is due, as {@link System#nanoTime}. */
  public long countsFrom() {
    return dueNanos(warmUp);
  }

  /** When the last event is due, as {@link System#nanoTime}. */
  public long ends() {
    return dueNanos(events);
  }

  private long dueNanos(long event) {
    return start + event * TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Publishes all of it, each event when it is due, and returns when the last is acknowledged. */
  public void publish(String topic, UsageTraffic traffic) {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      long sent = 0;
      while (sent < events) {
        long now = System.nanoTime();
        while (sent < events && dueNanos(sent) <= now) {
          var unused = producer.send(traffic.next(topic));
          sent++;
        }
        LockSupport.parkNanos(TICK_NANOS);
      }
      producer.flush();
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = Preload.settings(kafka);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    return settings;
  }

  /**
   * Reads the journal from those offsets until it has the entry of every event, and returns the
   * nanoseconds from due to read.
   *
   * @throws IllegalStateException if an entry does not come
   */
  public Histogram read(Map<TopicPartition, Long> from) {
    Histogram nanos = new Histogram(LONGEST_NANOS, 3);
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      long seen = 0;
      while (seen < events) {
        if (System.nanoTime() > ends() + PATIENCE.toNanos()) {
          throw new IllegalStateException(
              "%,d of %,d events have an entry".formatted(seen, events));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          long number = numberIn(record.value());
          if (number > 0) {
            long event = number - UsageTraffic.FIRST;
            seen++;
            if (event >= warmUp) {
              nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - dueNanos(event)));
            }
          }
        }
      }
    }
    return nanos;
  }

  /**
   * The number that a usage's id ends in, a hyphen before it and a quote behind; 0 if there is
   * none. By hand, and from the front, where an entry has its id: what the reader takes is taken
   * from the ledger that is measured.
   */
  private static long numberIn(byte[] json) {
    for (int at = 0; at <= json.length - DIGITS - 2; at++) {
      if (json[at] == '-' && json[at + DIGITS + 1] == '"') {
        long number = digits(json, at + 1);
        if (number >= UsageTraffic.FIRST) {
          return number;
        }
      }
    }
    return 0;
  }

  private static long digits(byte[] json, int from) {
    long number = 0;
    for (int at = from; at < from + DIGITS; at++) {
      if (json[at] < '0' || json[at] > '9') {
        return 0;
      }
      number = number * 10 + json[at] - '0';
    }
    return number;
  }
}
