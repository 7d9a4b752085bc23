package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** {@code /v1/invoiceitems}: what is to stand on an invoice beside the subscription's lines. */
public final class InvoiceItems {

  private static final String URL = "/v1/invoiceitems";
  static final String FIELDS =
      "amount int description string(5000)? metadata map? period {start* time end* time}"
          + " quantity int(0..99999999) quantity_decimal decimal unit_amount_decimal decimal"
          + " pricing {price string} price_data {currency* currency product string unit_amount int"
          + " unit_amount_decimal decimal ~tax_behavior} ~discountable ~discounts ~tax_rates"
          + " ~tax_behavior ~tax_code";

  private final World world;
  private final EventLog log;
  private final Customers customers;
  private final Prices prices;
  private final InvoiceBook book;

  public InvoiceItems(
      World world, EventLog log, Customers customers, Prices prices, InvoiceBook book) {
    this.world = world;
    this.log = log;
    this.customers = customers;
    this.prices = prices;
    this.book = book;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        FIELDS + " customer* string currency currency invoice string subscription string",
        call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> items().get(call.id()));
    routes.add(
        "GET " + URL,
        "customer string invoice string pending bool created {gt time gte time lt time lte time}"
            + " limit int starting_after string ending_before string",
        call ->
            items()
                .page(
                    call.params(),
                    URL,
                    row ->
                        Prices.same(call.params(), row, "customer")
                            && Prices.same(call.params(), row, "invoice")
                            && (!Json.has(call.params(), "pending")
                                || Json.flag(call.params(), "pending")
                                    != Json.has(row, "invoice"))));
    routes.add("POST " + URL + "/{id}", FIELDS, call -> update(call.id(), call.params()));
    routes.add("DELETE " + URL + "/{id}", "", call -> delete(call.id()));
  }

  private Table items() {
    return world.table(InvoiceBook.ITEMS);
  }

  private ObjectNode create(ObjectNode params) {
    ObjectNode customer = customers.require(Json.string(params, "customer"));
    Optional<ObjectNode> invoice =
        Json.text(params, "invoice").map(id -> book.invoices().get(id, "invoice"));
    invoice.ifPresent(
        draft -> {
          InvoiceBook.requireEditable(draft);
          if (!Json.string(draft, "customer").equals(Json.string(customer, "id"))) {
            throw ApiError.invalidParameter("invoice", "The invoice belongs to another customer.");
          }
        });
    Json.text(params, "subscription")
        .ifPresent(id -> world.table(Subscriptions.TABLE).get(id, "subscription"));
    ObjectNode item = make(customer, params);
    if (invoice.isPresent()) {
      ObjectNode before = invoice.get().deepCopy();
      book.attach(item, invoice.get());
      log.emit("invoiceitem.created", item);
      book.changed(invoice.get(), before);
    } else {
      log.emit("invoiceitem.created", item);
    }
    return item;
  }

  /** An item that waits for its customer's next invoice. */
  ObjectNode make(ObjectNode customer, ObjectNode params) {
    long now = world.now(customer);
    ObjectNode item =
        Json.object()
            .put("id", world.mint("ii"))
            .put("object", InvoiceBook.ITEMS)
            .put("amount", 0)
            .put(
                "currency",
                Json.text(params, "currency")
                    .or(() -> Json.text(Json.child(params, "price_data"), "currency"))
                    .or(() -> Json.text(customer, "currency"))
                    .orElse("usd"))
            .put("customer", Json.string(customer, "id"))
            .putNull("customer_account")
            .put("date", now)
            .putNull("description")
            .put("discountable", true);
    item.putArray("discounts");
    item.putNull("invoice").put("livemode", false).putObject("metadata");
    item.put("net_amount", 0).putNull("parent");
    item.putObject("period").put("end", now).put("start", now);
    item.putNull("pricing").put("proration", Json.flag(params, "proration"));
    item.put("quantity", 1).put("quantity_decimal", "1").putArray("tax_rates");
    item.put("test_clock", Json.text(customer, "test_clock").orElse(null));
    Json.text(params, "subscription")
        .ifPresent(
            id -> {
              item.put("_subscription", id);
              item.putObject("parent")
                  .put("type", "subscription_details")
                  .putObject("subscription_details")
                  .put("subscription", id);
            });
    set(params, item);
    if (!Json.has(params, "amount") && !hasPrice(params)) {
      throw ApiError.missingParameter("amount");
    }
    return items().put(item);
  }

  private static boolean hasPrice(ObjectNode params) {
    return Json.has(params, "pricing")
        || Json.has(params, "price_data")
        || Json.has(params, "unit_amount_decimal");
  }

  private void set(ObjectNode params, ObjectNode item) {
    Json.copy(params, item, "description", "period");
    Json.mergeMetadata(params, item);
    if (Json.has(params, "amount")) {
      amount(item, Json.number(params, "amount"));
    } else if (hasPrice(params)) {
      price(params, item);
    }
  }

  private static void amount(ObjectNode item, long amount) {
    item.put("amount", amount).put("net_amount", amount);
  }

  private void price(ObjectNode params, ObjectNode item) {
    BigDecimal quantity =
        Json.text(params, "quantity_decimal")
            .or(() -> Json.text(params, "quantity"))
            .map(BigDecimal::new)
            .orElse(BigDecimal.ONE);
    Optional<String> priceId = Json.text(Json.child(params, "pricing"), "price");
    if (priceId.isPresent()) {
      ObjectNode price = prices.require(priceId.get());
      item.put("currency", Json.string(price, "currency"));
      InvoiceLines.price(item, price, quantity);
      item.remove("subtotal");
      amount(item, Json.number(item, "amount"));
      return;
    }
    ObjectNode data = Json.child(params, "price_data");
    BigDecimal unit =
        Json.text(params, "unit_amount_decimal")
            .or(() -> Json.text(data, "unit_amount"))
            .or(() -> Json.text(data, "unit_amount_decimal"))
            .map(BigDecimal::new)
            .orElseThrow(() -> ApiError.missingParameter("unit_amount_decimal"));
    amount(item, quantity.multiply(unit).setScale(0, RoundingMode.HALF_UP).longValueExact());
    item.put("quantity", quantity.longValue())
        .put("quantity_decimal", quantity.stripTrailingZeros().toPlainString());
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode item = items().get(id);
    Optional<ObjectNode> invoice = Json.text(item, "invoice").map(book.invoices()::get);
    invoice.ifPresent(InvoiceBook::requireEditable);
    set(params, item);
    invoice.ifPresent(
        draft -> {
          ObjectNode before = draft.deepCopy();
          InvoiceLines.of(draft).stream()
              .filter(line -> line.path("_item").asText().equals(id))
              .forEach(line -> follow(line, item));
          book.changed(draft, before);
        });
    return item;
  }

  private static void follow(ObjectNode line, ObjectNode item) {
    Json.copy(
        item, line, "amount", "description", "period", "quantity", "quantity_decimal", "metadata");
    line.put("subtotal", Json.number(item, "amount"));
  }

  private ObjectNode delete(String id) {
    ObjectNode item = items().get(id);
    Json.text(item, "invoice")
        .map(book.invoices()::get)
        .ifPresent(
            draft -> {
              InvoiceBook.requireEditable(draft);
              ObjectNode before = draft.deepCopy();
              Removal.of(draft, line -> line.path("_item").asText().equals(id));
              book.changed(draft, before);
            });
    items().remove(id);
    log.emit("invoiceitem.deleted", item);
    return Json.object().put("id", id).put("object", InvoiceBook.ITEMS).put("deleted", true);
  }
}
