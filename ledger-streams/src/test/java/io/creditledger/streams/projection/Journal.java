package io.creditledger.streams.projection;

import io.creditledger.core.account.Decision;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.scenario.MemoryLedger;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One customer's journal as the core decides it, as records of the journal's topic. */
final class Journal {

  static final String TOPIC = "ledger.entries";
  static final CustomerId CUSTOMER = new CustomerId("cus_1");

  private static final int PARTITION = 2;

  /** A transaction's marker takes an offset too. */
  private static final int OFFSETS_APART = 2;

  private final MemoryLedger ledger =
      new MemoryLedger(
          CatalogYaml.parse(
              "test",
              """
              meters:
                llm.tokens:
                  rates: [{credits: "1", per: 1000}]
                agent.task:
                  aggregation: count
                  credits: "2"
              """));
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  /** A usage, reservation or reversal, recorded at that time. */
  Journal usage(String recordedAt, String fields) {
    return submit(Source.USAGE, recordedAt, fields);
  }

  /** A grant or correction, recorded at that time. */
  Journal grant(String recordedAt, String fields) {
    return submit(Source.GRANT, recordedAt, fields);
  }

  /** What time brings about until then. */
  Journal timersUntil(String at) {
    ledger.fireTimersUntil(Instant.parse(at));
    return gathered();
  }

  private Journal submit(Source source, String recordedAt, String fields) {
    byte[] event = ("{\"customer\":\"cus_1\"," + fields + "}").getBytes(StandardCharsets.UTF_8);
    if (!(EventJson.read(source, event) instanceof Reading.Read read)) {
      throw new AssertionError("unreadable: " + fields);
    }
    Decision decision = ledger.submit(read.event(), Instant.parse(recordedAt));
    if (!(decision instanceof Decision.Accepted)) {
      throw new AssertionError(fields + " became " + decision);
    }
    return gathered();
  }

  private Journal gathered() {
    List<LedgerEntry> entries = ledger.entries(CUSTOMER);
    for (LedgerEntry entry : entries.subList(records.size(), entries.size())) {
      records.add(record((long) records.size() * OFFSETS_APART, EntryJson.write(entry)));
    }
    return this;
  }

  static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>(
        TOPIC, PARTITION, offset, CUSTOMER.value().getBytes(StandardCharsets.UTF_8), value);
  }

  List<ConsumerRecord<byte[], byte[]>> records() {
    return List.copyOf(records);
  }

  MemoryLedger ledger() {
    return ledger;
  }

  /** The journal's bytes, oldest first. */
  List<String> bodies() {
    return records.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
