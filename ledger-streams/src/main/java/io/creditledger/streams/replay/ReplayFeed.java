package io.creditledger.streams.replay;

import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.Fence;
import io.creditledger.streams.audit.JournalReader;
import io.creditledger.streams.audit.KafkaPartitionLog;
import io.creditledger.streams.audit.PartitionLog;
import io.creditledger.streams.audit.Step;
import io.creditledger.streams.audit.Written;
import io.creditledger.streams.topology.FedInput;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;

/** Writes the ledger's inputs into the feed, in the journal's order. For use by several threads. */
final class ReplayFeed {

  private final ReplaySettings settings;
  private final Fence fence;
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong inputs = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * What was fed of one partition.
   *
   * @param entries inputs that had become entries
   * @param refusals inputs that had been refused, or were duplicates
   */
  record Fed(int partition, long entries, long refusals) {}

  ReplayFeed(ReplaySettings settings, Fence fence, Producer<byte[], byte[]> producer) {
    this.settings = settings;
    this.fence = fence;
    this.producer = producer;
  }

  /**
   * Feeds one partition up to the fence, or to the time at which the replay is to end.
   *
   * @throws ReplayException if the journal and the inputs do not belong together
   */
  Fed feed(int partition) {
    String topic = settings.shadow().name(Topics.REPLAY_FEED);
    long entries = 0;
    long refusals = 0;
    try (PartitionLog log =
        new KafkaPartitionLog(
            settings.kafka().reader(), settings.live(), partition, Map.of(), fence)) {
      JournalReader reader = new JournalReader(log);
      for (Optional<Step> step = reader.next(); step.isPresent(); step = reader.next()) {
        Step.Decided decided = decided(step.get());
        if (decided.input().recordedAt().isAfter(settings.until())) {
          break;
        }
        send(topic, decided);
        if (decided.outcome().kind() == Written.Kind.ENTRY) {
          entries++;
        } else {
          refusals++;
        }
      }
    }
    producer.flush();
    checkSent();
    return new Fed(partition, entries, refusals);
  }

  /** A step of a whole ledger; anything else cannot be replayed. */
  static Step.Decided decided(Step step) {
    return switch (step) {
      case Step.Decided decided -> decided;
      case Step.Undecided undecided ->
          throw broken("the input " + undecided.input().position() + " has no outcome");
      case Step.Unfounded unfounded ->
          throw broken("the outcome " + unfounded.outcome().place() + " has no input");
      case Step.Damaged damaged ->
          throw broken(
              damaged.record().topic()
                  + "-"
                  + damaged.record().partition()
                  + "@"
                  + damaged.record().offset()
                  + " cannot be read: "
                  + damaged.detail());
    };
  }

  private static ReplayException broken(String what) {
    return new ReplayException(
        "the journal cannot be replayed: " + what + "; ./ledger audit tells all that is wrong");
  }

  private void send(String topic, Step.Decided decided) {
    checkSent();
    var unused =
        producer.send(
            new FedInput(decided.input(), decided.outcome().catalog()).record(topic),
            (metadata, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
    inputs.incrementAndGet();
  }

  private void checkSent() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new ReplayException("the feed cannot be written: " + failed.getMessage(), failed);
    }
  }

  /** How many inputs were fed by now. */
  long inputs() {
    return inputs.get();
  }
}
