package io.creditledger.core.grant;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Optional;

/**
 * What was agreed when a grant was made, and decides when and for what it burns.
 *
 * @param amount credits granted at first; adjustments are counted apart
 * @param priority 0 to 100, lower burns first
 * @param effectiveAt start of the half-open interval in which the grant lives
 * @param expiresAt its end; absent: the grant never expires
 * @param sequence the customer's journal sequence number of the entry that made the grant
 * @param ordinal its place among the grants of that one entry, from 0
 */
public record GrantTerms(
    GrantId id,
    Unit unit,
    Credits amount,
    Category category,
    int priority,
    Instant effectiveAt,
    Optional<Instant> expiresAt,
    Scope scope,
    long sequence,
    int ordinal) {

  /** The priority of a grant that names none. */
  public static final int PRIORITY_DEFAULT = 50;

  /** The largest priority, which burns last. */
  public static final int PRIORITY_MAX = 100;

  public GrantTerms {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount is not positive: " + amount);
    }
    if (priority < 0 || priority > PRIORITY_MAX) {
      throw new IllegalArgumentException("priority is outside 0 to 100: " + priority);
    }
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(effectiveAt)) {
      throw new IllegalArgumentException(
          "expires_at " + expiresAt.get() + " is not after effective_at " + effectiveAt);
    }
  }

  /** Whether the grant lives at that instant by its calendar, whatever its state. */
  public boolean livesAt(Instant at) {
    return !at.isBefore(effectiveAt) && (expiresAt.isEmpty() || at.isBefore(expiresAt.get()));
  }

  /** The same terms with another end. */
  public GrantTerms expiring(Optional<Instant> newExpiresAt) {
    return new GrantTerms(
        id, unit, amount, category, priority, effectiveAt, newExpiresAt, scope, sequence, ordinal);
  }
}
