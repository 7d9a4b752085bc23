package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.payment.Refunds;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.Optional;

/**
 * {@code /v1/credit_notes}: less to pay on an open invoice, money or balance back on a paid one.
 * Billing credits that the invoice used stay used, as at Stripe.
 */
public final class CreditNotes {

  private static final String TABLE = "credit_note";
  private static final String URL = "/v1/credit_notes";

  private final World world;
  private final EventLog log;
  private final Customers customers;
  private final InvoiceBook book;
  private final InvoiceCollection collection;
  private final Refunds refunds;

  public CreditNotes(
      World world,
      EventLog log,
      Customers customers,
      InvoiceBook book,
      InvoiceCollection collection,
      Refunds refunds) {
    this.world = world;
    this.log = log;
    this.customers = customers;
    this.book = book;
    this.collection = collection;
    this.refunds = refunds;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        "invoice* string amount int(1..99999999) lines [{type*"
            + " enum(invoice_line_item|custom_line_item) invoice_line_item string amount int"
            + " quantity int unit_amount int description string metadata map}] memo string(5000)"
            + " metadata map reason enum(duplicate|fraudulent|order_change|product_unsatisfactory)"
            + " refund_amount int credit_amount int out_of_band_amount int ~refunds ~email_type"
            + " ~effective_at ~shipping_cost",
        call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> notes().get(call.id()));
    routes.add(
        "GET " + URL,
        "customer string invoice string limit int starting_after string ending_before string",
        call ->
            notes()
                .page(
                    call.params(),
                    URL,
                    row ->
                        Prices.same(call.params(), row, "customer")
                            && Prices.same(call.params(), row, "invoice")));
  }

  private Table notes() {
    return world.table(TABLE);
  }

  private static long amount(ObjectNode params) {
    Optional<Long> whole = Json.whole(params, "amount");
    if (whole.isPresent()) {
      return whole.get();
    }
    if (Json.objects(params, "lines").isEmpty()) {
      throw ApiError.missingParameter("amount");
    }
    return Json.objects(params, "lines").stream()
        .mapToLong(
            line ->
                Json.whole(line, "amount")
                    .orElseGet(
                        () ->
                            Json.number(line, "unit_amount")
                                * Json.whole(line, "quantity").orElse(1L)))
        .sum();
  }

  private ObjectNode create(ObjectNode params) {
    ObjectNode invoice = book.invoices().get(Json.string(params, "invoice"), "invoice");
    String status = Json.string(invoice, "status");
    if (!status.equals("open") && !status.equals("paid")) {
      throw ApiError.invalid("You can only create a credit note for an open or paid invoice.")
          .param("invoice");
    }
    long amount = amount(params);
    long creditable =
        Json.number(invoice, "total")
            - Json.number(invoice, "pre_payment_credit_notes_amount")
            - Json.number(invoice, "post_payment_credit_notes_amount");
    if (amount > creditable) {
      throw ApiError.invalidParameter(
          "amount", "The sum of credit amount exceeds the creditable amount: " + creditable + ".");
    }
    ObjectNode note = blank(params, invoice, amount);
    if (status.equals("open")) {
      reduce(invoice, note, amount);
    } else {
      giveBack(invoice, note, params, amount);
    }
    notes().put(note);
    log.emit("credit_note.created", note);
    return note;
  }

  private void reduce(ObjectNode invoice, ObjectNode note, long amount) {
    note.put("type", "pre_payment").put("pre_payment_amount", amount);
    ObjectNode before = invoice.deepCopy();
    invoice
        .put(
            "pre_payment_credit_notes_amount",
            Json.number(invoice, "pre_payment_credit_notes_amount") + amount)
        .put("amount_due", Math.max(0, Json.number(invoice, "amount_due") - amount))
        .put("amount_remaining", Math.max(0, Json.number(invoice, "amount_remaining") - amount));
    log.emit("invoice.updated", invoice, Changes.between(before, invoice));
    if (Json.number(invoice, "amount_remaining") == 0) {
      collection.markPaid(invoice);
    }
  }

  private void giveBack(ObjectNode invoice, ObjectNode note, ObjectNode params, long amount) {
    long refunded = Json.number(params, "refund_amount");
    long credited = Json.number(params, "credit_amount");
    if (refunded + credited + Json.number(params, "out_of_band_amount") != amount) {
      throw ApiError.invalid(
          "The sum of refund_amount, credit_amount and out_of_band_amount must equal the amount of"
              + " the credit note: "
              + amount
              + ".");
    }
    note.put("type", "post_payment").put("post_payment_amount", amount);
    if (refunded > 0) {
      ObjectNode charge =
          Json.text(collection.intent(invoice), "latest_charge")
              .map(id -> world.table("charge").get(id))
              .orElseThrow(() -> ApiError.invalid("The invoice has no charge to refund."));
      ObjectNode refund = refunds.refund(charge, refunded, Json.object());
      ObjectNode row = note.withArray("/refunds").addObject();
      row.put("amount_refunded", refunded)
          .put("refund", Json.string(refund, "id"))
          .put("type", "refund");
    }
    if (credited > 0) {
      ObjectNode transaction =
          customers.changeBalance(
              customers.require(Json.string(invoice, "customer")),
              -credited,
              "credit_note",
              Json.object()
                  .put("currency", Json.string(invoice, "currency"))
                  .put("credit_note", Json.string(note, "id"))
                  .put("invoice", Json.string(invoice, "id")));
      note.put("customer_balance_transaction", Json.string(transaction, "id"));
    }
    invoice.put(
        "post_payment_credit_notes_amount",
        Json.number(invoice, "post_payment_credit_notes_amount") + amount);
  }

  private ObjectNode blank(ObjectNode params, ObjectNode invoice, long amount) {
    String id = world.mint("cn");
    ObjectNode note =
        Json.object()
            .put("id", id)
            .put("object", TABLE)
            .put("amount", amount)
            .put("amount_shipping", 0)
            .put("created", world.now(Json.string(invoice, "customer")))
            .put("currency", Json.string(invoice, "currency"))
            .put("customer", Json.string(invoice, "customer"))
            .putNull("customer_account")
            .putNull("customer_balance_transaction")
            .put("discount_amount", 0)
            .put("invoice", Json.string(invoice, "id"));
    ObjectNode lines = note.putObject("lines").put("object", "list");
    ArrayNode data = lines.putArray("data");
    Json.objects(params, "lines")
        .forEach(
            line ->
                data.addObject()
                    .put("id", world.mint("cnli"))
                    .put("object", "credit_note_line_item")
                    .put("amount", Json.whole(line, "amount").orElse(amount))
                    .put("invoice_line_item", Json.text(line, "invoice_line_item").orElse(null))
                    .put("livemode", false)
                    .put("type", Json.string(line, "type")));
    lines.put("has_more", false).put("url", URL + "/" + id + "/lines");
    note.put("livemode", false).put("memo", Json.text(params, "memo").orElse(null));
    note.putObject("metadata");
    note.put("number", Json.text(invoice, "number").orElse("") + "-CN-01")
        .put("out_of_band_amount", Json.whole(params, "out_of_band_amount").orElse(null))
        .put("post_payment_amount", 0)
        .put("pre_payment_amount", 0);
    note.putArray("pretax_credit_amounts");
    note.put("reason", Json.text(params, "reason").orElse(null)).putArray("refunds");
    note.put("status", "issued")
        .put("subtotal", amount)
        .put("total", amount)
        .put("type", "pre_payment")
        .putNull("voided_at");
    Json.mergeMetadata(params, note);
    return note;
  }
}
