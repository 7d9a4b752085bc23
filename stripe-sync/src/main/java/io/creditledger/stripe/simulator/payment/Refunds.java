package io.creditledger.stripe.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;

/** {@code /v1/refunds}: a charge given back, whole or in part. */
public final class Refunds {

  private static final String TABLE = "refund";
  private static final String URL = "/v1/refunds";

  private final World world;
  private final EventLog log;
  private final Payments payments;

  public Refunds(World world, EventLog log, Payments payments) {
    this.world = world;
    this.log = log;
    this.payments = payments;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        "charge string payment_intent string amount int(1..99999999)"
            + " reason enum(duplicate|fraudulent|requested_by_customer) metadata map"
            + " ~refund_application_fee ~reverse_transfer ~instructions_email",
        call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> world.table(TABLE).get(call.id()));
    routes.add(
        "GET " + URL,
        "charge string payment_intent string limit int starting_after string ending_before string",
        call ->
            world
                .table(TABLE)
                .page(
                    call.params(),
                    URL,
                    row ->
                        same(call.params(), row, "charge")
                            && same(call.params(), row, "payment_intent")));
  }

  private static boolean same(ObjectNode params, ObjectNode row, String field) {
    return Json.text(params, field).map(id -> id.equals(row.path(field).asText())).orElse(true);
  }

  private ObjectNode create(ObjectNode params) {
    String chargeId =
        Json.text(params, "charge")
            .or(
                () ->
                    Json.text(params, "payment_intent")
                        .flatMap(
                            intent ->
                                Json.text(
                                    payments.intents().get(intent, "payment_intent"),
                                    "latest_charge")))
            .orElseThrow(
                () ->
                    ApiError.invalid(
                        "One of the following params should be provided for this request:"
                            + " payment_intent or charge."));
    ObjectNode charge = payments.charges().get(chargeId, "charge");
    long left = Json.number(charge, "amount") - Json.number(charge, "amount_refunded");
    return refund(charge, Json.whole(params, "amount").orElse(left), params);
  }

  /** Gives back that much of a charge. Refuses more than is left of it. */
  public ObjectNode refund(ObjectNode charge, long amount, ObjectNode params) {
    long refunded = Json.number(charge, "amount_refunded");
    long left = Json.number(charge, "amount") - refunded;
    if (!Json.flag(charge, "paid")) {
      throw ApiError.invalid("This charge has not been paid.").param("charge");
    }
    if (left == 0) {
      throw ApiError.invalid("Charge " + Json.string(charge, "id") + " has already been refunded.")
          .code("charge_already_refunded");
    }
    if (amount > left) {
      throw ApiError.invalid(
              "Refund amount ("
                  + amount
                  + ") is greater than unrefunded amount on charge ("
                  + left
                  + ")")
          .param("amount");
    }
    ObjectNode refund =
        Json.object()
            .put("id", world.mint("re"))
            .put("object", TABLE)
            .put("amount", amount)
            .put("balance_transaction", world.mint("txn"))
            .put("charge", Json.string(charge, "id"))
            .put("created", world.now(Json.text(charge, "customer").orElse("")))
            .put("currency", Json.string(charge, "currency"));
    refund.putObject("metadata");
    refund
        .put("payment_intent", Json.string(charge, "payment_intent"))
        .put("reason", Json.text(params, "reason").orElse(null))
        .put("status", "succeeded");
    Json.mergeMetadata(params, refund);
    world.table(TABLE).put(refund);
    ObjectNode previous = Json.object().put("amount_refunded", refunded);
    charge.put("amount_refunded", refunded + amount).put("refunded", left == amount);
    log.emit("refund.created", refund);
    log.emit("charge.refunded", charge, previous);
    return refund;
  }
}
