package io.creditledger.stripe.rules;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How credits pay for usage that Stripe prices. A customer's own mode comes before a meter's, and
 * that before the default.
 *
 * @param form what it becomes in Stripe
 * @param lead how long before an invoice is finalised it gets its credits: usage that arrives later
 *     is billed, and what takes longer is too late
 */
public record InvoiceCreditsRule(
    Mode mode,
    Map<CustomerId, Mode> customers,
    Map<MeterName, Mode> meters,
    Form form,
    Duration lead) {

  /** Where a rule does not say: a quarter of Stripe's draft hour. */
  public static final Duration LEAD_DEFAULT = Duration.ofMinutes(15);

  /** Credits pay for nothing on invoices. */
  public static final InvoiceCreditsRule NONE =
      new InvoiceCreditsRule(Mode.NONE, Map.of(), Map.of(), Form.INVOICE_ITEM, LEAD_DEFAULT);

  /** How much of the usage on an invoice credits pay for. */
  public enum Mode {
    /** Nothing. */
    NONE,
    /** As much as is available; the customer is billed the rest. */
    BILL_CUSTOMER,
    /** All of it, whatever is available. */
    ZERO_OUT
  }

  /** What the credits are in Stripe. */
  public enum Form {
    /** A negative item on the draft: seen per line, and only on this invoice. */
    INVOICE_ITEM,
    /** A customer balance transaction: taken by the next invoice that is finalised. */
    BALANCE_TRANSACTION
  }

  /**
   * Copies the maps.
   *
   * @throws IllegalArgumentException if the lead is negative
   */
  public InvoiceCreditsRule {
    customers = Map.copyOf(customers);
    meters = Map.copyOf(meters);
    if (lead.isNegative()) {
      throw new IllegalArgumentException("lead is negative: " + lead);
    }
  }

  /** Whether credits pay for anything at all. */
  public boolean isAny() {
    return mode != Mode.NONE
        || customers.values().stream().anyMatch(one -> one != Mode.NONE)
        || meters.values().stream().anyMatch(one -> one != Mode.NONE);
  }

  /** The mode for a customer's usage of a meter, or of one that is not known. */
  public Mode mode(CustomerId customer, Optional<MeterName> meter) {
    Mode ofMeter = meter.map(name -> meters.getOrDefault(name, mode)).orElse(mode);
    return customers.getOrDefault(customer, ofMeter);
  }
}
