package io.creditledger.stripe.rules;

/**
 * The keys by which objects of Stripe and grants of the ledger name each other, beside those of
 * {@link CustomerRule}, {@link PlanRule} and {@link AddOn}.
 */
public final class Metadata {

  /** On a billing credit grant of Stripe: the ledger's grant that it shows. */
  public static final String GRANT = "credit_ledger_grant";

  /** On an invoice: the ledger's top-up request that it answers. */
  public static final String TOP_UP = "credit_ledger_top_up";

  /** On such an invoice: how many credits its payment grants. */
  public static final String CREDITS = "credit_ledger_credits";

  /** On such an invoice, or on a credit grant made in Stripe: the unit of its credits. */
  public static final String UNIT = "credit_ledger_unit";

  /** On a grant of the ledger: Stripe's credit grant that it came from, so not to be shown back. */
  public static final String STRIPE_CREDIT_GRANT = "stripe_credit_grant";

  /** On a grant of the ledger: Stripe's invoice or checkout session that paid for it. */
  public static final String STRIPE_PAYMENT = "stripe_payment";

  /** On a usage or reversal of the ledger: Stripe's invoice whose usage its credits pay for. */
  public static final String INVOICE = "credit_ledger_invoice";

  /** On an invoice item or customer balance transaction: which credits on which invoice it is. */
  public static final String INVOICE_CREDIT = "credit_ledger_invoice_credit";

  private Metadata() {}
}
