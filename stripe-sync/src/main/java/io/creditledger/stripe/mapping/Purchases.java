package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.payment.CarryOvers;
import io.creditledger.stripe.payment.PaidGrant;
import io.creditledger.stripe.payment.Payments;
import io.creditledger.stripe.publish.Publications;
import io.creditledger.stripe.rules.StripeRules;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Has granted what was bought: once, however often and by whatever events it is told. */
final class Purchases {

  private final StripeRules rules;
  private final CatalogInForce catalog;
  private final PriceMeanings meanings;
  private final InstantSource clock;

  Purchases(
      StripeRules rules, CatalogInForce catalog, PriceMeanings meanings, InstantSource clock) {
    this.rules = rules;
    this.catalog = catalog;
    this.meanings = meanings;
    this.clock = clock;
  }

  /** What a paid invoice bought. */
  Purchase bought(Invoice invoice, CustomerId customer) throws InterruptedException {
    List<Bought> bought = new ArrayList<>();
    for (InvoiceLine line : invoice.lines()) {
      if (line.price().isPresent() && sells(invoice, line)) {
        bought.add(
            new Bought(
                meanings.of(line.price().get(), line.product(), line.priceMetadata()),
                line.subscription().or(invoice::subscription),
                line.startsAt(),
                line.endsAt(),
                line.quantity(),
                line.amount()));
      }
    }
    return new Purchase(
        invoice.id(),
        customer,
        invoice.paymentIntent(),
        invoice.total(),
        invoice.paidAt(),
        invoice.metadata(),
        bought);
  }

  /**
   * Whether a line sells something for a time to come. A change within a period does so only on the
   * invoice that was made for it: on a later one that period is over.
   */
  private static boolean sells(Invoice invoice, InvoiceLine line) {
    return switch (line.kind()) {
      case PERIOD, ITEM -> line.amount() >= 0 && line.quantity().signum() > 0;
      case CHANGE ->
          line.amount() > 0
              && line.quantity().signum() > 0
              && invoice.billingReason().equals(Invoice.UPDATE);
    };
  }

  /**
   * Has granted what was bought.
   *
   * @param cause the event of Stripe's that told of it
   * @return what was granted, in words; empty if nothing of it has credits
   */
  String grant(Handle transaction, Purchase purchase, String cause) throws InterruptedException {
    List<Order> orders = new PurchaseOrders(catalog.current(), rules).of(purchase);
    if (orders.isEmpty()) {
      return "";
    }
    Payments.keep(transaction, purchase.payment());
    for (Order order : orders) {
      order.carriedOver().ifPresent(over -> carryOver(transaction, order.grant(), over, cause));
      if (Publications.add(transaction, order.event(), cause, clock.instant())) {
        Payments.keep(transaction, order.grant());
      }
    }
    return orders.stream()
        .map(
            order ->
                order.event().amount()
                    + " "
                    + order.grant().unit()
                    + " as "
                    + order.grant().grant())
        .collect(Collectors.joining(", ", "granted to " + purchase.customer() + ": ", ""));
  }

  /** Published before the period's own grant, so that it burns first where all else is equal. */
  private void carryOver(Handle transaction, PaidGrant into, Order.CarriedOver over, String cause) {
    Payments.before(transaction, into)
        .ifPresent(
            from ->
                CarryOvers.paid(
                    transaction, from, over.rule(), over.event(), cause, clock.instant()));
  }
}
