package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /v1/customers}, and the balance of each: what Stripe owes it is negative. */
public final class Customers {

  private static final String URL = "/v1/customers";
  private static final String TRANSACTIONS = "customer_balance_transaction";
  private static final String FIELDS =
      "description string? email string(512)? name string(256)? phone string(20)? metadata map?"
          + " invoice_settings {default_payment_method string? ~custom_fields ~footer"
          + " ~rendering_options} ~address ~shipping ~preferred_locales ~tax ~tax_exempt"
          + " ~invoice_prefix ~next_invoice_sequence ~source ~cash_balance ~business_name"
          + " ~individual_name balance int";

  private final World world;
  private final EventLog log;
  private Consumer<String> onDelete = customer -> {};

  public Customers(World world, EventLog log) {
    this.world = world;
    this.log = log;
  }

  /** Says what else ends when a customer is deleted. */
  public void onDelete(Consumer<String> end) {
    onDelete = end;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        FIELDS + " test_clock string payment_method string ~tax_id_data ~validate",
        call -> create(call.params()));
    routes.add(
        "GET " + URL,
        "email string test_clock string created {gt time gte time lt time lte time} limit int"
            + " starting_after string ending_before string",
        call -> list(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> row(call.id()));
    routes.add(
        "POST " + URL + "/{id}",
        FIELDS + " ~default_source ~validate",
        call -> update(call.id(), call.params()));
    routes.add("DELETE " + URL + "/{id}", "", call -> delete(call.id()));
    routes.add(
        "POST " + URL + "/{id}/balance_transactions",
        "amount* int currency* currency description string(350) metadata map",
        call ->
            changeBalance(
                get(call.id()), Json.number(call.params(), "amount"), "adjustment", call.params()));
    routes.add(
        "GET " + URL + "/{id}/balance_transactions",
        "created {gt time gte time lt time lte time} invoice string limit int starting_after string"
            + " ending_before string",
        call ->
            world
                .table(TRANSACTIONS)
                .page(
                    call.params(),
                    URL + "/" + call.id() + "/balance_transactions",
                    row ->
                        Json.string(row, "customer").equals(call.id())
                            && Json.text(call.params(), "invoice")
                                .map(invoice -> invoice.equals(row.path("invoice").asText()))
                                .orElse(true)));
    routes.add(
        "GET " + URL + "/{id}/balance_transactions/{transaction}",
        "",
        call -> world.table(TRANSACTIONS).get(call.ids().get(1)));
    routes.add(
        "POST " + URL + "/{id}/balance_transactions/{transaction}",
        "description string(350)? metadata map?",
        call -> {
          ObjectNode row = world.table(TRANSACTIONS).get(call.ids().get(1));
          Json.copy(call.params(), row, "description");
          Json.mergeMetadata(call.params(), row);
          return row;
        });
  }

  private Table customers() {
    return world.table(World.CUSTOMERS);
  }

  private ObjectNode row(String id) {
    ObjectNode row = customers().get(id);
    return Json.flag(row, "deleted") ? deleted(id) : row;
  }

  /** The customer that the path names, which was not deleted. */
  private ObjectNode get(String id) {
    ObjectNode row = customers().get(id);
    if (Json.flag(row, "deleted")) {
      throw ApiError.noSuch("customer", id, "id");
    }
    return row;
  }

  /** The customer that a parameter names, which was not deleted. */
  public ObjectNode require(String id) {
    ObjectNode row = customers().get(id, "customer");
    if (Json.flag(row, "deleted")) {
      throw ApiError.noSuch("customer", id, "customer");
    }
    return row;
  }

