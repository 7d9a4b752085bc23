package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A credit grant that was made in Stripe, and what the ledger was told of it.
 *
 * @param expiresAt the end that the ledger was told last
 * @param ended whether the ledger was told that it is void
 * @param changes how often the ledger was told of a change
 */
record HandMadeGrant(
    String stripeId,
    CustomerId customer,
    GrantId grant,
    Optional<Instant> expiresAt,
    boolean ended,
    int changes) {

  static Optional<HandMadeGrant> find(Handle handle, String stripeId) {
    return handle
        .createQuery("select * from hand_made_grant where stripe_id = :id")
        .bind("id", stripeId)
        .map((row, context) -> read(row))
        .findOne();
  }

  static void keep(Handle transaction, HandMadeGrant grant) {
    transaction
        .createUpdate(
            "insert into hand_made_grant values (:id, :customer, :grant, :expiresAt, :ended,"
                + " :changes) on conflict (stripe_id) do update set expires_at = :expiresAt,"
                + " ended = :ended, changes = :changes")
        .bind("id", grant.stripeId())
        .bind("customer", grant.customer().value())
        .bind("grant", grant.grant().value())
        .bind("expiresAt", grant.expiresAt())
        .bind("ended", grant.ended())
        .bind("changes", grant.changes())
        .execute();
  }

  /** The same, void. */
  HandMadeGrant voided() {
    return new HandMadeGrant(stripeId, customer, grant, expiresAt, true, changes + 1);
  }

  /** The same with another end. */
  HandMadeGrant until(Optional<Instant> end) {
    return new HandMadeGrant(stripeId, customer, grant, end, ended, changes + 1);
  }

  private static HandMadeGrant read(ResultSet row) throws SQLException {
    return new HandMadeGrant(
        row.getString("stripe_id"),
        new CustomerId(row.getString("customer")),
        new GrantId(row.getString("grant_id")),
        Optional.ofNullable(row.getTimestamp("expires_at")).map(Timestamp::toInstant),
        row.getBoolean("ended"),
        row.getInt("changes"));
  }
}
