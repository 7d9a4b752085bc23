package io.creditledger.stripe.rules;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import java.util.Map;
import java.util.Optional;

/**
 * How credits pay for usage that Stripe prices. A customer's own mode comes before a meter's, and
 * that before the default.
 *
 * @param form what it becomes in Stripe
 */
public record InvoiceCreditsRule(
    Mode mode, Map<CustomerId, Mode> customers, Map<MeterName, Mode> meters, Form form) {

  /** Credits pay for nothing on invoices. */
  public static final InvoiceCreditsRule NONE =
      new InvoiceCreditsRule(Mode.NONE, Map.of(), Map.of(), Form.INVOICE_ITEM);

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

  /** Copies the maps. */
  public InvoiceCreditsRule {
    customers = Map.copyOf(customers);
    meters = Map.copyOf(meters);
  }

  /** The mode for a customer's usage of a meter, or of one that is not known. */
  public Mode mode(CustomerId customer, Optional<MeterName> meter) {
    Mode ofMeter = meter.map(name -> meters.getOrDefault(name, mode)).orElse(mode);
    return customers.getOrDefault(customer, ofMeter);
  }
}
