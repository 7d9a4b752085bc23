package io.creditledger.streams.replay;

import io.creditledger.core.account.DueEvents;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.replay.Books;
import io.creditledger.core.replay.Memories;
import io.creditledger.core.replay.Standing;
import io.creditledger.core.replay.Tally;
import io.creditledger.core.replay.WhatIf;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.core.wire.Reading;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.Fence;
import io.creditledger.streams.audit.JournalReader;
import io.creditledger.streams.audit.KafkaPartitionLog;
import io.creditledger.streams.audit.PartitionLog;
import io.creditledger.streams.audit.Step;
import io.creditledger.streams.audit.Written;
import io.creditledger.streams.topology.Catalogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition's history, as it was and as it would have been. What is remembered of events lies
 * in temporary files, so that only accounts, grants and an index of ids take memory.
 */
final class PartitionWhatIf {

  private final WhatIfReplay.Source source;
  private final OtherRules rules;
  private final Catalogs catalogs;
  private final Fence fence;
  private final int partition;
  private final AtomicLong inputs;

  private final Books books;
  private final Map<CustomerId, Tally> tallies = new HashMap<>();
  private final Set<String> timers = new HashSet<>();
  private final WhatIf whatIf;
  private final List<CustomerDifference> differences = new ArrayList<>();
  private Catalog last = Catalog.EMPTY;

  PartitionWhatIf(
      WhatIfReplay.Source source,
      OtherRules rules,
      Catalogs catalogs,
      Fence fence,
      int partition,
      AtomicLong inputs,
      Memories wasRemembered,
      Memories thenRemembered) {
    this.source = source;
    this.rules = rules;
    this.catalogs = catalogs;
    this.fence = fence;
    this.partition = partition;
    this.inputs = inputs;
    this.books = new Books(wasRemembered);
    this.whatIf = new WhatIf(thenRemembered, this::bringsAbout);
  }

  private static String timer(CustomerId customer, EventId id) {
    return customer.value().length() + " " + customer.value() + id.value();
  }

  /** The log does what it did; what is due in it, and late, is not to happen earlier here. */
  private boolean bringsAbout(CustomerId customer, EventId timer, Instant at) {
    return timers.contains(timer(customer, timer))
        || DueEvents.until(books.account(customer), last, at).stream()
            .anyMatch(due -> due.event().id().equals(timer));
  }

  /**
   * Lives through it, and takes the balances at the end.
   *
   * @return everybody, those with no difference too
   */
  List<CustomerDifference> run(Instant end) {
    collectTimers();
    try (PartitionLog log =
        new KafkaPartitionLog(
            source.kafka().reader(), source.topics(), partition, Map.of(), fence)) {
      JournalReader reader = new JournalReader(log);
      for (Optional<Step> step = reader.next(); step.isPresent(); step = reader.next()) {
        Step.Decided decided = ReplayFeed.decided(step.get());
        if (decided.input().recordedAt().isAfter(source.until())) {
          break;
        }
        last = catalog(decided.outcome());
        then(decided, rules.inPlaceOf(last));
        was(decided.outcome());
      }
    }
    whatIf.finish(end, rules.inPlaceOf(last));
    compare(end);
    return differences;
  }

  /** What the log brought about in time must not be brought about again. */
  private void collectTimers() {
    TopicPartition place =
        new TopicPartition(source.topics().name(Topics.EXPIRY_EVENTS), partition);
    try (TopicRecords records = new TopicRecords(source.kafka().reader(), place)) {
      for (Optional<ConsumerRecord<byte[], byte[]>> record = records.next();
          record.isPresent();
          record = records.next()) {
        if (EventJson.read(Source.EXPIRY, record.get().value(), Catalog.EMPTY)
            instanceof Reading.Read read) {
          timers.add(timer(read.event().customer(), read.event().id()));
        }
      }
    }
  }

  private Catalog catalog(Written outcome) {
    return catalogs
        .version(outcome.catalog())
        .orElseThrow(
            () ->
                new ReplayException(
                    "the catalog topic has no catalog "
                        + outcome.catalog()
                        + " that can be read, which "
                        + outcome.place()
                        + " names"));
  }

  private void was(Written outcome) {
    switch (outcome.kind()) {
      case ENTRY -> {
        CustomerId customer = new CustomerId(outcome.customer());
        if (counts(customer)) {
          tally(customer).accept(books.fold(outcome.json()));
        }
      }
      case REFUSAL -> {
        OutcomeJson.Parsed parsed = OutcomeJson.read(outcome.json());
        if (parsed.kind() == OutcomeJson.Kind.REJECTION
            && parsed.position().source() == Source.USAGE) {
          parsed.customer().filter(this::counts).ifPresent(one -> tally(one).refuse());
        }
      }
    }
  }

  private void then(Step.Decided decided, Catalog catalog) {
    switch (decided.input().read(catalog, fence.partitions())) {
      case Reading.Read read -> {
        LedgerEvent event = read.event();
        if (counts(event.customer())) {
          whatIf.decide(
              new Input(event, decided.input().position(), decided.input().recordedAt()), catalog);
          inputs.incrementAndGet();
        }
      }
      case Reading.Unreadable unreadable ->
          unreadable
              .customer()
              .filter(this::counts)
              .ifPresent(
                  customer -> whatIf.unreadable(customer, decided.input().position().source()));
    }
  }

  private boolean counts(CustomerId customer) {
    return source.customers().isEmpty() || source.customers().contains(customer);
  }

  private Tally tally(CustomerId customer) {
    return tallies.computeIfAbsent(customer, none -> new Tally());
  }

  private void compare(Instant end) {
    Set<CustomerId> customers = new TreeSet<>(Comparator.comparing(CustomerId::value));
    customers.addAll(tallies.keySet());
    customers.addAll(whatIf.customers());
    for (CustomerId customer : customers) {
      Map<Unit, Standing> was = tally(customer).standings(books.account(customer), end);
      Map<Unit, Standing> then = whatIf.tally(customer).standings(whatIf.account(customer), end);
      Set<Unit> units = new TreeSet<>(Comparator.comparing(Unit::value));
      units.addAll(was.keySet());
      units.addAll(then.keySet());
      if (units.isEmpty()) {
        units.add(Unit.CREDITS); // Nothing but refusals.
      }
      for (Unit unit : units) {
        differences.add(
            new CustomerDifference(
                customer,
                unit,
                was.getOrDefault(unit, Standing.NOTHING),
                then.getOrDefault(unit, Standing.NOTHING),
                tally(customer).refused(),
                whatIf.tally(customer).refused()));
      }
    }
  }
}
