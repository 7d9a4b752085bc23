package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.payment.Payment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a payment bought, however it was told of: equal purchases grant equal credits under equal
 * ids.
 *
 * @param id Stripe's invoice, or its checkout session where there is no invoice
 */
record Purchase(
    String id,
    CustomerId customer,
    Optional<String> paymentIntent,
    Money total,
    Instant paidAt,
    Map<String, String> metadata,
    List<Bought> bought) {

  Purchase {
    metadata = Map.copyOf(metadata);
    bought = List.copyOf(bought);
  }

  Payment payment() {
    return new Payment(id, customer, paymentIntent, total, paidAt);
  }
}
