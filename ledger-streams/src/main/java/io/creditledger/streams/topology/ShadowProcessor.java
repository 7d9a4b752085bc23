package io.creditledger.streams.topology;

import io.creditledger.core.catalog.Catalog;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decides inputs again in the order in which they are fed: by the same judgement as the ledger,
 * with the position, the time and the catalog that each had. It forwards entries and refusals; it
 * has no timers and tells nobody anything.
 */
final class ShadowProcessor implements Processor<byte[], byte[], byte[], Addressed> {

  private final int partitions;

  private StoredAccounts accounts;
  private Catalogs catalogs;
  private Outcomes outcomes;

  ShadowProcessor(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public void init(ProcessorContext<byte[], Addressed> context) {
    accounts = StoredAccounts.of(context, changed -> {});
    catalogs = new Catalogs(context.getStateStore(StoreNames.CATALOG));
    outcomes = new Outcomes(context, context.taskId().partition());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    FedInput fed = FedInput.of(record);
    Catalog catalog =
        catalogs
            .version(fed.catalog())
            .orElseThrow(
                () -> new IllegalStateException("no catalog " + fed.catalog() + " to decide by"));
    InputRecord input = fed.input();
    switch (Judgement.of(input, accounts, catalog, partitions)) {
      case Judgement.Accepted accepted -> {
        accounts.keep(input.key(), accepted, input.recordedAt().toEpochMilli());
        outcomes.accepted(input, accepted.json().get());
      }
      case Judgement.Refused refused -> outcomes.refused(input, refused);
    }
  }
}
