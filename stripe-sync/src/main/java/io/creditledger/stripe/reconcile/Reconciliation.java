package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.Services;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.reconcile.Repairs.Queued;
import io.creditledger.stripe.reconcile.UsageComparison.Found;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.usage.UsagePart;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One comparison of all books, and what is done about it. */
final class Reconciliation {

  private static final int TRIES_MAX = 8;

  /** Whether anything is done about what is found. */
  enum Mode {
    /** No: it is only told. */
    COMPARE,
    /** What Stripe lacks without a reason is sent again. */
    REPAIR
  }

  private final StripeRules rules;
  private final Clock clock;
  private final UsageComparison usage;
  private final GrantComparison grants;
  private final Repairs repairs;

  /** Compares that journal with what the services reach. */
  Reconciliation(Services services, CatalogInForce catalog, JournalSource journal) {
    this.rules = services.config().rules();
    this.clock = services.config().clock();
    StripeReads reads = new StripeReads(services.stripe(), TRIES_MAX);
    this.usage =
        new UsageComparison(
            services.database(),
            rules,
            new OutboxReader(services.database(), UsagePart.RELAY),
            journal,
            new StripeSums(reads),
            clock);
    this.grants = new GrantComparison(services, catalog, reads);
    this.repairs = new Repairs(services.database(), clock);
  }

  /**
   * Compares the usage of an interval, and all grants.
   *
   * @throws UnreadableException if Stripe cannot be read
   */
  Report run(Instant from, Instant to, Mode mode) throws InterruptedException {
    Scope scope = Scope.of(from, to, rules);
    Found found = usage.compare(scope);
    GrantComparison.Found ofGrants = grants.compare();
    List<Difference> differences = new ArrayList<>(found.differences());
    differences.addAll(ofGrants.differences());
    List<Queued> queued =
        switch (mode) {
          case COMPARE -> List.of();
          case REPAIR -> repairs.repair(found.missing());
        };
    return new Report(
        clock.instant(),
        scope.span(),
        found.fence(),
        found.windows(),
        found.customers(),
        ofGrants.grants(),
        found.totals(),
        differences,
        queued);
  }
}
