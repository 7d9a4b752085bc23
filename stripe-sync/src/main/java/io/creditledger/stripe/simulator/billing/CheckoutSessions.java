package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.payment.Payments;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** {@code /v1/checkout/sessions}. What the customer does on the page, control calls do. */
public final class CheckoutSessions {

  /** How a customer leaves the payment page. */
  public enum Outcome {
    /** Paid at once. */
    PAID,
    /** Done with, and to be paid by a method that takes days. */
    UNPAID
  }

  private static final String TABLE = "checkout.session";
  private static final String URL = "/v1/checkout/sessions";
  private static final long LIFE = Duration.ofHours(24).toSeconds();

  private final World world;
  private final EventLog log;
  private final Customers customers;
  private final Prices prices;
  private final Subscriptions subscriptions;
  private final InvoiceItems items;
  private final InvoiceBook book;
  private final InvoiceCollection collection;
  private final Payments payments;

  public CheckoutSessions(
      World world,
      EventLog log,
      Customers customers,
      Prices prices,
      Subscriptions subscriptions,
      InvoiceItems items,
      InvoiceBook book,
      InvoiceCollection collection,
      Payments payments) {
    this.world = world;
    this.log = log;
    this.customers = customers;
    this.prices = prices;
    this.subscriptions = subscriptions;
    this.items = items;
    this.book = book;
    this.collection = collection;
    this.payments = payments;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        "mode* enum(payment|setup|subscription) customer string customer_email string(800)"
            + " client_reference_id string(200) success_url string cancel_url string currency"
            + " currency line_items [{price string price_data {"
            + Prices.dataShape()
            + "} quantity int(0..999999) ~adjustable_quantity metadata map}] metadata map"
            + " payment_intent_data {metadata map description string ~setup_future_usage"
            + " ~receipt_email ~capture_method} subscription_data {metadata map description string"
            + " trial_period_days int ~billing_mode ~proration_behavior} invoice_creation {enabled*"
            + " bool invoice_data {metadata map description string}} customer_creation"
            + " enum(always|if_required) expires_at time ~payment_method_types"
            + " ~allow_promotion_codes ~automatic_tax ~billing_address_collection ~locale"
            + " ~submit_type ~ui_mode ~return_url ~tax_id_collection ~customer_update"
            + " ~payment_method_collection ~discounts",
        call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> sessions().get(call.id()));
    routes.add(
        "GET " + URL,
        "customer string payment_intent string subscription string status"
            + " enum(complete|expired|open) limit int starting_after string ending_before string",
        call ->
            sessions()
                .page(
                    call.params(),
                    URL,
                    row ->
                        Prices.same(call.params(), row, "customer")
                            && Prices.same(call.params(), row, "payment_intent")
                            && Prices.same(call.params(), row, "subscription")
                            && Prices.same(call.params(), row, "status")));
    routes.add(
        "GET " + URL + "/{id}/line_items",
        "limit int starting_after string ending_before string",
        call ->
            Table.page(
                Json.objects(sessions().get(call.id()), "_items"),
                call.params(),
                URL + "/" + call.id() + "/line_items"));
    routes.add("POST " + URL + "/{id}/expire", "", call -> expire(call.id()));
  }

  private Table sessions() {
    return world.table(TABLE);
  }

  private ObjectNode create(ObjectNode params) {
    String customer = Json.text(params, "customer").orElse("");
    if (!customer.isEmpty()) {
      customers.require(customer);
    }
    String mode = Json.string(params, "mode");
    if (!mode.equals("setup") && Json.objects(params, "line_items").isEmpty()) {
      throw ApiError.missingParameter("line_items");
    }
    String id = world.mint("cs_test");
    long now = world.now(customer);
    ObjectNode session = Json.object().put("id", id).put("object", TABLE);
    session.set("_params", params.deepCopy());
    long total = 0;
    String currency = Json.text(params, "currency").orElse("usd");
    for (ObjectNode line : Json.objects(params, "line_items")) {
      ObjectNode price =
          Json.has(line, "price")
              ? prices.require(Json.string(line, "price"))
              : prices.create(Json.child(line, "price_data"));
      requireFitting(mode, price);
      long quantity = Json.whole(line, "quantity").orElse(1L);
      long amount =
          Pricing.isMetered(price) ? 0 : Pricing.amount(price, BigDecimal.valueOf(quantity));
      total += amount;
      currency = Json.string(price, "currency");
      ObjectNode item = session.withArray("/_items").addObject();
      item.put("id", world.mint("li")).put("object", "item").put("amount_total", amount);
      item.put("amount_subtotal", amount).put("currency", currency);
      item.set("price", price.deepCopy());
      item.put("quantity", Pricing.isMetered(price) ? null : quantity);
    }
    fill(session, params, total, currency, now);
    return sessions().put(session);
  }

  private static void requireFitting(String mode, ObjectNode price) {
    if (mode.equals("payment") && Json.string(price, "type").equals("recurring")) {
      throw ApiError.invalidParameter(
          "line_items[0][price]",
          "You specified `payment` mode but passed a recurring price. Either switch to"
              + " `subscription` mode or use only one-time prices.");
    }
  }

  private static void fill(
      ObjectNode session, ObjectNode params, long total, String currency, long now) {
    session
        .put("amount_subtotal", total)
        .put("amount_total", total)
        .put("cancel_url", Json.text(params, "cancel_url").orElse(null))
        .put("client_reference_id", Json.text(params, "client_reference_id").orElse(null))
        .put("created", now)
        .put("currency", currency)
        .put("customer", Json.text(params, "customer").orElse(null))
        .putNull("customer_account")
        .putNull("customer_details")
        .put("customer_email", Json.text(params, "customer_email").orElse(null))
        .put("expires_at", Json.whole(params, "expires_at").orElse(now + LIFE))
        .putNull("invoice")
        .put("livemode", false)
        .putObject("metadata");
    session
        .put("mode", Json.string(params, "mode"))
        .putNull("payment_intent")
        .put("payment_status", "unpaid")
        .put("status", "open")
        .putNull("subscription")
        .put("success_url", Json.text(params, "success_url").orElse(null))
        .put("url", "https://checkout.stripe.com/c/pay/" + Json.string(session, "id"));
    Json.mergeMetadata(params, session);
  }

  private ObjectNode open(String id) {
    ObjectNode session = sessions().get(id);
    if (!Json.string(session, "status").equals("open")) {
      throw ApiError.invalid("Only Checkout Sessions with a status in [\"open\"] can be changed.");
    }
    return session;
  }

  private ObjectNode expire(String id) {
    ObjectNode session = open(id).put("status", "expired");
    log.emit("checkout.session.expired", session);
    return session;
  }

  /** The customer completes the page. */
  public ObjectNode complete(String id, Outcome outcome) {
    ObjectNode session = open(id);
    ObjectNode params = Json.child(session, "_params");
    String customer = customer(session, params);
    switch (Json.string(session, "mode")) {
      case "subscription" -> subscribe(session, params, customer);
      case "payment" -> pay(session, params, customer, outcome);
      default -> session.put("payment_status", "no_payment_required");
    }
    session.put("status", "complete");
    log.emit("checkout.session.completed", session);
    return session;
  }

  private String customer(ObjectNode session, ObjectNode params) {
    Optional<String> known = Json.text(session, "customer");
    boolean needed =
        Json.string(session, "mode").equals("subscription")
            || params.path("customer_creation").asText().equals("always")
            || Json.flag(Json.child(params, "invoice_creation"), "enabled");
    if (known.isPresent() || !needed) {
      return known.orElse("");
    }
    ObjectNode made =
        customers.create(
            Json.object().put("email", Json.text(session, "customer_email").orElse(null)));
    session.put("customer", Json.string(made, "id"));
    return Json.string(made, "id");
  }

  private void subscribe(ObjectNode session, ObjectNode params, String customer) {
    ObjectNode asked = Json.object().put("customer", customer);
    for (ObjectNode line : Json.objects(session, "_items")) {
      boolean recurring = line.path("price").path("type").asText().equals("recurring");
      ObjectNode item = asked.withArray(recurring ? "/items" : "/add_invoice_items").addObject();
      item.put("price", line.path("price").path("id").asText());
      Json.whole(line, "quantity").ifPresent(quantity -> item.put("quantity", quantity));
    }
    ObjectNode data = Json.child(params, "subscription_data");
    Json.copy(data, asked, "metadata", "description", "trial_period_days");
    ObjectNode subscription = subscriptions.create(asked);
    session
        .put("subscription", Json.string(subscription, "id"))
        .put("invoice", Json.text(subscription, "latest_invoice").orElse(null))
        .put("payment_status", "paid");
  }

  private void pay(ObjectNode session, ObjectNode params, String customer, Outcome outcome) {
    ObjectNode intent =
        payments.intend(
            customer,
            Json.number(session, "amount_total"),
            Json.string(session, "currency"),
            Json.child(params, "payment_intent_data"));
    session.put("payment_intent", Json.string(intent, "id"));
    if (outcome == Outcome.UNPAID) {
      payments.beginProcessing(intent);
      return;
    }
    if (!payments.confirm(intent, Optional.empty())) {
      throw Payments.declined(intent);
    }
    session.put("payment_status", "paid");
    invoice(session, params, customer, intent);
  }

  /** The invoice that a one-off payment gets where the session asked for one. */
  private void invoice(ObjectNode session, ObjectNode params, String customer, ObjectNode intent) {
    ObjectNode creation = Json.child(params, "invoice_creation");
    if (!Json.flag(creation, "enabled")) {
      return;
    }
    ObjectNode owner = customers.require(customer);
    ObjectNode invoice =
        book.draft(
            owner,
            Json.string(session, "currency"),
            "manual",
            Json.child(creation, "invoice_data"));
    for (ObjectNode line : Json.objects(session, "_items")) {
      ObjectNode item = Json.object().put("quantity", Json.number(line, "quantity"));
      item.putObject("pricing").put("price", line.path("price").path("id").asText());
      book.attach(items.make(owner, item), invoice);
    }
    invoice.put("_payment_intent", Json.string(intent, "id")).put("auto_advance", false);
    book.announce(invoice);
    book.finalizeInvoice(invoice);
    collection.settleWith(invoice, intent);
    session.put("invoice", Json.string(invoice, "id"));
  }

  /** The bank's answer to a payment that takes days: {@code PAID}, or that it will not be. */
  public ObjectNode settle(String id, Outcome outcome) {
    ObjectNode session = sessions().get(id);
    ObjectNode intent = world.table("payment_intent").get(Json.string(session, "payment_intent"));
    if (!Json.string(intent, "status").equals("processing")) {
      throw ApiError.invalid("This session waits for no payment.");
    }
    intent.put("status", "requires_confirmation");
    String customer = Json.text(session, "customer").orElse("");
    Optional<String> method =
        Optional.of(outcome == Outcome.PAID ? "pm_usBankAccount" : "pm_usBankAccount_declined");
    boolean paid = payments.confirm(intent, method);
    if (paid) {
      session.put("payment_status", "paid");
      invoice(session, Json.child(session, "_params"), customer, intent);
    }
    log.emit(
        paid ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed",
        session);
    return session;
  }
}