  /** Makes a customer. */
  public ObjectNode create(ObjectNode params) {
    Optional<String> clock = Json.text(params, "test_clock");
    clock.ifPresent(id -> world.table(World.CLOCKS).get(id, "test_clock"));
    ObjectNode row =
        Json.object()
            .put("id", world.mint("cus"))
            .put("object", "customer")
            .putNull("address")
            .put("balance", 0);
    clock.ifPresent(id -> row.put("test_clock", id));
    row.put("created", world.now(row))
        .putNull("currency")
        .putNull("default_source")
        .put("delinquent", false)
        .putNull("description")
        .putNull("email");
    row.putObject("invoice_settings")
        .putNull("custom_fields")
        .put("default_payment_method", Json.text(params, "payment_method").orElse(null))
        .putNull("footer")
        .putNull("rendering_options");
    row.put("livemode", false).putObject("metadata");
    row.putNull("name").putNull("phone").putNull("shipping").put("tax_exempt", "none");
    row.put("test_clock", clock.orElse(null));
    set(params, row);
    row.put("balance", Json.number(params, "balance"));
    customers().put(row);
    log.emit("customer.created", row);
    return row;
  }

  private static void set(ObjectNode params, ObjectNode row) {
    Json.copy(params, row, "description", "email", "name", "phone");
    Json.copy(
        Json.child(params, "invoice_settings"),
        Json.child(row, "invoice_settings"),
        "default_payment_method");
    Json.mergeMetadata(params, row);
  }

  private ObjectNode list(ObjectNode params) {
    return customers()
        .page(
            params,
            URL,
            row ->
                !Json.flag(row, "deleted")
                    && Json.text(params, "email")
                        .map(email -> email.equals(row.path("email").asText()))
                        .orElse(true)
                    && Json.text(params, "test_clock")
                        .map(clock -> clock.equals(row.path("test_clock").asText()))
                        .orElse(true));
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode row = get(id);
    ObjectNode before = row.deepCopy();
    set(params, row);
    log.emit("customer.updated", row, Changes.between(before, row));
    if (Json.has(params, "balance")) {
      long difference = Json.number(params, "balance") - Json.number(row, "balance");
      if (difference != 0) {
        changeBalance(
            row,
            difference,
            "adjustment",
            Json.object().put("currency", Json.text(row, "currency").orElse("usd")));
      }
    }
    return row;
  }

  private ObjectNode delete(String id) {
    ObjectNode row = get(id);
    onDelete.accept(id);
    log.emit("customer.deleted", row);
    row.put("deleted", true);
    return deleted(id);
  }

  private static ObjectNode deleted(String id) {
    return Json.object().put("id", id).put("object", "customer").put("deleted", true);
  }

  /**
   * Changes what a customer owes, and records it.
   *
   * @param amount in the currency's smallest unit; negative is credit for the customer
   * @param type why, as {@code adjustment} or {@code applied_to_invoice}
   * @param params the currency, and where there are any invoice, credit note, description, metadata
   */
  public ObjectNode changeBalance(
      ObjectNode customer, long amount, String type, ObjectNode params) {
    String currency = Json.string(params, "currency");
    useCurrency(customer, currency);
    ObjectNode before = customer.deepCopy();
    long balance = Math.addExact(Json.number(customer, "balance"), amount);
    customer.put("balance", balance);
    ObjectNode row =
        Json.object()
            .put("id", world.mint("cbtxn"))
            .put("object", TRANSACTIONS)
            .put("amount", amount)
            .putNull("checkout_session")
            .put("created", world.now(customer))
            .put("credit_note", Json.text(params, "credit_note").orElse(null))
            .put("currency", currency)
            .put("customer", Json.string(customer, "id"))
            .put("description", Json.text(params, "description").orElse(null))
            .put("ending_balance", balance)
            .put("invoice", Json.text(params, "invoice").orElse(null))
            .put("livemode", false);
    row.putObject("metadata");
    row.put("type", type);
    Json.mergeMetadata(params, row);
    world.table(TRANSACTIONS).put(row);
    log.emit("customer.updated", customer, Changes.between(before, customer));
    return row;
  }

  /** Gives the customer its currency. Refuses a second one. */
  public void useCurrency(ObjectNode customer, String currency) {
    Optional<String> own = Json.text(customer, "currency");
    if (own.isPresent() && !own.get().equals(currency)) {
      throw ApiError.invalidParameter(
          "currency",
          "You cannot combine currencies on a single customer. This customer has had a balance,"
              + " an invoice or a subscription in "
              + own.get()
              + ".");
    }
    customer.put("currency", currency);
  }
}
