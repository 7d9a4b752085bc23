package io.creditledger.stripe.publish;

import io.creditledger.core.account.Reason;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.core.wire.OutcomeJson.Kind;
import io.creditledger.stripe.journal.JournalSink;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Learns what the ledger made of what was published to it. */
public final class PublicationOutcomes implements JournalSink.Reader {

  /** Events that became entries; those of other producers are nobody's business here. */
  @Override
  public void entries(Handle transaction, List<LedgerEntry> entries) {
    PreparedBatch batch =
        transaction.prepareBatch(
            "update publication set state = 'accepted', sequence = :sequence, note = ''"
                + " where customer = :customer and event_id = :id and state <> 'accepted'");
    for (LedgerEntry entry : entries) {
      if (entry.header().position().source() != Source.GRANT) {
        continue;
      }
      batch
          .bind("sequence", entry.header().sequence())
          .bind("customer", entry.header().customer().value())
          .bind("id", entry.header().id().value())
          .add();
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** Events that became none: they were known already, or are refused. */
  @Override
  public void outcomes(Handle transaction, List<OutcomeJson.Parsed> outcomes) {
    for (OutcomeJson.Parsed outcome : outcomes) {
      if (outcome.customer().isPresent() && outcome.id().isPresent()) {
        answered(transaction, outcome);
      }
    }
  }

  private static void answered(Handle transaction, OutcomeJson.Parsed outcome) {
    String note =
        outcome.kind() == Kind.DUPLICATE
            ? "told before"
            : outcome.code().orElse("") + ": " + outcome.detail().orElse("");
    transaction
        .createUpdate(
            "update publication set note = :note, sequence = :sequence, state = case"
                + " when :duplicate then 'accepted'"
                + " when :ended and type in ('void', 'adjust', 'extend') then 'moot'"
                + " else 'refused' end"
                + " where customer = :customer and event_id = :id"
                + " and state in ('waiting', 'published')")
        .bind("note", note)
        .bind("sequence", outcome.of().isPresent() ? outcome.of().getAsLong() : null)
        .bind("duplicate", outcome.kind() == Kind.DUPLICATE)
        .bind("ended", outcome.code().filter(Reason.GRANT_ENDED.name()::equals).isPresent())
        .bind("customer", outcome.customer().orElseThrow().value())
        .bind("id", outcome.id().orElseThrow().value())
        .execute();
  }
}
