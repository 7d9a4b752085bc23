package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventEndpoints;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.util.Optional;

/** {@code /v1/invoices} and {@code /v1/invoice_payments}. */
public final class InvoiceEndpoints {

  private static final String URL = "/v1/invoices";
  private static final String PAYMENTS_URL = "/v1/invoice_payments";
  private static final String FIELDS =
      "auto_advance bool collection_method enum(charge_automatically|send_invoice) days_until_due"
          + " int(0..3650) default_payment_method string? description string? due_date time"
          + " metadata map? automatically_finalizes_at time? ~account_tax_ids ~automatic_tax"
          + " ~custom_fields ~default_source ~default_tax_rates ~discounts ~effective_at ~footer"
          + " ~issuer ~number ~payment_settings ~rendering ~shipping_cost ~shipping_details"
          + " ~statement_descriptor";

  private final World world;
  private final EventLog log;
  private final Customers customers;
  private final InvoiceBook book;
  private final InvoiceCollection collection;

  public InvoiceEndpoints(
      World world,
      EventLog log,
      Customers customers,
      InvoiceBook book,
      InvoiceCollection collection) {
    this.world = world;
    this.log = log;
    this.customers = customers;
    this.book = book;
    this.collection = collection;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        FIELDS
            + " customer* string currency currency subscription string"
            + " pending_invoice_items_behavior enum(exclude|include)",
        call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> fresh(book.invoices().get(call.id())));
    routes.add(
        "GET " + URL,
        "customer string subscription string status enum(draft|open|paid|uncollectible|void)"
            + " collection_method enum(charge_automatically|send_invoice)"
            + " created {gt time gte time lt time lte time} limit int starting_after string"
            + " ending_before string",
        call -> list(call.params()));
    routes.add("POST " + URL + "/{id}", FIELDS, call -> update(call.id(), call.params()));
    routes.add("DELETE " + URL + "/{id}", "", call -> delete(call.id()));
    routes.add(
        "POST " + URL + "/{id}/finalize",
        "auto_advance bool",
        call -> finalizeInvoice(call.id(), call.params()));
    routes.add(
        "POST " + URL + "/{id}/pay",
        "payment_method string paid_out_of_band bool off_session bool forgive bool ~mandate"
            + " ~source",
        call -> {
          ObjectNode invoice = book.invoices().get(call.id());
          if (InvoiceBook.isDraft(invoice)) {
            finalizeInvoice(call.id(), Json.object());
          }
          if (!Json.string(invoice, "status").equals("paid") || !Json.flag(invoice, "_zero")) {
            collection.pay(invoice, call.params());
          }
          return invoice;
        });
    routes.add(
        "POST " + URL + "/{id}/void",
        "",
        call -> {
          ObjectNode invoice = book.invoices().get(call.id());
          book.voidInvoice(invoice);
          return invoice;
        });
    routes.add(
        "POST " + URL + "/{id}/mark_uncollectible",
        "",
        call -> {
          ObjectNode invoice = book.invoices().get(call.id());
          book.markUncollectible(invoice);
          return invoice;
        });
    routes.add(
        "POST " + URL + "/{id}/send",
        "",
        call -> {
          ObjectNode invoice = book.invoices().get(call.id());
          if (InvoiceBook.isDraft(invoice)) {
            finalizeInvoice(call.id(), Json.object());
          }
          log.emit("invoice.sent", invoice);
          return invoice;
        });
    addPayments(routes);
  }

  private void addPayments(Routes routes) {
    routes.add(
        "GET " + PAYMENTS_URL + "/{id}",
        "",
        call -> world.table(InvoiceCollection.PAYMENTS).get(call.id()));
    routes.add(
        "GET " + PAYMENTS_URL,
        "invoice string payment {type* enum(payment_intent|charge|payment_record) payment_intent"
            + " string charge string} status enum(canceled|open|paid) created {gt time gte time lt"
            + " time lte time} limit int starting_after string ending_before string",
        call ->
            world
                .table(InvoiceCollection.PAYMENTS)
                .page(
                    call.params(),
                    PAYMENTS_URL,
                    row ->
                        Prices.same(call.params(), row, "invoice")
                            && Prices.same(call.params(), row, "status")
                            && Prices.same(
                                Json.child(call.params(), "payment"),
                                Json.child(row, "payment"),
                                "payment_intent")));
  }

  /** The invoice, its usage up to date. */
  private ObjectNode fresh(ObjectNode invoice) {
    book.lines().refresh(invoice);
    return invoice;
  }

  private ObjectNode create(ObjectNode params) {
    ObjectNode customer = customers.require(Json.string(params, "customer"));
    Optional<String> subscription = Json.text(params, "subscription");
    String currency =
        Json.text(params, "currency").or(() -> Json.text(customer, "currency")).orElse("usd");
    ObjectNode invoice = book.draft(customer, currency, "manual", params);
    invoice.put("auto_advance", Json.flag(params, "auto_advance"));
    invoice.put("_days_until_due", Json.whole(params, "days_until_due").orElse(30L));
    subscription.ifPresent(
        id -> InvoiceParent.of(invoice, world.table(Subscriptions.TABLE).get(id, "subscription")));
    if (params.path("pending_invoice_items_behavior").asText().equals("include")
        || subscription.isPresent()) {
      book.addPending(invoice, subscription);
    }
    book.announce(invoice);
    return invoice;
  }

  private ObjectNode list(ObjectNode params) {
    ObjectNode created = Json.child(params, "created");
    return book.invoices()
        .page(
            params,
            URL,
            row ->
                Prices.same(params, row, "customer")
                    && Prices.same(params, row, "status")
                    && Prices.same(params, row, "collection_method")
                    && EventEndpoints.within(created, Json.number(row, "created"))
                    && Json.text(params, "subscription")
                        .map(id -> InvoiceBook.subscription(row).filter(id::equals).isPresent())
                        .orElse(true));
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode invoice = book.invoices().get(id);
    boolean onlyMetadata =
        params.properties().stream()
            .allMatch(
                field ->
                    field.getKey().equals("metadata") || field.getKey().equals("auto_advance"));
    if (!onlyMetadata) {
      InvoiceBook.requireEditable(invoice);
    }
    ObjectNode before = invoice.deepCopy();
    Json.copy(
        params,
        invoice,
        "auto_advance",
        "collection_method",
        "default_payment_method",
        "description",
        "due_date",
        "automatically_finalizes_at");
    Json.mergeMetadata(params, invoice);
    if (Json.has(params, "auto_advance") && !Json.flag(params, "auto_advance")) {
      invoice.putNull("automatically_finalizes_at");
    }
    return book.changed(invoice, before);
  }

  private ObjectNode delete(String id) {
    ObjectNode invoice = book.invoices().get(id);
    if (!InvoiceBook.isDraft(invoice) || InvoiceBook.subscription(invoice).isPresent()) {
      throw ApiError.invalid("You can only delete draft invoices that bill no subscription.");
    }
    world.table(InvoiceBook.ITEMS).where("invoice", id).forEach(item -> item.putNull("invoice"));
    book.invoices().remove(id);
    log.emit("invoice.deleted", invoice);
    return Json.object().put("id", id).put("object", "invoice").put("deleted", true);
  }

  private ObjectNode finalizeInvoice(String id, ObjectNode params) {
    ObjectNode invoice = book.invoices().get(id);
    Json.copy(params, invoice, "auto_advance");
    book.finalizeInvoice(invoice);
    if (Json.number(invoice, "amount_due") == 0) {
      invoice.put("_zero", true);
      collection.markPaid(invoice);
    } else if (Json.flag(invoice, "auto_advance")
        && Json.string(invoice, "collection_method").equals("charge_automatically")) {
      invoice.put(
          "next_payment_attempt",
          world.now(Json.string(invoice, "customer")) + Duration.ofHours(1).toSeconds());
    }
    return invoice;
  }
}
