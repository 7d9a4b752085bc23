package io.creditledger.stripe.usage;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Stripe's sums must come to, worked out from the whole journal at its end and without any
 * cleverness: usage by usage, what is left of it after all its reversals.
 */
final class JournalSums {

  /** How a meter is sent. */
  enum Sent {
    ALL_QUANTITY,
    ALL_CREDITS,
    OVERAGE_QUANTITY,
    OVERAGE_CREDITS
  }

  private static final class Left {
    private final String customer;
    private final String meter;
    private final BigDecimal quantity;
    private final BigDecimal credits;
    private BigDecimal creditsLeft;
    private BigDecimal overageLeft;

    private Left(
        String customer,
        String meter,
        BigDecimal quantity,
        BigDecimal credits,
        Shortfall shortfall) {
      this.customer = customer;
      this.meter = meter;
      this.quantity = quantity;
      this.credits = credits;
      this.creditsLeft = credits;
      this.overageLeft = overage(shortfall);
    }

    private BigDecimal sent(Sent as) {
      return switch (as) {
        case ALL_QUANTITY -> share(creditsLeft);
        case ALL_CREDITS -> creditsLeft;
        case OVERAGE_QUANTITY -> share(overageLeft);
        case OVERAGE_CREDITS -> overageLeft;
      };
    }

    private BigDecimal share(BigDecimal part) {
      return quantity.multiply(part).divide(credits, 12, RoundingMode.HALF_EVEN);
    }
  }

  private JournalSums() {}

  /** By "customer meter"; meters that are not sent are left out. */
  static Map<String, BigDecimal> of(List<LedgerEntry> journal, Map<String, Sent> meters) {
    Map<String, Left> usages = new HashMap<>();
    for (LedgerEntry entry : journal) {
      String customer = entry.header().customer().value();
      if (entry.change() instanceof Change.Used used) {
        usages.put(
            customer + " " + entry.header().id(),
            new Left(
                customer,
                used.dimensions().meter().orElseThrow().value(),
                used.quantity().orElseThrow().value(),
                new BigDecimal(used.credits().toString()),
                used.shortfall()));
      } else if (entry.change() instanceof Change.Settled settled) {
        usages.put(
            customer + " " + settled.reservation(),
            new Left(
                customer,
                settled.dimensions().meter().orElseThrow().value(),
                settled.quantity().orElseThrow().value(),
                new BigDecimal(settled.credits().toString()),
                settled.shortfall()));
      } else if (entry.change() instanceof Change.Reversed reversed) {
        Left left = usages.get(customer + " " + reversed.usage());
        left.creditsLeft = left.creditsLeft.subtract(new BigDecimal(reversed.amount().toString()));
        left.overageLeft = left.overageLeft.subtract(overage(reversed.cancelled()));
      }
    }
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Left left : usages.values()) {
      if (meters.containsKey(left.meter)) {
        sums.merge(
            left.customer + " " + left.meter, left.sent(meters.get(left.meter)), BigDecimal::add);
      }
    }
    return sums;
  }

  private static BigDecimal overage(Shortfall shortfall) {
    return shortfall.kind() == Shortfall.Kind.OVERAGE
        ? new BigDecimal(shortfall.amount().toString())
        : BigDecimal.ZERO;
  }
}
