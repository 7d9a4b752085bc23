package io.creditledger.stripe.payment;

import io.creditledger.stripe.payment.Claim.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The table {@code claim}. */
public final class Claims {

  private Claims() {}

  /** Keeps how a claim stands by now. */
  public static void keep(Handle handle, Claim claim, String cause, Instant now) {
    handle
        .createUpdate(
            "insert into claim values"
                + " (:id, :payment, :intent, :amount, :standing, :reason, :cause, :now)"
                + " on conflict (id) do update set payment = excluded.payment,"
                + " payment_intent = excluded.payment_intent, amount = excluded.amount,"
                + " standing = excluded.standing, reason = excluded.reason,"
                + " cause = excluded.cause, changed_at = excluded.changed_at")
        .bind("id", claim.id())
        .bind("payment", claim.payment().orElse(""))
        .bind("intent", claim.paymentIntent().orElse(""))
        .bind("amount", claim.amount().isPresent() ? claim.amount().getAsLong() : null)
        .bind("standing", claim.standing() == Standing.STANDS)
        .bind("reason", claim.reason())
        .bind("cause", cause)
        .bind("now", now)
        .execute();
  }

  /** A claim that stood stands no longer; nothing happens where there is none. */
  public static void lift(Handle handle, String id, String cause, Instant now) {
    handle
        .createUpdate(
            "update claim set standing = false, cause = :cause, changed_at = :now"
                + " where id = :id and standing")
        .bind("id", id)
        .bind("cause", cause)
        .bind("now", now)
        .execute();
  }

  /** All claims on a payment, the latest first. */
  static List<Claim> on(Handle handle, Payment payment) {
    return handle
        .createQuery(
            "select * from claim where payment = :payment"
                + " or (payment = '' and payment_intent <> '' and payment_intent = :intent)"
                + " order by changed_at desc, id")
        .bind("payment", payment.id())
        .bind("intent", payment.paymentIntent().orElse(""))
        .map((row, context) -> claim(row))
        .list();
  }

  private static Claim claim(ResultSet row) throws SQLException {
    long amount = row.getLong("amount");
    OptionalLong claimed = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(amount);
    return new Claim(
        row.getString("id"),
        Optional.of(row.getString("payment")).filter(id -> !id.isEmpty()),
        Optional.of(row.getString("payment_intent")).filter(id -> !id.isEmpty()),
        claimed,
        row.getBoolean("standing") ? Standing.STANDS : Standing.LIFTED,
        row.getString("reason"));
  }
}
