package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /v1/billing/credit_grants}, and the balance they come to. */
public final class CreditGrants {

  private static final String URL = "/v1/billing/credit_grants";
  private static final String TRANSACTIONS_URL = "/v1/billing/credit_balance_transactions";
  private static final int UNUSED_MAX = 100;
  private static final long PRIORITY_DEFAULT = 50;

  private final World world;
  private final EventLog log;
  private final Customers customers;
  private final CreditLedger ledger;

  public CreditGrants(World world, EventLog log, Customers customers, CreditLedger ledger) {
    this.world = world;
    this.log = log;
    this.customers = customers;
    this.ledger = ledger;
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        "amount* {type* enum(monetary) monetary {currency* currency value* int(1..99999999999)}}"
            + " applicability_config* {scope* {price_type enum(metered) prices [{id* string}]}}"
            + " category enum(paid|promotional) customer string customer_account string"
            + " effective_at time expires_at time metadata map name string(100) priority"
            + " int(0..100)",
        call -> create(call.params()));
    routes.add(
        "GET " + URL,
        "customer string customer_account string limit int starting_after string ending_before"
            + " string",
        call -> grants().page(call.params(), URL, row -> ofCustomer(call.params(), row)));
    routes.add("GET " + URL + "/{id}", "", call -> grants().get(call.id()));
    routes.add(
        "POST " + URL + "/{id}",
        "expires_at time? metadata map?",
        call -> update(call.id(), call.params()));
    routes.add("POST " + URL + "/{id}/expire", "", call -> expire(call.id()));
    routes.add("POST " + URL + "/{id}/void", "", call -> voidGrant(call.id()));
    routes.add(
        "GET /v1/billing/credit_balance_summary",
        "customer string customer_account string filter* {type*"
            + " enum(credit_grant|applicability_scope) credit_grant string applicability_scope"
            + " {price_type enum(metered) prices [{id* string}]}}",
        call -> summary(call.params()));
    routes.add(
        "GET " + TRANSACTIONS_URL,
        "customer string customer_account string credit_grant string limit int starting_after"
            + " string ending_before string",
        call ->
            world
                .table(CreditLedger.TRANSACTIONS)
                .page(call.params(), TRANSACTIONS_URL, row -> isAskedFor(call.params(), row)));
    routes.add(
        "GET " + TRANSACTIONS_URL + "/{id}",
        "",
        call -> world.table(CreditLedger.TRANSACTIONS).get(call.id()));
  }

  private Table grants() {
    return world.table(CreditLedger.GRANTS);
  }

  private static boolean ofCustomer(ObjectNode params, ObjectNode row) {
    return Json.text(params, "customer")
        .map(customer -> customer.equals(Json.string(row, "customer")))
        .orElse(true);
  }

  private static boolean isAskedFor(ObjectNode params, ObjectNode row) {
    return Json.text(params, "customer")
            .map(customer -> customer.equals(Json.string(row, "_customer")))
            .orElse(true)
        && Json.text(params, "credit_grant")
            .map(grant -> grant.equals(Json.string(row, "credit_grant")))
            .orElse(true);
  }

  private ObjectNode create(ObjectNode params) {
    String customer =
        Json.text(params, "customer").orElseThrow(() -> ApiError.missingParameter("customer"));
    ObjectNode owner = customers.require(customer);
    requireScope(Json.child(Json.child(params, "applicability_config"), "scope"));
    if (!Json.has(Json.child(params, "amount"), "monetary")) {
      throw ApiError.missingParameter("amount[monetary]");
    }
    long unused = grants().where("customer", customer).filter(CreditLedger::isUnused).count();
    if (unused >= UNUSED_MAX) {
      throw ApiError.invalid("A customer can have at most " + UNUSED_MAX + " unused credit grants.")
          .param("customer");
    }
    long now = world.now(owner);
    long effective = Json.whole(params, "effective_at").orElse(now);
    Json.whole(params, "expires_at")
        .filter(expires -> expires <= Math.max(now, effective))
        .ifPresent(
            expires -> {
              throw ApiError.invalidParameter(
                  "expires_at", "expires_at must be in the future and after effective_at.");
            });
    ObjectNode grant =
        Json.object().put("id", world.mint("credgr_test")).put("object", CreditLedger.GRANTS);
    Json.copy(params, grant, "amount", "applicability_config");
    grant
        .put("category", Json.text(params, "category").orElse("paid"))
        .put("created", now)
        .put("customer", customer)
        .putNull("customer_account")
        .put("effective_at", effective)
        .put("expires_at", Json.whole(params, "expires_at").orElse(null))
        .put("livemode", false)
        .putObject("metadata");
    grant
        .put("name", Json.text(params, "name").orElse(null))
        .put("priority", Json.whole(params, "priority").orElse(PRIORITY_DEFAULT))
        .put("test_clock", Json.text(owner, "test_clock").orElse(null))
        .put("updated", now)
        .putNull("voided_at");
    Json.mergeMetadata(params, grant);
    grants().put(grant);
    log.emit("billing.credit_grant.created", grant);
    ledger.open(grant);
    return grant;
  }

  private void requireScope(ObjectNode scope) {
    boolean byType = Json.has(scope, "price_type");
    List<ObjectNode> prices = Json.objects(scope, "prices");
    if (byType == !prices.isEmpty()) {
      throw ApiError.invalidParameter(
          "applicability_config[scope]", "You must specify exactly one of price_type and prices.");
    }
    prices.forEach(
        price ->
            world
                .table(Prices.TABLE)
                .get(Json.string(price, "id"), "applicability_config[scope][prices]"));
  }

  private ObjectNode touched(ObjectNode grant, ObjectNode before) {
    grant.put("updated", world.now(Json.string(grant, "customer")));
    log.emit("billing.credit_grant.updated", grant, Changes.between(before, grant));
    return grant;
  }

  private void requireLive(ObjectNode grant) {
    if (Json.has(grant, "voided_at")) {
      throw ApiError.invalid("This credit grant has been voided.");
    }
    long now = world.now(Json.string(grant, "customer"));
    if (Json.whole(grant, "expires_at").orElse(Long.MAX_VALUE) <= now) {
      throw ApiError.invalid("This credit grant has expired.");
    }
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode grant = grants().get(id);
    ObjectNode before = grant.deepCopy();
    if (params.has("expires_at")) {
      requireLive(grant);
      long now = world.now(Json.string(grant, "customer"));
      Json.whole(params, "expires_at")
          .filter(expires -> expires <= now)
          .ifPresent(
              expires -> {
                throw ApiError.invalidParameter("expires_at", "expires_at must be in the future.");
              });
      Json.copy(params, grant, "expires_at");
    }
    Json.mergeMetadata(params, grant);
    return touched(grant, before);
  }

  private ObjectNode expire(String id) {
    ObjectNode grant = grants().get(id);
    requireLive(grant);
    ObjectNode before = grant.deepCopy();
    grant.put("expires_at", world.now(Json.string(grant, "customer")));
    ledger.end(grant, "credits_expired");
    return touched(grant, before);
  }

  private ObjectNode voidGrant(String id) {
    ObjectNode grant = grants().get(id);
    requireLive(grant);
    boolean used =
        world
            .table(CreditLedger.TRANSACTIONS)
            .where("credit_grant", id)
            .anyMatch(row -> row.path("debit").path("type").asText().equals("credits_applied"));
    if (used) {
      throw ApiError.invalid("You cannot void a credit grant that has been applied to an invoice.");
    }
    ObjectNode before = grant.deepCopy();
    ledger.end(grant, "credits_voided");
    grant.put("voided_at", world.now(Json.string(grant, "customer")));
    return touched(grant, before);
  }

  private ObjectNode summary(ObjectNode params) {
    String customer =
        Json.text(params, "customer").orElseThrow(() -> ApiError.missingParameter("customer"));
    ObjectNode owner = customers.require(customer);
    ObjectNode filter = Json.child(params, "filter");
    long now = world.now(owner);
    Map<String, Long> balances = new TreeMap<>();
    grants()
        .where("customer", customer)
        .filter(grant -> matches(filter, grant))
        .filter(grant -> Json.number(grant, "effective_at") <= now)
        .forEach(
            grant ->
                balances.merge(CreditLedger.currency(grant), CreditLedger.left(grant), Long::sum));
    ObjectNode summary = Json.object().put("object", "billing.credit_balance_summary");
    ArrayNode rows = summary.putArray("balances");
    balances.forEach(
        (currency, value) -> {
          ObjectNode row = rows.addObject();
          for (String kind : List.of("available_balance", "ledger_balance")) {
            ObjectNode balance = row.putObject(kind).put("type", "monetary");
            balance.putObject("monetary").put("currency", currency).put("value", value);
          }
        });
    return summary.put("customer", customer).putNull("customer_account").put("livemode", false);
  }

  private static boolean matches(ObjectNode filter, ObjectNode grant) {
    if (Json.string(filter, "type").equals("credit_grant")) {
      String id =
          Json.text(filter, "credit_grant")
              .orElseThrow(() -> ApiError.missingParameter("filter[credit_grant]"));
      return Json.string(grant, "id").equals(id);
    }
    ObjectNode asked = Json.child(filter, "applicability_scope");
    ObjectNode scope = Json.child(Json.child(grant, "applicability_config"), "scope");
    return Json.has(asked, "price_type")
        ? Json.has(scope, "price_type")
        : Json.objects(scope, "prices").stream()
            .anyMatch(price -> Json.objects(asked, "prices").contains(price));
  }
}
