package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.payment.Payments;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gets open invoices paid: at once, again after days, or by the customer. */
public final class InvoiceCollection {

  static final String PAYMENTS = "invoice_payment";

  /** How long each retry of a failed payment waits; after the last one Stripe gives up. */
  private static final List<Duration> RETRIES =
      List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

  private final World world;
  private final EventLog log;
  private final Payments payments;
  private Consumer<ObjectNode> onPaid = invoice -> {};
  private Consumer<ObjectNode> onFailed = invoice -> {};

  public InvoiceCollection(World world, EventLog log, Payments payments) {
    this.world = world;
    this.log = log;
    this.payments = payments;
  }

  /** Says what else happens when an invoice is paid, and when a payment of it fails. */
  void follow(Consumer<ObjectNode> paid, Consumer<ObjectNode> failed) {
    onPaid = paid;
    onFailed = failed;
  }

  /** What Stripe does by itself with an invoice that was just finalised. */
  void collect(ObjectNode invoice) {
    if (Json.number(invoice, "amount_due") == 0) {
      markPaid(invoice);
    } else if (Json.string(invoice, "collection_method").equals("charge_automatically")) {
      attempt(invoice, Optional.empty());
    }
  }

  /** Tries to take what is due, and tells how it went. */
  boolean attempt(ObjectNode invoice, Optional<String> method) {
    ObjectNode intent = intent(invoice);
    Optional<String> used = method.or(() -> Json.text(invoice, "default_payment_method"));
    boolean paid = payments.confirm(intent, used);
    invoice
        .put("attempted", true)
        .put("attempt_count", Json.number(invoice, "attempt_count") + 1)
        .putNull("next_payment_attempt");
    if (paid) {
      record(invoice, intent);
      invoice.put("amount_paid", Json.number(invoice, "amount_due")).put("amount_remaining", 0);
      markPaid(invoice);
    } else {
      failed(invoice);
    }
    return paid;
  }

  private void failed(ObjectNode invoice) {
    int attempts = (int) Json.number(invoice, "attempt_count");
    boolean retried =
        Json.flag(invoice, "auto_advance")
            && InvoiceBook.subscription(invoice).isPresent()
            && attempts <= RETRIES.size();
    if (retried) {
      invoice.put(
          "next_payment_attempt",
          world.now(Json.string(invoice, "customer")) + RETRIES.get(attempts - 1).toSeconds());
    }
    log.emit("invoice.payment_failed", invoice);
    onFailed.accept(invoice);
  }

  /** The payment intent of an invoice, made on its first use. */
  ObjectNode intent(ObjectNode invoice) {
    Optional<String> known = Json.text(invoice, "_payment_intent");
    if (known.isPresent()) {
      return world.table("payment_intent").get(known.get());
    }
    ObjectNode intent =
        payments.intend(
            Json.string(invoice, "customer"),
            Json.number(invoice, "amount_remaining"),
            Json.string(invoice, "currency"),
            Json.object()
                .put(
                    "description",
                    "Payment for Invoice " + Json.text(invoice, "number").orElse("")));
    invoice.put("_payment_intent", Json.string(intent, "id"));
    return intent;
  }

  /** Pays an invoice with a payment that was already taken. */
  void settleWith(ObjectNode invoice, ObjectNode intent) {
    record(invoice, intent);
    invoice.put("amount_paid", Json.number(invoice, "amount_due")).put("amount_remaining", 0);
    markPaid(invoice);
  }

  private void record(ObjectNode invoice, ObjectNode intent) {
    long now = world.now(Json.string(invoice, "customer"));
    ObjectNode payment =
        Json.object()
            .put("id", world.mint("inpay"))
            .put("object", PAYMENTS)
            .put("amount_paid", Json.number(intent, "amount_received"))
            .put("amount_requested", Json.number(intent, "amount"))
            .put("created", now)
            .put("currency", Json.string(invoice, "currency"))
            .put("invoice", Json.string(invoice, "id"))
            .put("is_default", true)
            .put("livemode", false);
    payment
        .putObject("payment")
        .put("payment_intent", Json.string(intent, "id"))
        .put("type", "payment_intent");
    payment.put("status", "paid");
    payment.putObject("status_transitions").putNull("canceled_at").put("paid_at", now);
    world.table(PAYMENTS).put(payment);
    log.emit("invoice_payment.paid", payment);
  }

  /** Takes an invoice as paid. */
  void markPaid(ObjectNode invoice) {
    invoice.put("status", "paid").put("amount_remaining", 0).putNull("next_payment_attempt");
    invoice.put("attempted", true);
    Json.child(invoice, "status_transitions")
        .put("paid_at", world.now(Json.string(invoice, "customer")));
    log.emit("invoice.paid", invoice);
    log.emit("invoice.payment_succeeded", invoice);
    onPaid.accept(invoice);
  }

  /** Pays on a caller's behalf. Refuses an invoice that is not open, and a declined card. */
  void pay(ObjectNode invoice, ObjectNode params) {
    String status = Json.string(invoice, "status");
    if (status.equals("paid")) {
      throw ApiError.invalid("Invoice is already paid").code("invoice_already_paid");
    }
    if (!status.equals("open") && !status.equals("uncollectible")) {
      throw ApiError.invalid("This invoice can't be paid: it is " + status + ".");
    }
    if (Json.flag(params, "paid_out_of_band") || Json.number(invoice, "amount_due") == 0) {
      invoice.put("amount_paid", Json.number(invoice, "amount_due"));
      markPaid(invoice);
    } else if (!attempt(invoice, Json.text(params, "payment_method"))) {
      throw Payments.declined(intent(invoice));
    }
  }
}
