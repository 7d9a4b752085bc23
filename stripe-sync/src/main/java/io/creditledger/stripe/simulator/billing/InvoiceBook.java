package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An invoice's life up to the point where it is to be paid: drafted, finalised, voided. */
public final class InvoiceBook {

  static final String TABLE = "invoice";
  static final String ITEMS = "invoiceitem";

  private final World world;
  private final EventLog log;
  private final InvoiceLines lines;
  private final CreditLedger credits;
  private final Customers customers;
  private final Duration draftPeriod;

  public InvoiceBook(
      World world,
      EventLog log,
      InvoiceLines lines,
      CreditLedger credits,
      Customers customers,
      Duration draftPeriod) {
    this.world = world;
    this.log = log;
    this.lines = lines;
    this.credits = credits;
    this.customers = customers;
    this.draftPeriod = draftPeriod;
  }

  Table invoices() {
    return world.table(TABLE);
  }

  InvoiceLines lines() {
    return lines;
  }

  static boolean isDraft(ObjectNode invoice) {
    return Json.string(invoice, "status").equals("draft");
  }

  /** The invoice's subscription, if it bills one. */
  static Optional<String> subscription(ObjectNode invoice) {
    return Json.text(
        Json.child(Json.child(invoice, "parent"), "subscription_details"), "subscription");
  }

  /** A draft without lines, which nobody has been told of yet. */
  ObjectNode draft(ObjectNode customer, String currency, String reason, ObjectNode params) {
    customers.useCurrency(customer, currency);
    long now = world.now(customer);
    String id = world.mint("in");
    ObjectNode invoice =
        Json.object()
            .put("id", id)
            .put("object", TABLE)
            .put("account_country", "US")
            .put("account_name", "Simulated account")
            .put("amount_due", 0)
            .put("amount_overpaid", 0)
            .put("amount_paid", 0)
            .put("amount_remaining", 0)
            .put("amount_shipping", 0)
            .put("attempt_count", 0)
            .put("attempted", false)
            .put("auto_advance", true);
    invoice.putObject("automatic_tax").put("enabled", false).putNull("status");
    invoice
        .putNull("automatically_finalizes_at")
        .put("billing_reason", reason)
        .put(
            "collection_method",
            Json.text(params, "collection_method").orElse("charge_automatically"))
        .put("created", now)
        .put("currency", currency)
        .put("customer", Json.string(customer, "id"))
        .putNull("customer_account")
        .put("customer_email", Json.text(customer, "email").orElse(null))
        .put("customer_name", Json.text(customer, "name").orElse(null))
        .put("default_payment_method", Json.text(params, "default_payment_method").orElse(null));
    invoice.putArray("default_tax_rates");
    invoice.put("description", Json.text(params, "description").orElse(null));
    invoice.putArray("discounts");
    invoice.putNull("due_date").putNull("effective_at").putNull("ending_balance");
    invoice.putNull("hosted_invoice_url").putNull("invoice_pdf");
    invoice.putObject("issuer").put("type", "self");
    invoice.putNull("last_finalization_error").put("livemode", false).putObject("metadata");
    invoice.putNull("next_payment_attempt").putNull("number").putNull("parent");
    invoice.putObject("payment_settings");
    invoice
        .put("period_end", now)
        .put("period_start", now)
        .put("post_payment_credit_notes_amount", 0)
        .put("pre_payment_credit_notes_amount", 0)
        .put("starting_balance", Json.number(customer, "balance"))
        .put("status", "draft");
    invoice
        .putObject("status_transitions")
        .putNull("finalized_at")
        .putNull("marked_uncollectible_at")
        .putNull("paid_at")
        .putNull("voided_at");
    invoice.put("test_clock", Json.text(customer, "test_clock").orElse(null));
    invoice.putArray("total_discount_amounts");
    invoice.putArray("total_pretax_credit_amounts");
    invoice.putArray("total_taxes");
    invoice.putNull("webhooks_delivered_at").putArray(InvoiceLines.ALL);
    Json.mergeMetadata(params, invoice);
    return invoices().put(invoice);
  }

  /** Has a draft finalised by itself after the draft period, and tells of it. */
  void announce(ObjectNode invoice) {
    if (Json.flag(invoice, "auto_advance")) {
      invoice.put(
          "automatically_finalizes_at", Json.number(invoice, "created") + draftPeriod.toSeconds());
    }
    lines.refresh(invoice);
    log.emit("invoice.created", invoice);
  }

  /** Adds a customer's waiting invoice items to a draft. */
  void addPending(ObjectNode invoice, Optional<String> subscription) {
    world
        .table(ITEMS)
        .where("customer", Json.string(invoice, "customer"))
        .filter(item -> !Json.has(item, "invoice"))
        .filter(item -> Json.string(item, "currency").equals(Json.string(invoice, "currency")))
        .filter(
            item ->
                Json.text(item, "_subscription")
                    .map(of -> of.equals(subscription.orElse("")))
                    .orElse(true))
        .forEach(item -> attach(item, invoice));
  }

