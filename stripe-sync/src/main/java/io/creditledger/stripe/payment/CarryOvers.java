package io.creditledger.stripe.payment;

import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import io.creditledger.stripe.payment.PaidGrant.PlanPart;
import io.creditledger.stripe.payment.PaidGrant.Role;
import io.creditledger.stripe.publish.Publications;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What of a plan's grant goes over into the next paid period. How much was left is the ledger's
 * word: the entry by which the grant expired. So the rollover waits for two things, in either
 * order: that the next period is paid, and that entry.
 */
public final class CarryOvers {

  /** The rule of one carry-over, and the grant it makes but for its amount. */
  private record CarryOver(Rollover rule, LedgerEvent.IssueGrant event, String cause) {}

  private CarryOvers() {}

  /**
   * The next period of a grant is paid: what is left of it by the rule goes over.
   *
   * @param event the grant that is to be made, with any amount
   */
  public static void paid(
      Handle handle,
      PaidGrant from,
      Rollover rule,
      LedgerEvent.IssueGrant event,
      String cause,
      Instant now) {
    handle
        .createUpdate(
            "insert into carry_over values (:customer, :from, :cap, :fraction, :event, :cause)"
                + " on conflict do nothing")
        .bind("customer", from.customer().value())
        .bind("from", from.grant().value())
        .bind("cap", rule.cap().map(Credits::micros).orElse(null))
        .bind("fraction", rule.fraction().orElse(null))
        .bind("event", EventJson.write(event))
        .bind("cause", cause)
        .execute();
    publish(handle, from, now);
  }

  /** A grant has expired with so much left, as the ledger says. */
  static void expired(Handle handle, PaidGrant grant, Credits left, Instant now) {
    handle
        .createUpdate(
            "update payment_grant set expired = :left"
                + " where customer = :customer and grant_id = :grant")
        .bind("left", left.micros())
        .bind("customer", grant.customer().value())
        .bind("grant", grant.grant().value())
        .execute();
    publish(handle, grant, now);
  }

  private static void publish(Handle handle, PaidGrant from, Instant now) {
    Optional<Credits> left = left(handle, from.customer(), from.grant());
    Optional<CarryOver> carryOver = of(handle, from);
    if (left.isEmpty() || carryOver.isEmpty()) {
      return;
    }
    Credits amount = carryOver.get().rule().of(left.get());
    if (!amount.isPositive()) {
      return;
    }
    LedgerEvent.IssueGrant event = with(carryOver.get().event(), amount);
    if (Publications.add(handle, event, carryOver.get().cause(), now)) {
      Payments.keep(handle, made(from, event));
    }
  }

  /** What was left, if it is known, with the row kept so that nobody else learns it meanwhile. */
  private static Optional<Credits> left(Handle handle, CustomerId customer, GrantId grant) {
    return handle
        .createQuery(
            "select expired from payment_grant where customer = :customer and grant_id = :grant"
                + " for update")
        .bind("customer", customer.value())
        .bind("grant", grant.value())
        .map((row, context) -> Optional.ofNullable(row.getBigDecimal("expired")))
        .one()
        .map(left -> Credits.ofMicros(left.longValueExact()));
  }

  private static Optional<CarryOver> of(Handle handle, PaidGrant from) {
    return handle
        .createQuery(
            "select cap, fraction, event, cause from carry_over"
                + " where customer = :customer and from_grant = :from")
        .bind("customer", from.customer().value())
        .bind("from", from.grant().value())
        .map(
            (row, context) ->
                new CarryOver(
                    new Rollover(
                        Optional.ofNullable(row.getBigDecimal("cap"))
                            .map(cap -> Credits.ofMicros(cap.longValueExact())),
                        Optional.ofNullable(row.getBigDecimal("fraction")),
                        Optional.empty()),
                    event(row.getBytes("event")),
                    row.getString("cause")))
        .findOne();
  }

  private static LedgerEvent.IssueGrant event(byte[] json) {
    if (EventJson.read(Source.GRANT, json) instanceof Reading.Read read
        && read.event() instanceof LedgerEvent.IssueGrant grant) {
      return grant;
    }
    throw new IllegalStateException("an own event cannot be read");
  }

  /** The rollover is paid by what paid for the credits it carries. */
  private static PaidGrant made(PaidGrant from, LedgerEvent.IssueGrant event) {
    PlanPart plan = from.plan().orElseThrow();
    Instant effectiveAt = event.effectiveAt().orElseThrow();
    return new PaidGrant(
        event.customer(),
        event.grant(),
        from.payment(),
        Optional.of(new PlanPart(plan.subscription(), plan.plan(), plan.place(), Role.ROLLOVER)),
        event.grant(),
        effectiveAt,
        event.unit().orElseThrow(),
        event.amount(),
        effectiveAt,
        event.expiresAt());
  }

  private static LedgerEvent.IssueGrant with(LedgerEvent.IssueGrant event, Credits amount) {
    return new LedgerEvent.IssueGrant(
        event.id(),
        event.customer(),
        amount,
        event.unit(),
        event.category(),
        event.priority(),
        event.effectiveAt(),
        event.expiresAt(),
        event.scope(),
        event.activation(),
        event.recurring(),
        event.details(),
        event.topUp(),
        event.occurredAt(),
        event.note());
  }
}
