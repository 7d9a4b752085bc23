package io.creditledger.stripe.mapping;

/** What a price of Stripe's sells, to the ledger. */
sealed interface Meaning {

  /** A plan of the catalog, by its id. */
  record Plan(String id) implements Meaning {}

  /** An add-on of the rules, by the operator's name for it. */
  record AddOn(String name) implements Meaning {}

  /** Nothing that has credits. */
  record Nothing() implements Meaning {}
}
