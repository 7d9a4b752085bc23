package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.period.BillingPeriod;
import io.creditledger.stripe.period.BillingPeriods;
import io.creditledger.stripe.usage.UsageFlush;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Learns from invoices which periods there are, and hurries usage that a draft still lacks. */
final class BilledPeriods {

  private static final String DRAFT = "draft";

  private final UsageFlush usage;

  BilledPeriods(UsageFlush usage) {
    this.usage = usage;
  }

  /**
   * Follows an invoice.
   *
   * @param toldAt when it was told that it is as it is
   * @return what was done, in words; empty if it is about no subscription's period
   */
  String follow(Handle transaction, Invoice invoice, CustomerId customer, Instant toldAt) {
    List<BillingPeriod> periods =
        invoice.lines().stream()
            .filter(line -> line.kind() == InvoiceLine.Kind.PERIOD)
            .filter(line -> line.startsAt().isBefore(line.endsAt()))
            .flatMap(line -> period(invoice, line, customer).stream())
            .distinct()
            .toList();
    periods.forEach(period -> BillingPeriods.keep(transaction, period));
    Optional<BillingPeriod> ended =
        periods.stream()
            .filter(period -> !period.endsAt().isAfter(invoice.periodEnd()))
            .max(Comparator.comparing(BillingPeriod::endsAt));
    if (ended.isEmpty()) {
      return "";
    }
    if (invoice.status().equals(DRAFT)) {
      usage.flush(transaction, customer, ended.get().endsAt());
      return "usage of " + customer + " until " + ended.get().endsAt() + " is hurried";
    }
    BillingPeriods.finalized(transaction, ended.get().subscription(), ended.get().endsAt(), toldAt);
    return "usage of " + customer + " until " + ended.get().endsAt() + " is billed";
  }

  private static Optional<BillingPeriod> period(
      Invoice invoice, InvoiceLine line, CustomerId customer) {
    return line.subscription()
        .or(invoice::subscription)
        .map(id -> new BillingPeriod(customer, id, line.startsAt(), line.endsAt()));
  }
}
