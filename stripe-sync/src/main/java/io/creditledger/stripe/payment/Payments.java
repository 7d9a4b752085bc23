package io.creditledger.stripe.payment;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.payment.PaidGrant.PlanPart;
import io.creditledger.stripe.payment.PaidGrant.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code payment} and {@code payment_grant}. */
public final class Payments {

  private static final int NO_PLACE = -1;

  private Payments() {}

  /** Keeps a payment; one that is there stays, with its payment intent where it had none. */
  public static void keep(Handle handle, Payment payment) {
    handle
        .createUpdate(
            "insert into payment values (:id, :customer, :intent, :currency, :total, :paidAt)"
                + " on conflict (id) do update set payment_intent = excluded.payment_intent"
                + " where payment.payment_intent = ''")
        .bind("id", payment.id())
        .bind("customer", payment.customer().value())
        .bind("intent", payment.paymentIntent().orElse(""))
        .bind("currency", payment.total().currency())
        .bind("total", payment.total().minor())
        .bind("paidAt", payment.paidAt())
        .execute();
  }

  /** A payment. */
  public static Optional<Payment> find(Handle handle, String id) {
    return handle
        .createQuery("select * from payment where id = :id")
        .bind("id", id)
        .map((row, context) -> payment(row))
        .findOne();
  }

  /** The payment that was made by a payment intent, where it was told by that. */
  public static Optional<String> byIntent(Handle handle, String paymentIntent) {
    return handle
        .createQuery("select id from payment where payment_intent = :intent order by id limit 1")
        .bind("intent", paymentIntent)
        .mapTo(String.class)
        .findOne();
  }

  /** Keeps a grant; one that is there stays as it is. */
  public static void keep(Handle handle, PaidGrant grant) {
    handle
        .createUpdate(
            "insert into payment_grant (customer, grant_id, payment, subscription, plan, place,"
                + " role, series, since, unit, amount, effective_at, expires_at) values"
                + " (:customer, :grant, :payment, :subscription, :plan, :place, :role, :series,"
                + " :since, :unit, :amount, :effectiveAt, :expiresAt)"
                + " on conflict (customer, grant_id) do nothing")
        .bind("customer", grant.customer().value())
        .bind("grant", grant.grant().value())
        .bind("payment", grant.payment())
        .bind("subscription", grant.plan().map(PlanPart::subscription).orElse(""))
        .bind("plan", grant.plan().map(PlanPart::plan).orElse(""))
        .bind("place", grant.plan().map(PlanPart::place).orElse(NO_PLACE))
        .bind("role", grant.plan().map(PlanPart::role).orElse(Role.PERIOD).name())
        .bind("series", grant.series().value())
        .bind("since", grant.since())
        .bind("unit", grant.unit().value())
        .bind("amount", grant.amount().micros())
        .bind("effectiveAt", grant.effectiveAt())
        .bind("expiresAt", grant.expiresAt().map(Timestamp::from).orElse(null))
        .execute();
  }

  /** The grants that a payment paid for, in a fixed order. */
  public static List<PaidGrant> grantsOf(Handle handle, String payment) {
    return handle
        .createQuery("select * from payment_grant where payment = :payment order by grant_id")
        .bind("payment", payment)
        .map((row, context) -> grant(row))
        .list();
  }

  /** The grants of a subscription's plans, in a fixed order. */
  public static List<PaidGrant> grantsOfSubscription(Handle handle, String subscription) {
    return handle
        .createQuery(
            "select * from payment_grant where subscription = :subscription order by grant_id")
        .bind("subscription", subscription)
        .map((row, context) -> grant(row))
        .list();
  }

  /** The same plan's grant of the period before, which ends where this one begins. */
  public static Optional<PaidGrant> before(Handle handle, PaidGrant grant) {
    PlanPart plan = grant.plan().orElseThrow();
    return handle
        .createQuery(
            "select * from payment_grant where customer = :customer and subscription = :subscription"
                + " and plan = :plan and place = :place and role = 'PERIOD' and expires_at = :start"
                + " order by grant_id limit 1")
        .bind("customer", grant.customer().value())
        .bind("subscription", plan.subscription())
        .bind("plan", plan.plan())
        .bind("place", plan.place())
        .bind("start", grant.effectiveAt())
        .map((row, context) -> grant(row))
        .findOne();
  }

  /** One grant; empty if no payment paid for it. */
  public static Optional<PaidGrant> find(Handle handle, CustomerId customer, GrantId grant) {
    return handle
        .createQuery("select * from payment_grant where customer = :customer and grant_id = :grant")
        .bind("customer", customer.value())
        .bind("grant", grant.value())
        .map((row, context) -> grant(row))
        .findOne();
  }

  private static Payment payment(ResultSet row) throws SQLException {
    return new Payment(
        row.getString("id"),
        new CustomerId(row.getString("customer")),
        Optional.of(row.getString("payment_intent")).filter(intent -> !intent.isEmpty()),
        new Money(row.getLong("total"), row.getString("currency")),
        row.getTimestamp("paid_at").toInstant());
  }

  private static PaidGrant grant(ResultSet row) throws SQLException {
    return new PaidGrant(
        new CustomerId(row.getString("customer")),
        new GrantId(row.getString("grant_id")),
        row.getString("payment"),
        row.getInt("place") == NO_PLACE
            ? Optional.empty()
            : Optional.of(
                new PlanPart(
                    row.getString("subscription"),
                    row.getString("plan"),
                    row.getInt("place"),
                    Role.valueOf(row.getString("role")))),
        new GrantId(row.getString("series")),
        row.getTimestamp("since").toInstant(),
        new Unit(row.getString("unit")),
        Credits.ofMicros(row.getLong("amount")),
        row.getTimestamp("effective_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("expires_at")).map(Timestamp::toInstant));
  }
}
