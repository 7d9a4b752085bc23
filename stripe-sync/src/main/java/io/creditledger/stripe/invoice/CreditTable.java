package io.creditledger.stripe.invoice;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.invoice.InvoiceCredit.State;
import io.creditledger.stripe.invoice.InvoiceDraft.Finality;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of drafts and of what credits pay on them. */
final class CreditTable {

  private CreditTable() {}

  /** Keeps a draft, if it is new; true if it was. */
  static boolean keep(Handle transaction, InvoiceDraft draft) {
    return transaction
            .createUpdate(
                "insert into invoice_draft values (:invoice, :customer, :stripeCustomer,"
                    + " :periodEnd, :deadline, 'waiting') on conflict do nothing")
            .bind("invoice", draft.invoice())
            .bind("customer", draft.customer().value())
            .bind("stripeCustomer", draft.stripeCustomer())
            .bind("periodEnd", draft.periodEnd())
            .bind("deadline", draft.deadline())
            .execute()
        == 1;
  }

  /** A draft, if it is kept. */
  static Optional<InvoiceDraft> draft(Handle handle, String invoice) {
    return handle
        .createQuery("select * from invoice_draft where invoice = :invoice")
        .bind("invoice", invoice)
        .map((row, context) -> readDraft(row))
        .findOne();
  }

  private static InvoiceDraft readDraft(ResultSet row) throws SQLException {
    Finality open = row.getBoolean("finalized") ? Finality.FINALIZED : Finality.DRAFT;
    return new InvoiceDraft(
        row.getString("invoice"),
        new CustomerId(row.getString("customer")),
        row.getString("stripe_customer"),
        row.getTimestamp("period_end").toInstant(),
        Optional.ofNullable(row.getTimestamp("deadline")).map(Timestamp::toInstant),
        InvoiceDraft.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getBoolean("voided") ? Finality.VOIDED : open);
  }

  /** Notes how far a draft's credits have come. */
  static void advance(Handle transaction, String invoice, InvoiceDraft.State state) {
    transaction
        .createUpdate("update invoice_draft set state = :state where invoice = :invoice")
        .bind("state", state.name().toLowerCase(Locale.ROOT))
        .bind("invoice", invoice)
        .execute();
  }

  /** Notes that an invoice was finalised; the customer, if it is one that is kept. */
  static Optional<CustomerId> finalized(Handle transaction, String invoice) {
    return note(transaction, invoice, "finalized");
  }

  /** Notes that an invoice was voided; the customer, if it is one that is kept. */
  static Optional<CustomerId> voided(Handle transaction, String invoice) {
    return note(transaction, invoice, "voided");
  }

  private static Optional<CustomerId> note(Handle transaction, String invoice, String column) {
    return transaction
        .createQuery(
            "update invoice_draft set "
                + column
                + " = true where invoice = :invoice returning customer")
        .bind("invoice", invoice)
        .mapTo(String.class)
        .findOne()
        .map(CustomerId::new);
  }

  /** Writes credits as they are now. */
  static void put(Handle transaction, InvoiceCredit credit) {
    transaction
        .createUpdate(
            "insert into invoice_credit (invoice, meter, subscription, customer, mode, currency,"
                + " used, unit, price, occurred_at, asked, times_asked, debit, taken, give_back,"
                + " applied, state, note) values (:invoice, :meter, :subscription, :customer,"
                + " :mode, :currency, :used, :unit, :price, :occurredAt, :asked, :timesAsked,"
                + " :debit, :taken, :giveBack, :applied, :state, :note)"
                + " on conflict (invoice, meter) do update set asked = :asked,"
                + " times_asked = :timesAsked, debit = :debit, taken = :taken,"
                + " give_back = :giveBack, applied = :applied, state = :state, note = :note")
        .bind("invoice", credit.invoice())
        .bind("meter", credit.meter().map(MeterName::value).orElse(""))
        .bind("subscription", credit.subscription().map(SubscriptionId::value))
        .bind("customer", credit.customer().value())
        .bind("mode", credit.mode().name())
        .bind("currency", credit.used().currency())
        .bind("used", credit.used().minor())
        .bind("unit", credit.unit().value())
        .bind("price", credit.price())
        .bind("occurredAt", credit.occurredAt())
        .bind("asked", credit.asked().micros())
        .bind("timesAsked", credit.timesAsked())
        .bind("debit", credit.debitId().value())
        .bind("taken", credit.taken().micros())
        .bind("giveBack", credit.giveBack().micros())
        .bind("applied", credit.applied())
        .bind("state", credit.state().name())
        .bind("note", credit.note())
        .execute();
  }

  /** Notes which object of Stripe's credits became. */
  static void standsAs(Handle transaction, InvoiceCredit credit, String stripeId) {
    transaction
        .createUpdate(
            "update invoice_credit set stripe_id = :stripeId"
                + " where invoice = :invoice and meter = :meter")
        .bind("stripeId", stripeId)
        .bind("invoice", credit.invoice())
        .bind("meter", credit.meter().map(MeterName::value).orElse(""))
        .execute();
  }

  /** What credits pay on an invoice, by meter. */
  static List<InvoiceCredit> of(Handle handle, String invoice) {
    return handle
        .createQuery("select * from invoice_credit where invoice = :invoice order by meter")
        .bind("invoice", invoice)
        .map((row, context) -> read(row))
        .list();
  }

  /** The credits that asked the ledger by that event, as long as they wait for its decision. */
  static Optional<InvoiceCredit> asking(Handle handle, EventId debit) {
    return handle
        .createQuery(
            "select * from invoice_credit where debit = :debit"
                + " and state in ('PLANNED', 'ASKED')")
        .bind("debit", debit.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  private static InvoiceCredit read(ResultSet row) throws SQLException {
    return new InvoiceCredit(
        row.getString("invoice"),
        Optional.of(row.getString("meter")).filter(name -> !name.isEmpty()).map(MeterName::new),
        Optional.ofNullable(row.getString("subscription")).map(SubscriptionId::new),
        new CustomerId(row.getString("customer")),
        Mode.valueOf(row.getString("mode")),
        new Money(row.getLong("used"), row.getString("currency")),
        new Unit(row.getString("unit")),
        row.getBigDecimal("price"),
        row.getTimestamp("occurred_at").toInstant(),
        Credits.ofMicros(row.getLong("asked")),
        row.getInt("times_asked"),
        Credits.ofMicros(row.getLong("taken")),
        Credits.ofMicros(row.getLong("give_back")),
        row.getLong("applied"),
        State.valueOf(row.getString("state")),
        row.getString("note"));
  }
}
