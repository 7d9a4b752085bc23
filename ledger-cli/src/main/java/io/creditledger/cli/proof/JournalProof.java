package io.creditledger.cli.proof;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the journal itself proves. It reads the inputs, the entries and the rejections from their
 * first record to what is committed as of now, and recomputes everything from them alone:
 *
 * <ul>
 *   <li>every input record has exactly one outcome, and no outcome is without its input;
 *   <li>each customer's entries count from 1 without a gap, and each carries the hash of the one
 *       before it, byte for byte;
 *   <li>of each grant, granted = unheld + held + consumed + expired + voided, no part is ever
 *       negative, and each entry states what its postings leave;
 *   <li>each usage is paid, to the millionth, by its allocations and what is beyond them;
 *   <li>each entry's balance is what the journal up to it adds up to.
 * </ul>
 *
 * <p>It is as of a moment: read it when nothing is on its way, or what is counts as undecided.
 */
public final class JournalProof {

  private static final int VIOLATIONS_KEPT = 20;

  private final Topics topics;
  private final Map<CustomerId, CustomerFold> folds = new LinkedHashMap<>();
  private final Map<String, Counts> byEvent = new HashMap<>();
  private final Map<Source, Map<Integer, BitSet>> inputs = new HashMap<>();
  private final Map<Source, Map<Integer, BitSet>> decided = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<CustomerId, CustomerSums> customers = new LinkedHashMap<>();
  private long violationCount;
  private long entries;
  private long duplicates;
  private long rejections;

  /** How often an event stands in the topics of outcomes. */
  public record Tally(int entries, int duplicates, int rejections) {}

  private static final class Counts {
    private int entries;
    private int duplicates;
    private int rejections;
  }

  private JournalProof(Topics topics) {
    this.topics = topics;
  }

  /**
   * Reads a ledger's topics.
   *
   * @param clientProperties of a Kafka client, with the brokers' addresses
   */
  public static JournalProof read(Map<String, Object> clientProperties, Topics topics) {
    JournalProof proof = new JournalProof(topics);
    TopicScan scan = new TopicScan(clientProperties);
    // Inputs first: what is decided meanwhile is an outcome more, never one less.
    scan.read(Arrays.stream(Source.values()).map(topics::name).toList(), proof::input);
    scan.read(List.of(topics.name(Topics.ENTRIES), topics.name(Topics.REJECTIONS)), proof::outcome);
    proof.finish();
    return proof;
  }

  private void input(ConsumerRecord<byte[], byte[]> record) {
    bits(inputs, topics.source(record.topic()), record.partition())
        .set(Math.toIntExact(record.offset()));
  }

  private void outcome(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.name(Topics.ENTRIES))) {
      entry(record);
    } else {
      refusal(record);
    }
  }

  private void entry(ConsumerRecord<byte[], byte[]> record) {
    LedgerEntry entry = EntryJson.read(record.value());
    CustomerId customer = entry.header().customer();
    entries++;
    counts(customer, entry.header().id()).entries++;
    decide(entry.header().position(), record);
    if (!Arrays.equals(record.key(), customer.value().getBytes(StandardCharsets.UTF_8))) {
      violate("an entry of " + customer + " has another key: " + place(record));
    }
    folds
        .computeIfAbsent(customer, one -> new CustomerFold(one, this::violate))
        .add(entry, record.value());
  }

  private void refusal(ConsumerRecord<byte[], byte[]> record) {
    OutcomeJson.Parsed outcome = OutcomeJson.read(record.value());
    decide(outcome.position(), record);
    switch (outcome.kind()) {
      case DUPLICATE -> {
        duplicates++;
        counts(outcome.customer().orElseThrow(), outcome.id().orElseThrow()).duplicates++;
      }
      case REJECTION -> {
        rejections++;
        if (outcome.customer().isPresent() && outcome.id().isPresent()) {
          counts(outcome.customer().get(), outcome.id().get()).rejections++;
        }
      }
    }
  }

  private void decide(Position position, ConsumerRecord<byte[], byte[]> record) {
    BitSet offsets = bits(decided, position.source(), position.partition());
    if (offsets.get(Math.toIntExact(position.offset()))) {
      violate("input " + position + " has two outcomes, the second at " + place(record));
    }
    offsets.set(Math.toIntExact(position.offset()));
  }

  private void finish() {
    inputs.forEach(
        (source, byPartition) ->
            byPartition.forEach(
                (partition, offsets) -> {
                  BitSet missing = (BitSet) offsets.clone();
                  missing.andNot(bits(decided, source, partition));
                  missing.stream()
                      .forEach(
                          offset ->
                              violate(
                                  "input "
                                      + new Position(source, partition, offset)
                                      + " has no outcome"));
                }));
    folds.forEach(
        (customer, fold) -> {
          CustomerSums sums = fold.sums();
          customers.put(customer, sums);
          sums.grants()
              .values()
              .forEach(
                  grant -> {
                    if (!grant.conserved()) {
                      violate(customer + ": grant " + grant.id() + " is not conserved: " + grant);
                    }
                  });
        });
  }

  private Counts counts(CustomerId customer, EventId id) {
    return byEvent.computeIfAbsent(key(customer, id), none -> new Counts());
  }

  private static String key(CustomerId customer, EventId id) {
    return customer.value() + '\n' + id.value();
  }

  private static BitSet bits(
      Map<Source, Map<Integer, BitSet>> positions, Source source, int partition) {
    return positions
        .computeIfAbsent(source, none -> new HashMap<>())
        .computeIfAbsent(partition, none -> new BitSet());
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private void violate(String what) {
    violationCount++;
    if (violations.size() < VIOLATIONS_KEPT) {
      violations.add(what);
    }
  }

  /** Whether everything that the journal promises holds. */
  public boolean holds() {
    return violationCount == 0;
  }

  /** What does not hold, in sentences: the first twenty, and how many more there are. */
  public List<String> violations() {
    List<String> told = new ArrayList<>(violations);
    if (violationCount > violations.size()) {
      told.add("and " + (violationCount - violations.size()) + " more");
    }
    return told;
  }

  /** How often an event was recorded, repeated and refused. */
  public Tally tally(CustomerId customer, EventId id) {
    Counts counts = byEvent.getOrDefault(key(customer, id), new Counts());
    return new Tally(counts.entries, counts.duplicates, counts.rejections);
  }

  /** Whether an input has an outcome. */
  public boolean decided(Position position) {
    return bits(decided, position.source(), position.partition())
        .get(Math.toIntExact(position.offset()));
  }

  /** What the journal adds up to for each customer. */
  public Map<CustomerId, CustomerSums> customers() {
    return Map.copyOf(customers);
  }

  /** Entries in the journal. */
  public long entries() {
    return entries;
  }

  /** Inputs that repeated an event. */
  public long duplicates() {
    return duplicates;
  }

  /** Inputs that were refused. */
  public long rejections() {
    return rejections;
  }
}
