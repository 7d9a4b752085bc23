package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.reconcile.Repairs.Queued;
import io.creditledger.stripe.reconcile.UsageComparison.Totals;
import java.time.Instant;
import java.util.List;

/**
 * What a comparison came to.
 *
 * @param at when it ended
 * @param span of the usage that was compared, as it was widened
 * @param fence up to where the journal was read
 * @param repairs what is sent again
 */
record Report(
    Instant at,
    Span span,
    Fence fence,
    long windows,
    int customers,
    int grants,
    List<Totals> totals,
    List<Difference> differences,
    List<Queued> repairs) {

  /** Copies the lists. */
  Report {
    totals = List.copyOf(totals);
    differences = List.copyOf(differences);
    repairs = List.copyOf(repairs);
  }

  /** How many differences have no known cause. */
  long unexplained() {
    return differences.stream().filter(one -> !one.cause().isExplained()).count();
  }
}
