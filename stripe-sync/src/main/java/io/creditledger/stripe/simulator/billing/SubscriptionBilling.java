package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The invoices that a subscription brings forth: first, cycle by cycle, on a change, at its end.
 */
public final class SubscriptionBilling {

  private final World world;
  private final EventLog log;
  private final InvoiceBook book;
  private final InvoiceCollection collection;
  private final InvoiceItems items;

  public SubscriptionBilling(
      World world,
      EventLog log,
      InvoiceBook book,
      InvoiceCollection collection,
      InvoiceItems items) {
    this.world = world;
    this.log = log;
    this.book = book;
    this.collection = collection;
    this.items = items;
    collection.follow(this::paid, this::paymentFailed);
  }

  private ObjectNode customer(ObjectNode subscription) {
    return world.table(World.CUSTOMERS).get(Json.string(subscription, "customer"));
  }

  private ObjectNode draft(ObjectNode subscription, String reason, long from, long to) {
    ObjectNode invoice =
        book.draft(
            customer(subscription),
            SubscriptionItems.currency(subscription),
            reason,
            Json.object());
    Json.copy(subscription, invoice, "collection_method", "default_payment_method");
    Json.whole(subscription, "days_until_due")
        .ifPresent(days -> invoice.put("_days_until_due", days));
    invoice.put("period_start", from).put("period_end", to);
    InvoiceParent.of(invoice, subscription);
    subscription.put("latest_invoice", Json.string(invoice, "id"));
    return invoice;
  }

  /** Lines for what is paid in advance. */
  private void advance(ObjectNode invoice, ObjectNode subscription, long from, long to) {
    for (ObjectNode item : SubscriptionItems.of(subscription)) {
      if (!Pricing.isMetered(Json.child(item, "price"))) {
        book.lines()
            .add(invoice, item, BigDecimal.valueOf(Json.number(item, "quantity")), from, to);
      }
    }
  }

  /** Lines for what was used. */
  private void arrears(ObjectNode invoice, ObjectNode subscription, long from, long to) {
    for (ObjectNode item : SubscriptionItems.of(subscription)) {
      if (Pricing.isMetered(Json.child(item, "price"))) {
        book.lines().addMetered(invoice, item, from, to);
      }
    }
  }

  /** The first invoice, finalised at once; {@code extras} are invoice items to go on it. */
  ObjectNode first(ObjectNode subscription, List<ObjectNode> extras) {
    long from = SubscriptionItems.periodStart(subscription);
    long to = SubscriptionItems.periodEnd(subscription);
    ObjectNode invoice = draft(subscription, "subscription_create", from, from);
    advance(invoice, subscription, from, to);
    if (Json.string(subscription, "status").equals("trialing")) {
      InvoiceLines.of(invoice).forEach(line -> line.put("amount", 0).put("subtotal", 0));
    }
    extras.forEach(item -> book.attach(item, invoice));
    invoice.put("auto_advance", true);
    book.lines().refresh(invoice);
    log.emit("invoice.created", invoice);
    book.finalizeInvoice(invoice);
    return invoice;
  }

  /** The turn of a period: usage of the old one, the price of the new one, what was waiting. */
  void cycle(ObjectNode subscription) {
    long from = SubscriptionItems.periodStart(subscription);
    long turn = SubscriptionItems.periodEnd(subscription);
    boolean trial = Json.string(subscription, "status").equals("trialing");
    ObjectNode before = subscription.deepCopy();
    if (trial) {
      subscription.put("billing_cycle_anchor", turn).put("status", "active");
    }
    long to =
        Periods.endAfter(
            Json.number(subscription, "billing_cycle_anchor"),
            SubscriptionItems.recurring(subscription),
            turn);
    ObjectNode invoice = draft(subscription, "subscription_cycle", from, turn);
    arrears(invoice, subscription, from, turn);
    advance(invoice, subscription, turn, to);
    book.addPending(invoice, Optional.of(Json.string(subscription, "id")));
    SubscriptionItems.setPeriod(subscription, turn, to);
    ObjectNode paused = Json.child(subscription, "pause_collection");
    if (!paused.isEmpty()) {
      invoice.put("auto_advance", false);
    }
    book.announce(invoice);
    log.emit("customer.subscription.updated", subscription, Changes.between(before, subscription));
    switch (paused.path("behavior").asText()) {
      case "void" -> {
        book.finalizeInvoice(invoice);
        book.voidInvoice(invoice);
      }
      case "mark_uncollectible" -> {
        book.finalizeInvoice(invoice);
        book.markUncollectible(invoice);
      }
      default -> {
        // Kept as a draft, or finalised when the draft period is over.
      }
    }
  }

  /** The last invoice of a subscription that ends with its period: what was used in it. */
  void last(ObjectNode subscription, long to) {
    ObjectNode invoice =
        draft(subscription, "subscription_cycle", SubscriptionItems.periodStart(subscription), to);
    arrears(invoice, subscription, SubscriptionItems.periodStart(subscription), to);
    book.addPending(invoice, Optional.of(Json.string(subscription, "id")));
    if (InvoiceLines.of(invoice).isEmpty()) {
      book.invoices().remove(Json.string(invoice, "id"));
    } else {
      book.announce(invoice);
    }
  }

