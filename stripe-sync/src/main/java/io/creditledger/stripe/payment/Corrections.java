package io.creditledger.stripe.payment;

import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What was asked of the ledger for one grant because its money went back, and what it did.
 *
 * @param askedBack how many credits standing claims came to when they were last looked at
 * @param count how many corrections were asked for
 * @param done how many credits are gone by them; empty while the ledger has not answered
 */
record Corrections(PaidGrant of, Credits askedBack, int count, Optional<Credits> done) {

  private static final String VERB = "take-back";

  static Corrections of(Handle transaction, PaidGrant grant) {
    return transaction
        .createQuery(
            "select asked_back, corrections,"
                + " (select sum(done) from correction c where c.customer = g.customer"
                + " and c.grant_id = g.grant_id) as done,"
                + " exists (select from correction c where c.customer = g.customer"
                + " and c.grant_id = g.grant_id and c.done is null) as unanswered"
                + " from payment_grant g where customer = :customer and grant_id = :grant")
        .bind("customer", grant.customer().value())
        .bind("grant", grant.grant().value())
        .map(
            (row, context) ->
                new Corrections(
                    grant,
                    Credits.ofMicros(row.getLong("asked_back")),
                    row.getInt("corrections"),
                    row.getBoolean("unanswered")
                        ? Optional.empty()
                        : Optional.of(Credits.ofMicros(row.getLong("done")))))
        .one();
  }

  /** The id of the next correction's event. */
  EventId nextId() {
    return new EventId(DerivedIds.byDefault(VERB, of.grant() + ":" + (count + 1)));
  }

  /**
   * Notes that the next correction is asked for.
   *
   * @param target what standing claims come to
   * @param asked above zero to be taken, below zero to be given back
   */
  void ask(Handle transaction, Credits target, Credits asked, String reason, Instant now) {
    transaction
        .createUpdate(
            "insert into correction values"
                + " (:customer, :id, :grant, :asked, null, '', :reason, :now)")
        .bind("customer", of.customer().value())
        .bind("id", nextId().value())
        .bind("grant", of.grant().value())
        .bind("asked", asked.micros())
        .bind("reason", reason)
        .bind("now", now)
        .execute();
    settle(transaction, target, count + 1);
  }

  /** Notes that what standing claims come to needs no correction. */
  void settle(Handle transaction, Credits target) {
    settle(transaction, target, count);
  }

  private void settle(Handle transaction, Credits target, int corrections) {
    transaction
        .createUpdate(
            "update payment_grant set asked_back = :target, corrections = :corrections"
                + " where customer = :customer and grant_id = :grant")
        .bind("target", target.micros())
        .bind("corrections", corrections)
        .bind("customer", of.customer().value())
        .bind("grant", of.grant().value())
        .execute();
  }
}
