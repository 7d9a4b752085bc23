package io.creditledger.stripe.payment;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Optional;

/**
 * A grant of the ledger that a payment paid for.
 *
 * @param payment the payment's id
 * @param plan what of a subscription it is; empty if it was bought once
 * @param series the first grant of its series; itself if it does not recur
 * @param since when that one became effective
 */
public record PaidGrant(
    CustomerId customer,
    GrantId grant,
    String payment,
    Optional<PlanPart> plan,
    GrantId series,
    Instant since,
    Unit unit,
    Credits amount,
    Instant effectiveAt,
    Optional<Instant> expiresAt) {

  /**
   * Which grant of which plan of which subscription.
   *
   * @param subscription Stripe's id
   * @param plan the catalog's id
   * @param place the grant's among the plan's, from 0
   */
  public record PlanPart(String subscription, String plan, int place, Role role) {}

  /** What a plan's grant is for. */
  public enum Role {
    /** A period of its own. */
    PERIOD,
    /** What went over from the period before. */
    ROLLOVER
  }
}