  /** Bills at once what was used and what is waiting, for a subscription that ends now. */
  void settle(ObjectNode subscription, long now) {
    ObjectNode invoice =
        draft(
            subscription, "subscription_update", SubscriptionItems.periodStart(subscription), now);
    arrears(invoice, subscription, SubscriptionItems.periodStart(subscription), now);
    book.addPending(invoice, Optional.of(Json.string(subscription, "id")));
    finish(invoice);
  }

  private void finish(ObjectNode invoice) {
    book.lines().refresh(invoice);
    log.emit("invoice.created", invoice);
    book.finalizeInvoice(invoice);
    collection.collect(invoice);
  }

  /** Begins a new period now: the old one's usage and the new one's price, billed at once. */
  void restart(ObjectNode subscription, long now) {
    long from = SubscriptionItems.periodStart(subscription);
    subscription.put("billing_cycle_anchor", now);
    long to = Periods.endAfter(now, SubscriptionItems.recurring(subscription), now);
    ObjectNode invoice = draft(subscription, "subscription_update", from, now);
    arrears(invoice, subscription, from, now);
    advance(invoice, subscription, now, to);
    book.addPending(invoice, Optional.of(Json.string(subscription, "id")));
    SubscriptionItems.setPeriod(subscription, now, to);
    finish(invoice);
  }

  /** Bills at once what a change left waiting. */
  void billChange(ObjectNode subscription, long now) {
    ObjectNode invoice = draft(subscription, "subscription_update", now, now);
    book.addPending(invoice, Optional.of(Json.string(subscription, "id")));
    if (InvoiceLines.of(invoice).isEmpty()) {
      book.invoices().remove(Json.string(invoice, "id"));
    } else {
      finish(invoice);
    }
  }

  /**
   * Leaves waiting what an item's price is worth for the rest of its period.
   *
   * @param sign 1 to charge it, -1 to give it back
   */
  void prorate(ObjectNode subscription, ObjectNode item, int sign, long now) {
    ObjectNode price = Json.child(item, "price");
    long from = Json.number(item, "current_period_start");
    long to = Json.number(item, "current_period_end");
    if (Pricing.isMetered(price) || to <= now || to <= from) {
      return;
    }
    long whole = Pricing.amount(price, BigDecimal.valueOf(Json.number(item, "quantity")));
    long share =
        BigDecimal.valueOf(whole)
            .multiply(BigDecimal.valueOf(to - now))
            .divide(BigDecimal.valueOf(to - from), 0, RoundingMode.HALF_UP)
            .longValueExact();
    ObjectNode params =
        Json.object()
            .put("amount", sign * share)
            .put("currency", Json.string(price, "currency"))
            .put(
                "description",
                (sign < 0 ? "Unused time on " : "Remaining time on ")
                    + Json.string(price, "product"))
            .put("proration", true)
            .put("subscription", Json.string(subscription, "id"));
    params.putObject("period").put("start", now).put("end", to);
    ObjectNode made = items.make(customer(subscription), params);
    made.putObject("pricing")
        .put("type", "price_details")
        .putNull("unit_amount_decimal")
        .putObject("price_details")
        .put("price", Json.string(price, "id"))
        .put("product", Json.string(price, "product"));
    log.emit("invoiceitem.created", made);
  }

  private Optional<ObjectNode> billed(ObjectNode invoice) {
    return InvoiceBook.subscription(invoice)
        .flatMap(id -> world.table(Subscriptions.TABLE).find(id));
  }

  private void paid(ObjectNode invoice) {
    billed(invoice)
        .filter(
            subscription ->
                List.of("incomplete", "past_due").contains(Json.string(subscription, "status")))
        .filter(
            subscription ->
                subscription.path("latest_invoice").asText().equals(Json.string(invoice, "id")))
        .ifPresent(subscription -> status(subscription, "active"));
  }

  private void paymentFailed(ObjectNode invoice) {
    Optional<ObjectNode> found = billed(invoice);
    if (found.isEmpty()) {
      return;
    }
    ObjectNode subscription = found.get();
    if (Json.string(subscription, "status").equals("active")) {
      status(subscription, "past_due");
    }
    boolean givenUp =
        Json.string(subscription, "status").equals("past_due")
            && !Json.has(invoice, "next_payment_attempt")
            && Json.number(invoice, "attempt_count") > 3;
    if (givenUp) {
      end(subscription, "payment_failed");
    }
  }

  /** Gives a subscription another status and tells of it. */
  void status(ObjectNode subscription, String status) {
    ObjectNode before = subscription.deepCopy();
    subscription.put("status", status);
    log.emit("customer.subscription.updated", subscription, Changes.between(before, subscription));
  }

  /** Ends a subscription now. */
  void end(ObjectNode subscription, String reason) {
    long now = world.now(customer(subscription));
    subscription.put("status", "canceled").put("ended_at", now);
    if (!Json.has(subscription, "canceled_at")) {
      subscription.put("canceled_at", now);
    }
    Json.child(subscription, "cancellation_details").put("reason", reason);
    log.emit("customer.subscription.deleted", subscription);
  }
}
