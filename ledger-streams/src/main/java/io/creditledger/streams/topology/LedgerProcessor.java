package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.Reading;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ledger in Kafka Streams. For each input: load the account, have the core decide, store what
 * follows, forward the outcome. All four are one Kafka transaction with the input's offset, so an
 * input is decided once, whatever crashes.
 */
final class LedgerProcessor implements Processor<byte[], byte[], byte[], Addressed> {

  private final Topics topics;
  private final int partitions;
  private final InstantSource clock;
  private final TimerSettings timerSettings;
  private final Progress progress;

  private ProcessorContext<byte[], Addressed> context;
  private int partition;
  private KeyValueStore<Bytes, byte[]> accounts;
  private KeyValueStore<Bytes, byte[]> ids;
  private KeyValueStore<Bytes, byte[]> grants;
  private Catalogs catalogs;
  private Timers timers;
  private Outcomes outcomes;

  LedgerProcessor(
      Topics topics,
      int partitions,
      InstantSource clock,
      TimerSettings timerSettings,
      Progress progress) {
    this.topics = topics;
    this.partitions = partitions;
    this.clock = clock;
    this.timerSettings = timerSettings;
    this.progress = progress;
  }

  @Override
  public void init(ProcessorContext<byte[], Addressed> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    accounts = context.getStateStore(StoreNames.ACCOUNTS);
    ids = context.getStateStore(StoreNames.PROCESSED_IDS);
    grants = context.getStateStore(StoreNames.GRANTS);
    catalogs = new Catalogs(context.getStateStore(StoreNames.CATALOG));
    outcomes = new Outcomes(context, partition);
    timers = new Timers(context.getStateStore(StoreNames.TIMERS), timerSettings);
    IdSweep sweep = new IdSweep(ids);
    progress.begin(partition);
    context.schedule(
        timerSettings.interval(), PunctuationType.WALL_CLOCK_TIME, now -> publishDue());
    context.schedule(
        timerSettings.sweepInterval(),
        PunctuationType.WALL_CLOCK_TIME,
        now -> sweep.next(clock.instant(), catalogs.current().limits()));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Position position = position();
    progress.deciding(position);
    Catalog catalog = catalogs.current();
    Reading reading = InputRecord.read(record, position, catalog, partitions);
    switch (reading) {
      case Reading.Read read -> decide(read.event(), position, record, catalog);
      case Reading.Unreadable unreadable ->
          outcomes.rejected(
              record, position, unreadable, sequence(record, unreadable), catalog.version());
    }
  }

  private void decide(
      LedgerEvent event, Position position, Record<byte[], byte[]> record, Catalog catalog) {
    byte[] key = record.key();
    Account account = load(key, event.customer());
    StoreMemory memory = new StoreMemory(key, ids, grants);
    Input input = new Input(event, position, Instant.ofEpochMilli(record.timestamp()));
    switch (Ledger.decide(account, memory, input, catalog)) {
      case Decision.Accepted accepted -> {
        LedgerEntry entry = accepted.entry();
        byte[] json = EntryJson.write(entry);
        Account next = accepted.applied().account().chained(Hash.of(json));
        accounts.put(Bytes.wrap(key), AccountCodec.write(next));
        memory.keep(accepted.applied());
        timers.reschedule(key, account, next, entry, catalog);
        outcomes.accepted(record, json);
        outcomes.balance(record, next);
        outcomes.alerts(record, entry);
      }
      case Decision.Duplicate duplicate ->
          outcomes.duplicate(record, position, event, duplicate, account, catalog.version());
      case Decision.Rejected rejected ->
          outcomes.rejected(record, position, event, rejected, account, catalog.version());
    }
  }

  /** Timers only propose: what they publish comes back as an input and is decided then. */
  private void publishDue() {
    timers.publishDue(
        clock.instant(),
        catalogs.current(),
        key -> load(key, new CustomerId(new String(key, StandardCharsets.UTF_8))),
        (key, event) -> outcomes.timer(key, event, clock.instant()));
  }

  private Account load(byte[] key, CustomerId customer) {
    byte[] bytes = accounts.get(Bytes.wrap(key));
    return bytes == null ? Account.empty(customer) : AccountCodec.read(customer, bytes);
  }

  private Position position() {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("an input without a position"));
    return new Position(topics.source(metadata.topic()), metadata.partition(), metadata.offset());
  }

  /** The sequence number at which an unreadable input was refused; 0 where no account is meant. */
  private long sequence(Record<byte[], byte[]> record, Reading.Unreadable unreadable) {
    Optional<byte[]> key =
        unreadable
            .customer()
            .map(StoreKeys::customer)
            .filter(
                customer ->
                    unreadable.reason() != Reason.WRONG_PARTITION
                        && Arrays.equals(customer, record.key()));
    byte[] bytes = key.map(known -> accounts.get(Bytes.wrap(known))).orElse(null);
    return bytes == null
        ? 0
        : AccountCodec.read(unreadable.customer().orElseThrow(), bytes).sequence();
  }
}
