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

  /**
   * At this share the clock stops, with a commit amid the work as it started: waiting for the last
   * commit is no pace either, nor is what one thread has left when another has nothing to do.
   */
  private static final double LEAD_OUT = 0.9;

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Drain() {}

  /**
   * What was worked off while the clock ran.
   *
   * @param records from the end of the lead-in to the beginning of the lead-out
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
    Clock clock = new Clock(done(broker.committed(group), ends), total);
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      long done = done(broker.committed(group), ends);
      long now = System.nanoTime();
      clock.seen(done, now);
      if (done >= total) {
        return clock.pace();
      }
      if (now > deadline) {
        throw new IllegalStateException(
            "%s has worked off %,d of %,d records after %d s"
                .formatted(group, done, total, limit.toSeconds()));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  /** Runs from the first commit after the lead-in to the first after the lead-out began. */
  static final class Clock {
    private final long leadIn;
    private final long leadOut;
    private long startedWith;
    private long startedAt;
    private long endedWith;
    private long endedAt;
    private boolean started;

    /**
     * Begins when a part may be done already.
     *
     * @param before so many records are done
     * @param total so many will be
     */
    Clock(long before, long total) {
      this.leadIn = before + (long) ((total - before) * LEAD_IN);
      this.leadOut = before + (long) ((total - before) * LEAD_OUT);
      this.startedWith = before;
      this.endedWith = before;
      this.startedAt = System.nanoTime();
      this.endedAt = startedAt;
    }

    /**
     * Notes how far it is.
     *
     * @param done so many records, not fewer than before
     */
    void seen(long done, long nanoTime) {
      if (!started && done > startedWith && done >= leadIn && done < leadOut) {
        started = true;
        startedWith = done;
        startedAt = nanoTime;
      }
      if (endedWith < leadOut) {
        endedWith = done;
        endedAt = nanoTime;
      }
    }

    /** What was done while it ran; all of it where there were too few commits to tell. */
    Pace pace() {
      return new Pace(endedWith - startedWith, Duration.ofNanos(Math.max(1, endedAt - startedAt)));
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
