package io.creditledger.stripe.topup;

import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.AlertJson;
import io.creditledger.core.wire.UsageThresholdJson;
import io.creditledger.relay.Relay;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.topup.TopUp.Answer;
import io.creditledger.stripe.topup.TopUp.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;

/** Learns from the ledger's alerts what is to be bought, and from its journal what no longer is. */
public final class TopUpRequests implements Relay.Sink, JournalSink.Reader {

  private final Clock clock;

  /** Asks for what is to be bought from now on. */
  public TopUpRequests(Clock clock) {
    this.clock = clock;
  }

  /** Alerts. */
  @Override
  public void write(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JournalSink.read(transaction, record, TopUpRequests::own)
          .flatMap(own -> own)
          .ifPresent(told -> told(transaction, told));
    }
  }

  /** An alert of the ledger's own; empty if somebody else has decided it. */
  private static Optional<AlertJson.Parsed> own(byte[] json) {
    return UsageThresholdJson.read(json).isPresent()
        ? Optional.empty()
        : Optional.of(AlertJson.read(json));
  }

  private void told(Handle transaction, AlertJson.Parsed told) {
    if (told.alert() instanceof Alert.TopUpRequested request
        && TopUpTable.find(transaction, told.customer(), request.topUp()).isEmpty()) {
      Instant now = clock.instant();
      TopUpTable.put(
          transaction,
          new TopUp(
              told.customer(),
              request.topUp(),
              request.unit(),
              request.amount(),
              told.recordedAt(),
              State.OPEN,
              Optional.empty(),
              Optional.empty(),
              "",
              Answer.AWAITED));
      Effects.ask(
          transaction, TopUpEffect.KIND, told.customer(), request.topUp().value(), now, now);
    }
  }

  @Override
  public void entries(Handle transaction, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      if (entry.change() instanceof Change.TopUpEnded ended) {
        TopUpTable.answered(transaction, entry.header().customer(), ended.topUp());
      } else if (entry.change() instanceof Change.Granted granted) {
        granted
            .topUp()
            .ifPresent(
                request -> TopUpTable.answered(transaction, entry.header().customer(), request));
      }
    }
  }
}
