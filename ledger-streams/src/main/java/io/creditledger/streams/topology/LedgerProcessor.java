package io.creditledger.streams.topology;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The ledger in Kafka Streams. For each input: load the account, have the core decide, store what
 * follows, forward the outcome. All four are one Kafka transaction with the input's offset, so an
 * input is decided once, whatever crashes.
 */
final class LedgerProcessor implements Processor<byte[], byte[], byte[], Addressed> {

  private final Topics topics;
  private final int partitions;
  private final InstantSource clock;
  private final Supplier<CommitPace> pace;
  private final TimerSettings timerSettings;
  private final Progress progress;
  private final DecisionListener listener;

  private ProcessorContext<byte[], Addressed> context;
  private int partition = -1; // Until the task begins.
  private StoredAccounts accounts;
  private Catalogs catalogs;
  private Timers timers;
  private Outcomes outcomes;

  LedgerProcessor(
      Topics topics,
      int partitions,
      InstantSource clock,
      Supplier<CommitPace> pace,
      TimerSettings timerSettings,
      Progress progress,
      DecisionListener listener) {
    this.topics = topics;
    this.partitions = partitions;
    this.clock = clock;
    this.pace = pace;
    this.timerSettings = timerSettings;
    this.progress = progress;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<byte[], Addressed> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    outcomes = new Outcomes(context, partition);
    accounts = StoredAccounts.of(context, outcomes::balance);
    catalogs = new Catalogs(context.getStateStore(StoreNames.CATALOG));
    timers = new Timers(context.getStateStore(StoreNames.TIMERS), timerSettings);
    progress.begin(partition);
    listener.begin(partition);
    context.schedule(
        timerSettings.interval(), PunctuationType.WALL_CLOCK_TIME, now -> publishDue());
    context.schedule(
        timerSettings.sweepInterval(),
        PunctuationType.WALL_CLOCK_TIME,
        now -> accounts.sweepIds(clock.instant(), catalogs.current().limits()));
    context.schedule(
        pace.get().lookInterval(), PunctuationType.WALL_CLOCK_TIME, now -> commitWhenDue());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    List<InputRecord> inputs = inputs(record);
    progress.deciding(inputs.getFirst().position());
    Catalog catalog = catalogs.current();
    for (InputRecord input : inputs) {
      decide(input, catalog);
    }
    pace.get().decided(record.timestamp());
    commitWhenDue();
  }

  private void decide(InputRecord input, Catalog catalog) {
    switch (Judgement.of(input, accounts, catalog, partitions)) {
      case Judgement.Accepted accepted -> {
        byte[] key = input.key();
        accounts.keep(key, accepted, input.recordedAt().toEpochMilli());
        timers.reschedule(key, accepted.before(), accepted.next(), accepted.entry(), catalog);
        outcomes.accepted(input, accepted.json().get());
        outcomes.alerts(input, accepted.entry());
        listener.decided(new Decided.Entry(input.position(), Bytes.wrap(key), accepted.json()));
      }
      case Judgement.Refused refused -> {
        outcomes.refused(input, refused);
        listener.decided(Decided.Refusal.of(input.position(), input.key(), refused.json()));
      }
    }
  }

  @Override
  public void close() {
    listener.end(partition);
  }

  private void commitWhenDue() {
    if (pace.get().isDue()) {
      context.commit();
    }
  }

  /** Timers only propose: what they publish comes back as an input and is decided then. */
  private void publishDue() {
    timers.publishDue(
        clock.instant(),
        catalogs.current(),
        key -> accounts.account(new CustomerId(new String(key, StandardCharsets.UTF_8))),
        (key, event) -> {
          outcomes.timer(key, event, clock.instant());
          pace.get().published();
        });
  }

  /** What Kafka Streams hands over: an input, or several that follow each other. */
  private List<InputRecord> inputs(Record<byte[], byte[]> record) {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("an input without a position"));
    Source source = topics.source(metadata.topic());
    Instant recordedAt = Instant.ofEpochMilli(record.timestamp());
    Position position = new Position(source, metadata.partition(), metadata.offset());
    return InputBatch.in(record.headers())
        .map(batch -> batch.inputs(source, recordedAt))
        .orElseGet(
            () ->
                List.of(
                    new InputRecord(
                        position, recordedAt, record.key(), record.value(), record.headers())));
  }
}
