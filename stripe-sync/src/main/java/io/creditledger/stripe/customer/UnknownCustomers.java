package io.creditledger.stripe.customer;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.Part;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Finds whom usage and grants wait for, and asks for a customer in Stripe for each. */
public final class UnknownCustomers implements Part {

  private static final Duration EACH = Duration.ofSeconds(2);
  private static final int PAGE = 200;

  private final Database database;
  private final InstantSource clock;
  private final Worker worker;

  /** The part, not yet started. */
  public UnknownCustomers(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.worker = new Worker("unknown-customers", this::step);
  }

  private Duration step() {
    int found = database.jdbi().inTransaction(this::ask);
    return found < PAGE ? EACH : Duration.ZERO;
  }

  /** Asks for those who are missing and were not asked for yet; how many that were. */
  int ask(Handle transaction) {
    List<String> missing =
        transaction
            .createQuery(
                "select customer from (select customer from meter_event where state = 'pending'"
                    + " union select customer from effect"
                    + " where kind = 'grant_mirror' and state = 'held') waiting"
                    + " where customer not like 'cus\\_%' and not exists"
                    + " (select 1 from stripe_customer known"
                    + " where known.customer = waiting.customer)"
                    + " and not exists (select 1 from effect asked where asked.kind = :kind"
                    + " and asked.customer = waiting.customer) limit :most")
            .bind("kind", CustomerEffect.KIND)
            .bind("most", PAGE)
            .mapTo(String.class)
            .list();
    missing.forEach(
        customer -> CustomerEffect.ask(transaction, new CustomerId(customer), clock.instant()));
    return missing.size();
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void close() {
    worker.close();
  }
}
