package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.payment.TakeBacks;
import io.creditledger.stripe.rules.CustomerRule;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@code checkout.session.completed} and {@code …async_payment_succeeded}: what was bought is
 * granted, once it is paid. Where there is an invoice, it says what.
 */
final class Checkouts implements EventHandler {

  private static final String UNPAID = "unpaid";

  private final StripeReads reads;
  private final CustomerLookup customers;
  private final PriceMeanings meanings;
  private final Purchases purchases;
  private final PaidInvoices invoices;
  private final TakeBacks takeBacks;

  Checkouts(
      StripeReads reads,
      CustomerLookup customers,
      PriceMeanings meanings,
      Purchases purchases,
      PaidInvoices invoices,
      TakeBacks takeBacks) {
    this.reads = reads;
    this.customers = customers;
    this.meanings = meanings;
    this.purchases = purchases;
    this.invoices = invoices;
    this.takeBacks = takeBacks;
  }

  @Override
  public Set<String> types() {
    return Set.of("checkout.session.completed", "checkout.session.async_payment_succeeded");
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    JsonNode session = event.object();
    if (StripeJson.text(session, "payment_status").orElse(UNPAID).equals(UNPAID)) {
      return new Handled.Ignored("it is not paid yet");
    }
    Optional<String> invoice = StripeJson.id(session, "invoice");
    if (invoice.isPresent()) {
      return invoices.handle(transaction, invoice.get(), event.id());
    }
    if (!StripeJson.text(session, "mode").orElse("").equals("payment")) {
      return new Handled.Ignored("it sold nothing without an invoice");
    }
    Purchase purchase = purchase(transaction, session, event.createdAt());
    String granted = purchases.grant(transaction, purchase, event.id());
    // It may have been refunded before it was told.
    String corrected = takeBacks.enforce(transaction, purchase.id(), event.id());
    return granted.isEmpty()
        ? new Handled.Ignored("nothing it sold has credits")
        : new Handled.Done((granted + " " + corrected).strip());
  }

  private Purchase purchase(Handle transaction, JsonNode session, Instant paidAt)
      throws InterruptedException {
    String id =
        StripeJson.text(session, "id")
            .orElseThrow(() -> new CannotException("the session has no id"));
    Money total =
        new Money(
            StripeJson.whole(session, "amount_total")
                .orElseThrow(() -> new CannotException("the session has no amount_total")),
            StripeJson.text(session, "currency")
                .orElseThrow(() -> new CannotException("the session has no currency")));
    return new Purchase(
        id,
        customer(transaction, session),
        StripeJson.id(session, "payment_intent"),
        total,
        paidAt,
        StripeJson.metadata(session),
        bought(id, paidAt));
  }

  /** Whoever bought as a guest must be named by the session itself. */
  private CustomerId customer(Handle transaction, JsonNode session) throws InterruptedException {
    Optional<String> stripeId = StripeJson.id(session, "customer");
    if (stripeId.isPresent()) {
      return customers.customer(transaction, stripeId.get());
    }
    return Optional.ofNullable(StripeJson.metadata(session).get(CustomerRule.METADATA))
        .or(() -> StripeJson.text(session, "client_reference_id"))
        .map(CustomerId::new)
        .orElseThrow(
            () ->
                new CannotException(
                    "a guest bought: the session names no customer, no "
                        + CustomerRule.METADATA
                        + " in its metadata and no client_reference_id"));
  }

  private List<Bought> bought(String session, Instant at) throws InterruptedException {
    List<Bought> bought = new ArrayList<>();
    String path = "/v1/checkout/sessions/" + StripeReads.escaped(session) + "/line_items";
    for (JsonNode line : reads.all(path)) {
      JsonNode price = line.path("price");
      Optional<String> id = StripeJson.id(line, "price");
      if (id.isPresent()) {
        bought.add(
            new Bought(
                meanings.of(
                    id.get(),
                    StripeJson.id(price, "product"),
                    Optional.of(StripeJson.metadata(price))),
                Optional.empty(),
                at,
                at,
                BigDecimal.valueOf(StripeJson.whole(line, "quantity").orElse(1L)),
                line.path("amount_total").asLong() - line.path("amount_tax").asLong()));
      }
    }
    return bought;
  }
}
