package io.creditledger.streams.audit;

import java.time.Instant;
import java.util.Set;

/**
 * What of the ledger an audit is about.
 *
 * @param customers whose decisions are derived anew; empty: everybody's
 * @param from decisions on inputs recorded before it are applied as the journal has them
 * @param to the audit ends before the first outcome of an input recorded then or later
 */
public record AuditScope(Set<String> customers, Instant from, Instant to) {

  /** Everything. */
  public static final AuditScope ALL = new AuditScope(Set.of(), Instant.MIN, Instant.MAX);

  /** Copies the customers. */
  public AuditScope {
    customers = Set.copyOf(customers);
  }

  boolean covers(String customer) {
    return customers.isEmpty() || customers.contains(customer);
  }
}
