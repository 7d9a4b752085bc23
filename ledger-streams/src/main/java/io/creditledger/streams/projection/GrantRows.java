package io.creditledger.streams.projection;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.id.GrantId;
import io.creditledger.relay.CopyRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code grants}: a row for each grant an entry makes, and what later entries change. */
final class GrantRows {

  private static final String COLUMNS =
      "grants (customer, grant_id, unit, amount, category, priority, effective_at, expires_at,"
          + " name, cost_amount, cost_currency, metadata, rolled_from, sequence, made_at,"
          + " counted_at)";

  private GrantRows() {}

  /** Writes what a batch comes to: first all that is made, then changes in order. */
  static void write(Handle transaction, List<LedgerEntry> entries) {
    CopyRows rows = new CopyRows();
    for (LedgerEntry entry : entries) {
      for (NewGrant made : NewGrant.of(entry.change())) {
        row(rows, entry, made);
      }
    }
    rows.copyInto(transaction, COLUMNS);
    for (LedgerEntry entry : entries) {
      if (entry.change() instanceof Change.Confirmed confirmed) {
        confirm(transaction, entry.header(), confirmed.grant());
      } else if (entry.change() instanceof Change.Extended extended) {
        extend(transaction, entry.header(), extended);
      }
    }
  }

  private static void row(CopyRows rows, LedgerEntry entry, NewGrant made) {
    EntryHeader header = entry.header();
    GrantTerms terms = made.grant().terms();
    Optional<CostBasis> cost = made.details().costBasis();
    Optional<Instant> counted =
        made.grant().state() == GrantState.PENDING
            ? Optional.empty()
            : Optional.of(header.recordedAt());
    rows.text(header.customer().value())
        .text(terms.id().value())
        .text(terms.unit().value())
        .text(terms.amount().toString())
        .text(terms.category().wireName())
        .number(terms.priority())
        .instant(terms.effectiveAt())
        .instant(terms.expiresAt())
        .text(made.details().name())
        .decimal(cost.map(CostBasis::amount))
        .text(cost.map(CostBasis::currency))
        .text(JsonColumn.of(made.details().metadata()))
        .text(rolledFrom(entry.change(), terms.id()))
        .number(header.sequence())
        .instant(header.recordedAt())
        .instant(counted)
        .end();
  }

  private static Optional<String> rolledFrom(Change change, GrantId made) {
    return change instanceof Change.Renewed renewed
            && renewed.rollover().filter(over -> over.grant().id().equals(made)).isPresent()
        ? renewed.ended().map(GrantId::value)
        : Optional.empty();
  }

  private static void confirm(Handle transaction, EntryHeader header, GrantId grant) {
    transaction
        .createUpdate(
            "update grants set counted_at = cast(:at as timestamptz)"
                + " where customer = :customer and grant_id = :grant")
        .bind("at", CopyRows.timestamp(header.recordedAt()))
        .bind("customer", header.customer().value())
        .bind("grant", grant.value())
        .execute();
  }

  private static void extend(Handle transaction, EntryHeader header, Change.Extended extended) {
    transaction
        .createUpdate(
            "update grants set expires_at = cast(:expires as timestamptz),"
                + " metadata = metadata || cast(:added as jsonb)"
                + " where customer = :customer and grant_id = :grant")
        .bind("expires", extended.expiresAt().map(CopyRows::timestamp).orElse(null))
        .bind("added", JsonColumn.of(extended.metadata()))
        .bind("customer", header.customer().value())
        .bind("grant", extended.grant().value())
        .execute();
  }
}
