package io.creditledger.stripe.topup;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.topup.TopUp.State;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** Takes note of what Stripe tells of invoices, as far as top-ups wait for it. */
public final class TopUpInvoices {

  private final InstantSource clock;

  /** Has top-ups go on from now on. */
  public TopUpInvoices(InstantSource clock) {
    this.clock = clock;
  }

  /** A payment that took its time failed: what it was for is given up. Others are not touched. */
  public void paymentFailed(Handle transaction, JsonNode invoice) {
    TopUpTable.ofInvoice(transaction, invoice.path("id").asText())
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
