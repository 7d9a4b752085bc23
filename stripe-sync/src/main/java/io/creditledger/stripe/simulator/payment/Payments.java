package io.creditledger.stripe.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes payments. Every customer has a card that works, unless its next payments are to be declined
 * or its payment method is named as declining ({@code pm_card_chargeDeclined}).
 */
public final class Payments {

  static final String INTENTS = "payment_intent";
  static final String CHARGES = "charge";
  private static final String DECLINES = "_declines";

  private final World world;
  private final EventLog log;

  public Payments(World world, EventLog log) {
    this.world = world;
    this.log = log;
  }

  Table intents() {
    return world.table(INTENTS);
  }

  Table charges() {
    return world.table(CHARGES);
  }

  /** Has a customer's next payments declined. */
  public void declineNext(String customer, int times) {
    world.table(World.CUSTOMERS).get(customer, "customer").put(DECLINES, times);
  }

  /** Whether a payment would be declined now. Uses up nothing. */
  public boolean wouldDecline(String customer, Optional<String> method) {
    ObjectNode row = world.table(World.CUSTOMERS).find(customer).orElse(Json.object());
    String used =
        method
            .or(() -> Json.text(Json.child(row, "invoice_settings"), "default_payment_method"))
            .orElse("");
    return Json.number(row, DECLINES) > 0 || used.toLowerCase(Locale.ROOT).contains("declined");
  }

  private boolean declines(String customer, Optional<String> method) {
    boolean declined = wouldDecline(customer, method);
    world
        .table(World.CUSTOMERS)
        .find(customer)
        .filter(row -> Json.number(row, DECLINES) > 0)
        .ifPresent(row -> row.put(DECLINES, Json.number(row, DECLINES) - 1));
    return declined;
  }

  /** An intent to take that amount, which nobody has confirmed. The customer may be empty. */
  public ObjectNode intend(String customer, long amount, String currency, ObjectNode params) {
    String id = world.mint("pi");
    ObjectNode intent =
        Json.object()
            .put("id", id)
            .put("object", INTENTS)
            .put("amount", amount)
            .put("amount_capturable", 0)
            .put("amount_received", 0)
            .putNull("canceled_at")
            .putNull("cancellation_reason")
            .put("capture_method", "automatic")
            .put("client_secret", id + "_secret_simulated")
            .put("confirmation_method", "automatic")
            .put("created", world.now(customer))
            .put("currency", currency)
            .put("customer", customer.isEmpty() ? null : customer)
            .put("description", Json.text(params, "description").orElse(null))
            .putNull("last_payment_error")
            .putNull("latest_charge")
            .put("livemode", false);
    intent.putObject("metadata");
    intent
        .putNull("next_action")
        .put("payment_method", Json.text(params, "payment_method").orElse(null));
    intent.putArray("payment_method_types").add("card");
    intent.put("status", "requires_payment_method");
    Json.mergeMetadata(params, intent);
    if (Json.has(intent, "payment_method")) {
      intent.put("status", "requires_confirmation");
    }
    intents().put(intent);
    log.emit("payment_intent.created", intent);
    return intent;
  }

  /** Tries to take an intent's amount, and tells how it went. */
  public boolean confirm(ObjectNode intent, Optional<String> method) {
    requireOpen(intent);
    String customer = Json.text(intent, "customer").orElse("");
    boolean declined = declines(customer, method.or(() -> Json.text(intent, "payment_method")));
    ObjectNode charge = charge(intent, customer, declined);
    intent.put("latest_charge", Json.string(charge, "id"));
    intent.put("payment_method", method.orElse("pm_card_visa"));
    if (declined) {
      intent.put("status", "requires_payment_method");
      intent.set("last_payment_error", declinedError(charge));
      log.emit("charge.failed", charge);
      log.emit("payment_intent.payment_failed", intent);
    } else {
      intent.put("status", "succeeded").put("amount_received", Json.number(intent, "amount"));
      intent.putNull("last_payment_error");
      log.emit("charge.succeeded", charge);
      log.emit("payment_intent.succeeded", intent);
    }
    return !declined;
  }

  /** Marks an intent as taken up by a method that takes days, as a bank debit does. */
  public void beginProcessing(ObjectNode intent) {
    intent.put("status", "processing").put("payment_method", "pm_usBankAccount");
    log.emit("payment_intent.processing", intent);
  }

  private static void requireOpen(ObjectNode intent) {
    String status = Json.string(intent, "status");
    if (status.equals("succeeded") || status.equals("canceled")) {
      throw ApiError.invalid(
              "You cannot confirm this PaymentIntent because it has a status of " + status + ".")
          .code("payment_intent_unexpected_state");
    }
  }

  private static ObjectNode declinedError(ObjectNode charge) {
    return Json.object()
        .put("charge", Json.string(charge, "id"))
        .put("code", "card_declined")
        .put("decline_code", "generic_decline")
        .put("message", "Your card was declined.")
        .put("type", "card_error");
  }

  /** The refusal that a declined payment is to the caller who asked for it. */
  public static ApiError declined(ObjectNode intent) {
    return ApiError.of(402, "card_error", "Your card was declined.")
        .code("card_declined")
        .field("decline_code", "generic_decline")
        .field("charge", Json.text(intent, "latest_charge").orElse(""));
  }

  private ObjectNode charge(ObjectNode intent, String customer, boolean declined) {
    long amount = Json.number(intent, "amount");
    ObjectNode charge =
        Json.object()
            .put("id", world.mint("ch"))
            .put("object", CHARGES)
            .put("amount", amount)
            .put("amount_captured", declined ? 0 : amount)
            .put("amount_refunded", 0)
            .put("balance_transaction", declined ? null : world.mint("txn"));
    charge.putObject("billing_details");
    charge
        .put("captured", !declined)
        .put("created", world.now(customer))
        .put("currency", Json.string(intent, "currency"))
        .put("customer", customer.isEmpty() ? null : customer)
        .put("description", Json.text(intent, "description").orElse(null))
        .put("disputed", false)
        .put("failure_code", declined ? "card_declined" : null)
        .put("failure_message", declined ? "Your card was declined." : null)
        .put("livemode", false);
    charge.set("metadata", Json.child(intent, "metadata").deepCopy());
    charge
        .put("paid", !declined)
        .put("payment_intent", Json.string(intent, "id"))
        .put("payment_method", "pm_card_visa");
    charge
        .putObject("payment_method_details")
        .put("type", "card")
        .putObject("card")
        .put("brand", "visa")
        .put("last4", "4242");
    charge.put("refunded", false).put("status", declined ? "failed" : "succeeded");
    return charges().put(charge);
  }
}
