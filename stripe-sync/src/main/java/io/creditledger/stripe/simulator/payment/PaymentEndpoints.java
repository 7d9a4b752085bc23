package io.creditledger.stripe.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;

/** {@code /v1/payment_intents} and {@code /v1/charges}. */
public final class PaymentEndpoints {

  private static final String INTENTS = "/v1/payment_intents";
  private static final String CONFIRM =
      "payment_method string return_url string off_session any ~mandate ~mandate_data"
          + " ~error_on_requires_action ~use_stripe_sdk";

  private final World world;
  private final EventLog log;
  private final Payments payments;

  public PaymentEndpoints(World world, EventLog log, Payments payments) {
    this.world = world;
    this.log = log;
    this.payments = payments;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + INTENTS,
        CONFIRM
            + " amount* int(1..99999999) currency* currency customer string description"
            + " string(1000) confirm bool metadata map ~automatic_payment_methods"
            + " ~payment_method_types ~capture_method ~confirmation_method ~receipt_email"
            + " ~setup_future_usage ~statement_descriptor ~statement_descriptor_suffix",
        call -> create(call.params()));
    routes.add(
        "GET " + INTENTS + "/{id}",
        "client_secret string",
        call -> payments.intents().get(call.id()));
    routes.add(
        "GET " + INTENTS,
        "customer string limit int starting_after string ending_before string",
        call ->
            payments.intents().page(call.params(), INTENTS, row -> ofCustomer(call.params(), row)));
    routes.add(
        "POST " + INTENTS + "/{id}",
        "metadata map? description string? amount int(1..99999999) payment_method string",
        call -> {
          ObjectNode intent = payments.intents().get(call.id());
          Json.copy(call.params(), intent, "description", "amount", "payment_method");
          Json.mergeMetadata(call.params(), intent);
          return intent;
        });
    routes.add(
        "POST " + INTENTS + "/{id}/confirm",
        CONFIRM,
        call -> confirm(payments.intents().get(call.id()), call.params()));
    routes.add(
        "POST " + INTENTS + "/{id}/cancel",
        "cancellation_reason string",
        call -> cancel(payments.intents().get(call.id())));
    routes.add("GET /v1/charges/{id}", "", call -> payments.charges().get(call.id()));
    routes.add(
        "GET /v1/charges",
        "customer string payment_intent string limit int starting_after string ending_before"
            + " string",
        call ->
            payments
                .charges()
                .page(
                    call.params(),
                    "/v1/charges",
                    row ->
                        ofCustomer(call.params(), row)
                            && Json.text(call.params(), "payment_intent")
                                .map(id -> id.equals(row.path("payment_intent").asText()))
                                .orElse(true)));
  }

  private static boolean ofCustomer(ObjectNode params, ObjectNode row) {
    return Json.text(params, "customer")
        .map(id -> id.equals(row.path("customer").asText()))
        .orElse(true);
  }

  private ObjectNode create(ObjectNode params) {
    String customer = Json.text(params, "customer").orElse("");
    if (!customer.isEmpty()) {
      world.table(World.CUSTOMERS).get(customer, "customer");
    }
    ObjectNode intent =
        payments.intend(
            customer, Json.number(params, "amount"), Json.string(params, "currency"), params);
    return Json.flag(params, "confirm") ? confirm(intent, params) : intent;
  }

  private ObjectNode confirm(ObjectNode intent, ObjectNode params) {
    if (!payments.confirm(intent, Json.text(params, "payment_method"))) {
      throw Payments.declined(intent);
    }
    return intent;
  }

  private ObjectNode cancel(ObjectNode intent) {
    if (Json.string(intent, "status").equals("succeeded")) {
      throw ApiError.invalid(
              "You cannot cancel this PaymentIntent because it has a status of succeeded.")
          .code("payment_intent_unexpected_state");
    }
    intent
        .put("status", "canceled")
        .put("canceled_at", world.now(Json.text(intent, "customer").orElse("")));
    log.emit("payment_intent.canceled", intent);
    return intent;
  }
}
