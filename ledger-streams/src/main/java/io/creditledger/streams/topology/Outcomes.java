package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.wire.AlertJson;
import io.creditledger.core.wire.BalanceJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.OutcomeJson;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards what became of an input to the topic that tells of it. */
final class Outcomes {

  static final String ENTRIES_SINK = "entries";
  static final String REJECTIONS_SINK = "rejections";
  static final String BALANCES_SINK = "balances";
  static final String ALERTS_SINK = "alerts";
  static final String TIMERS_SINK = "timer-events";

  private final ProcessorContext<byte[], Addressed> context;
  private final int partition;

  Outcomes(ProcessorContext<byte[], Addressed> context, int partition) {
    this.context = context;
    this.partition = partition;
  }

  void accepted(InputRecord input, byte[] json) {
    forward(input.key(), json, input.recordedAt().toEpochMilli(), ENTRIES_SINK);
  }

  void alerts(InputRecord input, LedgerEntry entry) {
    List<Alert> alerts = entry.alerts();
    for (int i = 0; i < alerts.size(); i++) {
      byte[] json = AlertJson.write(entry.header().customer(), entry, alerts.get(i), i);
      forward(input.key(), json, input.recordedAt().toEpochMilli(), ALERTS_SINK);
    }
  }

  void balance(HotAccounts.Changed changed) {
    Account account = changed.account();
    long at = changed.recordedAtMillis();
    byte[] json = BalanceJson.write(account, Instant.ofEpochMilli(at));
    forward(StoreKeys.customer(account.customer()), json, at, BALANCES_SINK);
  }

  void refused(InputRecord input, Judgement.Refused refused) {
    long at = input.recordedAt().toEpochMilli();
    if (refused.kind() == OutcomeJson.Kind.DUPLICATE) {
      forward(input.key(), refused.json().get(), at, REJECTIONS_SINK);
      return;
    }
    // With the input's headers: a CloudEvent in binary mode is nothing without them.
    Addressed outcome = new Addressed(partition, refused.json().get());
    context.forward(new Record<>(input.key(), outcome, at, input.headers()), REJECTIONS_SINK);
  }

  void timer(byte[] customer, LedgerEvent event, Instant now) {
    forward(customer, EventJson.write(event), now.toEpochMilli(), TIMERS_SINK);
  }

  private void forward(byte[] key, byte[] json, long timestamp, String sink) {
    context.forward(new Record<>(key, new Addressed(partition, json), timestamp), sink);
  }
}
