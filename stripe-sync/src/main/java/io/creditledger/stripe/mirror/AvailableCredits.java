package io.creditledger.stripe.mirror;

import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What grants have left, as far as the journal was read. */
public final class AvailableCredits {

  private AvailableCredits() {}

  /** What usage of these dimensions at that instant could burn, if it were decided now. */
  public static Credits of(
      Handle handle, CustomerId customer, Unit unit, Dimensions dimensions, Instant at) {
    return handle
        .createQuery(
            "select coalesce(sum(unheld), 0) from ledger_grant"
                + " where customer = :customer and unit = :unit and state in ('open', 'scheduled')"
                + " and effective_at <= :at and (expires_at is null or expires_at > :at)"
                + " and (scope_meters = '{}' or :meter = any (scope_meters))"
                + " and (scope_subscriptions = '{}' or :subscription = any (scope_subscriptions))")
        .bind("customer", customer.value())
        .bind("unit", unit.value())
        .bind("at", at)
        .bind("meter", dimensions.meter().map(MeterName::value).orElse(""))
        .bind("subscription", dimensions.subscription().map(SubscriptionId::value).orElse(""))
        .mapTo(long.class)
        .findOne()
        .map(Credits::ofMicros)
        .orElse(Credits.ZERO);
  }
}
