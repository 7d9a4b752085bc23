package io.creditledger.stripe.catalog;

import io.creditledger.core.catalog.Catalog;

/** Tells the catalog in force. */
@FunctionalInterface
public interface CatalogInForce {

  /** The catalog in force; may wait until it is known at all. */
  Catalog current() throws InterruptedException;
}
