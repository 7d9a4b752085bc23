package io.creditledger.stripe.topup;

import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.topup.TopUp.State;
import io.creditledger.stripe.webhook.EventWatcher;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Takes note of what Stripe tells of invoices, as far as top-ups wait for it. */
public final class TopUpInvoices implements EventWatcher {

  private static final String PAYMENT_FAILED = "invoice.payment_failed";

  private final InstantSource clock;

  /** Has top-ups go on from now on. */
  public TopUpInvoices(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of(PAYMENT_FAILED);
  }

  /** A payment that took its time failed: what it was for is given up. Others are not touched. */
  @Override
  public void see(Handle transaction, StripeEvent event) {
    TopUpTable.ofInvoice(transaction, event.objectId())
        .filter(topUp -> topUp.state() == State.PROCESSING)
        .ifPresent(
            topUp -> {
              TopUpTable.put(transaction, topUp.in(State.FAILING, "the payment failed"));
              Instant now = clock.instant();
              Effects.ask(
                  transaction,
                  TopUpEffect.KIND,
                  topUp.customer(),
                  topUp.request().value(),
                  now,
                  now);
            });
  }
}
