package io.creditledger.stripe.mirror;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.money.Money;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which grant is which in Stripe. */
final class MirrorTable {

  private MirrorTable() {}

  /** What stands in Stripe of a grant. */
  static Optional<Mirrored> find(Handle handle, CustomerId customer, GrantId grant) {
    return handle
        .createQuery("select * from grant_mirror where customer = :customer and grant_id = :grant")
        .bind("customer", customer.value())
        .bind("grant", grant.value())
        .map(
            (row, context) ->
                new Mirrored(
                    row.getString("stripe_id"),
                    row.getString("stripe_customer"),
                    new Money(row.getLong("value"), row.getString("currency")),
                    Credits.ofMicros(row.getLong("granted")),
                    GrantTable.instant(row, "expires_at"),
                    Optional.ofNullable(row.getString("ended")),
                    row.getString("lost")))
        .findOne();
  }

  /** Notes what stands in Stripe now. */
  static void put(Handle transaction, CustomerId customer, GrantId grant, Mirrored mirrored) {
    transaction
        .createUpdate(
            "insert into grant_mirror values (:customer, :grant, :stripeId, :stripeCustomer,"
                + " :value, :currency, :granted, :expiresAt, :ended, :lost)"
                + " on conflict (customer, grant_id) do update"
                + " set expires_at = :expiresAt, ended = :ended")
        .bind("customer", customer.value())
        .bind("grant", grant.value())
        .bind("stripeId", mirrored.stripeId())
        .bind("stripeCustomer", mirrored.stripeCustomer())
        .bind("value", mirrored.value().minor())
        .bind("currency", mirrored.value().currency())
        .bind("granted", mirrored.granted().micros())
        .bind("expiresAt", mirrored.expiresAt())
        .bind("ended", mirrored.ended())
        .bind("lost", mirrored.lost())
        .execute();
  }

  /** When a unit was first mirrored; the instant given, if it is so from now on. */
  static Instant since(Handle handle, Unit unit, Instant now) {
    handle
        .createUpdate("insert into mirror_since values (:unit, :now) on conflict do nothing")
        .bind("unit", unit.value())
        .bind("now", now)
        .execute();
    return since(handle, unit).orElseThrow();
  }

  /** When a unit was first mirrored; empty if it was not yet. */
  static Optional<Instant> since(Handle handle, Unit unit) {
    return handle
        .createQuery("select since from mirror_since where unit = :unit")
        .bind("unit", unit.value())
        .mapTo(Instant.class)
        .findOne();
  }
}
