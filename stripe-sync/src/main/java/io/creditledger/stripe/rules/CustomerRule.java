package io.creditledger.stripe.rules;

/** How the ledger's customers and Stripe's find each other. */
public record CustomerRule(Unknown unknown) {

  /** What waits for a customer waits. */
  public static final CustomerRule DEFAULT = new CustomerRule(Unknown.WAIT);

  /** The key of Stripe's metadata that names the ledger's customer. */
  public static final String METADATA = "credit_ledger_customer";

  /** What happens when something is to be sent for a customer that Stripe does not know. */
  public enum Unknown {
    /** It waits until a customer of Stripe's names it in its metadata. */
    WAIT,
    /** A customer is made in Stripe. */
    CREATE
  }
}
