package io.creditledger.stripe.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.World;

/** {@code /v1/disputes}. A customer's bank opens and decides one: a control call does. */
public final class Disputes {

  private static final String TABLE = "dispute";
  private static final String URL = "/v1/disputes";

  private final World world;
  private final EventLog log;
  private final Payments payments;

  public Disputes(World world, EventLog log, Payments payments) {
    this.world = world;
    this.log = log;
    this.payments = payments;
  }

  public void addTo(Routes routes) {
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
                        Json.text(call.params(), "charge")
                            .map(id -> id.equals(Json.string(row, "charge")))
                            .orElse(true)));
    routes.add("POST " + URL + "/{id}/close", "", call -> close(call.id(), "lost"));
  }

  /** A bank disputes a part of a charge. */
  public ObjectNode open(String chargeId, long amount, String reason) {
    ObjectNode charge = payments.charges().get(chargeId, "charge");
    ObjectNode dispute =
        Json.object().put("id", world.mint("du")).put("object", TABLE).put("amount", amount);
    dispute.putArray("balance_transactions");
    dispute
        .put("charge", chargeId)
        .put("created", world.now(Json.text(charge, "customer").orElse("")))
        .put("currency", Json.string(charge, "currency"));
    dispute.putObject("evidence");
    dispute
        .putObject("evidence_details")
        .put("has_evidence", false)
        .put("past_due", false)
        .put("submission_count", 0);
    dispute.put("is_charge_refundable", false).put("livemode", false).putObject("metadata");
    dispute
        .put("payment_intent", Json.string(charge, "payment_intent"))
        .put("reason", reason)
        .put("status", "needs_response");
    world.table(TABLE).put(dispute);
    charge.put("disputed", true);
    log.emit("charge.dispute.created", dispute);
    log.emit("charge.dispute.funds_withdrawn", dispute);
    return dispute;
  }

  /** A bank decides: {@code won} gives the merchant its money back, {@code lost} does not. */
  public ObjectNode close(String id, String status) {
    ObjectNode dispute = world.table(TABLE).get(id);
    if (!Json.string(dispute, "status").equals("needs_response")) {
      throw ApiError.invalid("This dispute is already closed.");
    }
    dispute.put("status", status);
    if (status.equals("won")) {
      log.emit("charge.dispute.funds_reinstated", dispute);
    }
    log.emit("charge.dispute.closed", dispute);
    return dispute;
  }
}
