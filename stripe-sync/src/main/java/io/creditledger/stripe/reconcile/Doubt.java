package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.reconcile.Books.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event of which it is open whether Stripe counts it.
 *
 * @param amount by which Stripe's sum is off if it is not as the outbox has it
 */
record Doubt(Entry entry, BigDecimal amount) {

  private static final int SUMS_MAX = 20_000;

  /** So many different doubts have as many sums. */
  private static final int MANY = 14;

  /**
   * Some of the doubts that come to an amount exactly; empty if none do, or if there are so many
   * doubts that not all of their sums can be looked at.
   */
  static Optional<List<Doubt>> comingTo(BigDecimal amount, List<Doubt> doubts) {
    BigDecimal wanted = Amounts.plain(amount);
    Map<BigDecimal, List<Doubt>> sums = new HashMap<>();
    sums.put(BigDecimal.ZERO, List.of());
    for (Doubt doubt : doubts) {
      if (sums.containsKey(wanted) || sums.size() > SUMS_MAX) {
        break;
      }
      for (Map.Entry<BigDecimal, List<Doubt>> sum : List.copyOf(sums.entrySet())) {
        List<Doubt> longer = new ArrayList<>(sum.getValue());
        longer.add(doubt);
        sums.putIfAbsent(Amounts.plain(sum.getKey().add(doubt.amount())), longer);
      }
    }
    return Optional.ofNullable(sums.get(wanted));
  }

  /** Whether there are more doubts than can be looked at one by one, and they could come to it. */
  static boolean areManyReaching(BigDecimal amount, List<Doubt> doubts) {
    BigDecimal reach =
        doubts.stream()
            .map(Doubt::amount)
            .filter(one -> one.signum() == amount.signum())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return doubts.size() > MANY && amount.abs().compareTo(reach.abs()) <= 0;
  }
}