  /** Puts an invoice item on a draft. */
  void attach(ObjectNode item, ObjectNode invoice) {
    requireEditable(invoice);
    item.put("invoice", Json.string(invoice, "id"));
    lines.addItem(invoice, item);
  }

  /** Refuses what would change an invoice that is no longer a draft. */
  static void requireEditable(ObjectNode invoice) {
    if (!isDraft(invoice)) {
      throw ApiError.invalid("This invoice is no longer editable").code("invoice_not_editable");
    }
  }

  /** Tells that an invoice was changed. */
  ObjectNode changed(ObjectNode invoice, ObjectNode before) {
    lines.refresh(invoice);
    log.emit("invoice.updated", invoice, Changes.between(before, invoice));
    return invoice;
  }

  /**
   * Finalises a draft: usage is priced for good, credits and the customer's balance are applied.
   */
  void finalizeInvoice(ObjectNode invoice) {
    if (!isDraft(invoice)) {
      throw ApiError.invalid(
              "This invoice is already finalized, you can't re-finalize a non-draft invoice.")
          .code("invoice_not_editable");
    }
    ObjectNode customer = world.table(World.CUSTOMERS).get(Json.string(invoice, "customer"));
    long now = world.now(customer);
    lines.refresh(invoice);
    credits.apply(invoice);
    invoice.put("status", "open");
    lines.refresh(invoice);
    long starting = Json.number(customer, "balance");
    long sum = Json.number(invoice, "total") + starting;
    long due = Math.max(0, sum);
    long ending = Math.min(0, sum);
    if (ending != starting) {
      customers.changeBalance(
          customer,
          ending - starting,
          "applied_to_invoice",
          Json.object()
              .put("currency", Json.string(invoice, "currency"))
              .put("invoice", Json.string(invoice, "id")));
    }
    long sequence = Json.number(customer, "_invoices") + 1;
    customer.put("_invoices", sequence);
    invoice
        .put("starting_balance", starting)
        .put("ending_balance", ending)
        .put("amount_due", due)
        .put("amount_remaining", due)
        .put("effective_at", now)
        .put("number", number(customer, sequence))
        .putNull("automatically_finalizes_at")
        .put(
            "hosted_invoice_url",
            "https://invoice.stripe.com/i/simulated/" + Json.string(invoice, "id"));
    Json.child(invoice, "status_transitions").put("finalized_at", now);
    if (Json.string(invoice, "collection_method").equals("send_invoice")) {
      long days = Json.whole(invoice, "_days_until_due").orElse(30L);
      invoice.put("due_date", now + Duration.ofDays(days).toSeconds());
    }
    log.emit("invoice.finalized", invoice);
  }

  private static String number(ObjectNode customer, long sequence) {
    String id = Json.string(customer, "id");
    return id.substring(Math.max(0, id.length() - 8)).toUpperCase(Locale.ROOT)
        + String.format(Locale.ROOT, "-%04d", sequence);
  }

  /** Voids an open invoice: credits and balance go back to the customer. */
  void voidInvoice(ObjectNode invoice) {
    String status = Json.string(invoice, "status");
    if (!status.equals("open") && !status.equals("uncollectible")) {
      throw ApiError.invalid("You can only void an open invoice; this one is " + status + ".")
          .code("invoice_not_voidable");
    }
    ObjectNode customer = world.table(World.CUSTOMERS).get(Json.string(invoice, "customer"));
    invoice.put("status", "void").put("amount_remaining", 0).putNull("next_payment_attempt");
    Json.child(invoice, "status_transitions").put("voided_at", world.now(customer));
    log.emit("invoice.voided", invoice);
    credits.reinstate(invoice);
    long applied =
        Json.number(invoice, "ending_balance") - Json.number(invoice, "starting_balance");
    if (applied != 0) {
      customers.changeBalance(
          customer,
          -applied,
          "unapplied_from_invoice",
          Json.object()
              .put("currency", Json.string(invoice, "currency"))
              .put("invoice", Json.string(invoice, "id")));
    }
  }

  /** Gives up on an open invoice. */
  void markUncollectible(ObjectNode invoice) {
    if (!Json.string(invoice, "status").equals("open")) {
      throw ApiError.invalid("You can only mark an open invoice as uncollectible.");
    }
    invoice.put("status", "uncollectible").putNull("next_payment_attempt");
    Json.child(invoice, "status_transitions")
        .put("marked_uncollectible_at", world.now(Json.string(invoice, "customer")));
    log.emit("invoice.marked_uncollectible", invoice);
  }
}
