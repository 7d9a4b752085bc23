package io.creditledger.cli.bench.rig;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast a group works off what lies in its input topics. It counts what the group has committed:
 * under exactly-once an input's offset is committed in the transaction that carries its outcome, so
 * what counts is decided and visible to whoever reads what is committed.
 */
public final class Drain {

  /**
   * This share of the inputs, from 0 to 1, passes before the clock starts: starting is not pace.
   */
  private static final double LEAD_IN = 0.15;

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private Drain() {}

  /**
   * What was worked off while the clock ran.
   *
   * @param records from the end of the lead-in to the last
   */
  public record Pace(long records, Duration time) {
    /** Records a second. */
    public double perSecond() {
      return records * 1e9 / time.toNanos();
    }
  }

  /**
   * Waits until the group has committed all that the topics hold.
   *
   * @throws IllegalStateException if that takes longer than the limit
   */
  public static Pace await(Broker broker, String group, Collection<String> topics, Duration limit)
      throws InterruptedException {
    Map<TopicPartition, Long> ends = broker.ends(topics);
    long total = sum(ends);
    long before = done(broker.committed(group), ends);
    long leadIn = before + (long) ((total - before) * LEAD_IN);
    long deadline = System.nanoTime() + limit.toNanos();
    long startedAt = System.nanoTime();
    long startedWith = before;
    boolean leadingIn = true;
    while (true) {
      long done = done(broker.committed(group), ends);
      long now = System.nanoTime();
      if (done >= total) {
        return new Pace(done - startedWith, Duration.ofNanos(Math.max(1, now - startedAt)));
      }
      if (leadingIn && done > before && done >= leadIn) {
        leadingIn = false;
        startedAt = now;
        startedWith = done;
      }
      if (now > deadline) {
        throw new IllegalStateException(
            "%s has worked off %,d of %,d records after %d s"
                .formatted(group, done, total, limit.toSeconds()));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  private static long done(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
    return ends.keySet().stream()
        .mapToLong(partition -> committed.getOrDefault(partition, 0L))
        .sum();
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
