package io.creditledger.streams.audit;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.InputRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads one partition in the journal's order: each outcome joined with its input, a refusal or
 * duplicate after the entry whose sequence number it names.
 *
 * <p>Journal, rejections and the three inputs are each in the order of deciding, and a refusal says
 * how many entries its customer had. Taking the next refusal as soon as its input and its sequence
 * number come up, and else the next entry, gives an order that agrees with all of them; where
 * customers are independent of each other it may differ from the one that happened. It needs one
 * record of each topic at a time, and a number for each customer. Not for use by several threads.
 */
public final class JournalReader {

  private static final Map<Source, Topic> TOPICS =
      new EnumMap<>(
          Map.of(
              Source.USAGE, Topics.USAGE_EVENTS,
              Source.GRANT, Topics.GRANT_EVENTS,
              Source.EXPIRY, Topics.EXPIRY_EVENTS));

  private final PartitionLog log;
  private final Map<String, Long> sequences = new HashMap<>();

  /** The next record of each input, once it was looked at: every outcome is held against them. */
  private final Map<Source, ConsumerRecord<byte[], byte[]>> heads = new EnumMap<>(Source.class);

  private Optional<Step> damaged = Optional.empty();
  private Optional<Written> entry = Optional.empty();
  private Optional<Written> refusal = Optional.empty();

  /** A reader from where the log begins. */
  public JournalReader(PartitionLog log) {
    this.log = log;
  }

  /**
   * Tells how many entries a customer had before the log begins, where it does not begin at the
   * beginning.
   */
  public void begin(String customer, long sequence) {
    sequences.put(customer, sequence);
  }

  /**
   * The next step; absent at the fence, when all that must be decided is. A transaction of which
   * only a part lies before the fence is left to a later one.
   */
  public Optional<Step> next() {
    entry = entry.isPresent() ? entry : head(Topics.ENTRIES, Written::entry);
    refusal = refusal.isPresent() ? refusal : head(Topics.REJECTIONS, Written::refusal);
    if (damaged.isPresent()) {
      Optional<Step> step = damaged;
      damaged = Optional.empty();
      return step;
    }
    if (refusal.isPresent() && due(refusal.get())) {
      return Optional.of(decided(refusal.get()));
    }
    if (entry.isPresent() && atHead(entry.get())) {
      return Optional.of(decided(entry.get()));
    }
    if (cutByFence()) {
      return Optional.empty();
    }
    return entry.or(() -> refusal).map(this::stuck).or(this::left);
  }

  private Optional<Written> head(
      Topic topic, Function<ConsumerRecord<byte[], byte[]>, Written> read) {
    if (damaged.isPresent()) {
      return Optional.empty();
    }
    return log.peek(topic)
        .flatMap(
            record -> {
              try {
                return Optional.of(read.apply(record));
              } catch (IllegalStateException e) {
                log.take(topic);
                damaged = Optional.of(new Step.Damaged(record, e.getMessage()));
                return Optional.empty();
              }
            });
  }

  private boolean due(Written outcome) {
    return atHead(outcome) && sequences.getOrDefault(outcome.customer(), 0L) >= outcome.sequence();
  }

  private boolean atHead(Written outcome) {
    Optional<ConsumerRecord<byte[], byte[]>> head = inputHead(outcome.position().source());
    return head.isPresent() && head.get().offset() == outcome.position().offset();
  }

  private Optional<ConsumerRecord<byte[], byte[]>> inputHead(Source source) {
    Optional<ConsumerRecord<byte[], byte[]>> head = Optional.ofNullable(heads.get(source));
    if (head.isEmpty()) {
      head = log.peek(TOPICS.get(source));
      head.ifPresent(record -> heads.put(source, record));
    }
    return head;
  }

  private void takeInput(Source source) {
    heads.remove(source);
    log.take(TOPICS.get(source));
  }

  private Step decided(Written outcome) {
    Source source = outcome.position().source();
    InputRecord input = input(source, inputHead(source).orElseThrow());
    takeInput(source);
    taken(outcome);
    return new Step.Decided(outcome, input);
  }

  private void taken(Written outcome) {
    switch (outcome.kind()) {
      case ENTRY -> {
        log.take(Topics.ENTRIES);
        entry = Optional.empty();
        sequences.put(outcome.customer(), outcome.sequence());
      }
      case REFUSAL -> {
        log.take(Topics.REJECTIONS);
        refusal = Optional.empty();
      }
    }
  }

  /**
   * Whether what is missing here may stand behind the fence: one topic of outcomes is at its end,
   * and the input that comes next need not have been decided before the fence.
   */
  private boolean cutByFence() {
    if (entry.isPresent() == refusal.isPresent()) {
      return false;
    }
    Written outcome = entry.or(() -> refusal).orElseThrow();
    Source source = outcome.position().source();
    return inputHead(source)
        .filter(head -> head.offset() <= outcome.position().offset())
        .filter(head -> log.mayBeDecidedLater(TOPICS.get(source), head.offset()))
        .isPresent();
  }

  /** Neither topic of outcomes goes on by itself: names what is wrong, and goes past it. */
  private Step stuck(Written outcome) {
    if (refusal.isPresent() && atHead(refusal.get())) {
      return decided(refusal.get()); // Its sequence number is wrong, which its content will show.
    }
    Source source = outcome.position().source();
    Optional<ConsumerRecord<byte[], byte[]>> head = inputHead(source);
    if (head.isEmpty() || head.get().offset() > outcome.position().offset()) {
      taken(outcome);
      return new Step.Unfounded(outcome);
    }
    takeInput(source);
    return new Step.Undecided(input(source, head.get()), Optional.of(outcome));
  }

  private Optional<Step> left() {
    for (Source source : Source.values()) {
      Optional<ConsumerRecord<byte[], byte[]>> head = inputHead(source);
      if (head.isPresent() && log.mustBeDecided(TOPICS.get(source), head.get().offset())) {
        takeInput(source);
        return Optional.of(new Step.Undecided(input(source, head.get()), Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private InputRecord input(Source source, ConsumerRecord<byte[], byte[]> record) {
    return new InputRecord(
        new Position(source, log.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.value(),
        record.headers());
  }
}
