package io.creditledger.stripe.reconcile;

import com.stripe.model.billing.CreditGrant;
import com.stripe.param.billing.CreditGrantListParams;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.mirror.MirrorBooks;
import io.creditledger.stripe.mirror.MirrorBooks.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the ledger's grants, the mirror's rows and Stripe's credit grants. */
final class GrantComparison {

  private static final long PAGE = 100;

  private final Services services;
  private final CatalogInForce catalog;
  private final StripeReads stripe;

  GrantComparison(Services services, CatalogInForce catalog, StripeReads stripe) {
    this.services = services;
    this.catalog = catalog;
    this.stripe = stripe;
  }

  /** What was found of how many grants. */
  record Found(int grants, List<Difference> differences) {}

  /** Compares all grants of the units that are mirrored. */
  Found compare() throws InterruptedException {
    if (services.config().rules().mirror().units().isEmpty()) {
      return new Found(0, List.of());
    }
    List<Standing> standings = standings();
    Map<String, CustomerId> customers = customers(standings);
    Map<String, CreditGrant> there = new HashMap<>();
    for (String customer : customers.keySet()) {
      stripe.each(
          after -> {
            CreditGrantListParams.Builder params =
                CreditGrantListParams.builder().setCustomer(customer).setLimit(PAGE);
            after.ifPresent(params::setStartingAfter);
            return client -> client.v1().billing().creditGrants().list(params.build());
          },
          (CreditGrant grant) -> there.put(grant.getId(), grant));
    }
    Instant now = services.config().clock().instant();
    GrantReconciler reconciler = new GrantReconciler(now);
    // What was made since the grants were listed is known by now, and what was not is a stray.
    List<Standing> known = standings();
    List<Difference> differences = new ArrayList<>(reconciler.mirrors(standings, there));
    Set<String> madeOf = services.database().jdbi().withHandle(MirrorBooks::madeOf);
    differences.addAll(reconciler.strays(known, madeOf, there, customers));
    return new Found(standings.size(), differences);
  }

  private List<Standing> standings() throws InterruptedException {
    Catalog current = catalog.current();
    Instant now = services.config().clock().instant();
    return services
        .database()
        .jdbi()
        .withHandle(
            handle -> MirrorBooks.read(handle, services.config().rules().mirror(), current, now));
  }

  /** Stripe's ids of all customers that have a grant here or are linked. */
  private Map<String, CustomerId> customers(List<Standing> standings) {
    return services
        .database()
        .jdbi()
        .withHandle(
            handle -> {
              Set<CustomerId> customers = Customers.linked(handle);
              Set<CustomerId> all =
                  standings.stream()
                      .map(standing -> standing.grant().customer())
                      .collect(Collectors.toSet());
              all.addAll(customers);
              Map<String, CustomerId> ids = new HashMap<>();
              Customers.stripeIds(handle, all).forEach((customer, id) -> ids.put(id, customer));
              return ids;
            });
  }
}
