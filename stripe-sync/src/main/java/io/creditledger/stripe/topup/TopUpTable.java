package io.creditledger.stripe.topup;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.topup.TopUp.Answer;
import io.creditledger.stripe.topup.TopUp.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of top-ups. */
final class TopUpTable {

  private static final String FOUND =
      "select top_up.*, exists (select 1 from top_up_answered answered"
          + " where answered.customer = top_up.customer and answered.request = top_up.request)"
          + " as answered from top_up where ";

  private TopUpTable() {}

  /** Writes a top-up as it is now. */
  static void put(Handle transaction, TopUp topUp) {
    transaction
        .createUpdate(
            "insert into top_up values (:customer, :request, :unit, :credits, :requestedAt,"
                + " :state, :invoice, :item, :reason) on conflict (customer, request) do update"
                + " set state = :state, invoice = :invoice, item = :item, reason = :reason")
        .bind("customer", topUp.customer().value())
        .bind("request", topUp.request().value())
        .bind("unit", topUp.unit().value())
        .bind("credits", topUp.credits().micros())
        .bind("requestedAt", topUp.requestedAt())
        .bind("state", topUp.state().name().toLowerCase(Locale.ROOT))
        .bind("invoice", topUp.invoice())
        .bind("item", topUp.item())
        .bind("reason", topUp.reason())
        .execute();
  }

  /** A customer's top-up of that request, if it was ever asked for. */
  static Optional<TopUp> find(Handle handle, CustomerId customer, EventId request) {
    return handle
        .createQuery(FOUND + "customer = :customer and request = :request")
        .bind("customer", customer.value())
        .bind("request", request.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The top-up that an invoice is for, if it is for any. */
  static Optional<TopUp> ofInvoice(Handle handle, String invoice) {
    return handle
        .createQuery(FOUND + "invoice = :invoice")
        .bind("invoice", invoice)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The ledger waits for a request no longer. */
  static void answered(Handle transaction, CustomerId customer, EventId request) {
    transaction
        .createUpdate(
            "insert into top_up_answered values (:customer, :request) on conflict do nothing")
        .bind("customer", customer.value())
        .bind("request", request.value())
        .execute();
  }

  private static TopUp read(ResultSet row) throws SQLException {
    return new TopUp(
        new CustomerId(row.getString("customer")),
        new EventId(row.getString("request")),
        new Unit(row.getString("unit")),
        Credits.ofMicros(row.getLong("credits")),
        row.getTimestamp("requested_at").toInstant(),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("invoice")),
        Optional.ofNullable(row.getString("item")),
        row.getString("reason"),
        row.getBoolean("answered") ? Answer.GIVEN : Answer.AWAITED);
  }
}
