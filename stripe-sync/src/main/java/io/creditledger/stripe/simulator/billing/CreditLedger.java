package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is left of each billing credit grant, every change recorded as a transaction. Credits are
 * applied when an invoice is finalised: line by line, each line from the grants in Stripe's order.
 */
public final class CreditLedger {

  static final String GRANTS = "billing.credit_grant";
  static final String TRANSACTIONS = "billing.credit_balance_transaction";
  private static final String LEFT = "_left";

  /** Priority, earlier expiry, promotional first, earlier effective, earlier made. */
  private static final Comparator<ObjectNode> ORDER =
      Comparator.<ObjectNode>comparingLong(grant -> Json.number(grant, "priority"))
          .thenComparingLong(grant -> Json.whole(grant, "expires_at").orElse(Long.MAX_VALUE))
          .thenComparing(grant -> Json.string(grant, "category"), Comparator.reverseOrder())
          .thenComparingLong(grant -> Json.number(grant, "effective_at"))
          .thenComparingLong(grant -> Json.number(grant, "created"))
          .thenComparing(grant -> Json.string(grant, "id"));

  private final World world;
  private final EventLog log;

  public CreditLedger(World world, EventLog log) {
    this.world = world;
    this.log = log;
  }

  static long left(ObjectNode grant) {
    return Json.number(grant, LEFT);
  }

  static String currency(ObjectNode grant) {
    return Json.string(Json.child(Json.child(grant, "amount"), "monetary"), "currency");
  }

  /** Whether it counts to the hundred unused grants a customer may have. */
  static boolean isUnused(ObjectNode grant) {
    return left(grant) > 0 && !Json.has(grant, "voided_at");
  }

  /** Opens a new grant with its whole amount. */
  void open(ObjectNode grant) {
    long amount = Json.number(Json.child(Json.child(grant, "amount"), "monetary"), "value");
    credit(grant, amount, "credits_granted", Json.object());
  }

  /** Ends a grant: what is left of it expires, or is void. */
  void end(ObjectNode grant, String type) {
    if (left(grant) > 0) {
      debit(grant, left(grant), type, Json.object());
    }
  }

  private void credit(ObjectNode grant, long amount, String type, ObjectNode use) {
    grant.put(LEFT, left(grant) + amount);
    record(grant, "credit", amount, type, use);
  }

  private ObjectNode debit(ObjectNode grant, long amount, String type, ObjectNode use) {
    grant.put(LEFT, left(grant) - amount);
    return record(grant, "debit", amount, type, use);
  }

  private ObjectNode record(
      ObjectNode grant, String side, long amount, String type, ObjectNode use) {
    long now = world.now(Json.string(grant, "customer"));
    ObjectNode row =
        Json.object()
            .put("id", world.mint("cbtxn"))
            .put("object", TRANSACTIONS)
            .put("created", now)
            .putNull("credit")
            .put("credit_grant", Json.string(grant, "id"))
            .putNull("debit")
            .put(
                "effective_at",
                type.equals("credits_granted") ? Json.number(grant, "effective_at") : now)
            .put("livemode", false)
            .put("test_clock", Json.text(grant, "test_clock").orElse(null))
            .put("type", side)
            .put("_customer", Json.string(grant, "customer"));
    ObjectNode half = row.putObject(side);
    ObjectNode money = half.putObject("amount");
    money.putObject("monetary").put("currency", currency(grant)).put("value", amount);
    money.put("type", "monetary");
    half.put("type", type);
    if (!use.isEmpty()) {
      half.set(type, use);
    }
    world.table(TRANSACTIONS).put(row);
    log.emit("billing.credit_balance_transaction.created", row);
    return row;
  }

  /** Applies a customer's credits to an invoice that is being finalised. */
  void apply(ObjectNode invoice) {
    List<ObjectNode> grants =
        world
            .table(GRANTS)
            .where("customer", Json.string(invoice, "customer"))
            .filter(grant -> isEligible(grant, invoice))
            .sorted(ORDER)
            .toList();
    for (ObjectNode line : InvoiceLines.of(invoice)) {
      long open = Json.number(line, "amount");
      for (ObjectNode grant : grants) {
        long part = Math.min(open, left(grant));
        if (part > 0 && covers(grant, line)) {
          burn(grant, part, invoice, line);
          open -= part;
        }
      }
    }
  }

  private void burn(ObjectNode grant, long part, ObjectNode invoice, ObjectNode line) {
    ObjectNode use =
        Json.object()
            .put("invoice", Json.string(invoice, "id"))
            .put("invoice_line_item", Json.string(line, "id"));
    ObjectNode transaction = debit(grant, part, "credits_applied", use);
    ObjectNode amount =
        Json.object()
            .put("amount", part)
            .put("credit_balance_transaction", Json.string(transaction, "id"))
            .putNull("discount")
            .put("type", "credit_balance_transaction");
    line.withArray("/pretax_credit_amounts").add(amount);
    invoice.withArray("/total_pretax_credit_amounts").add(amount.deepCopy());
  }

  private static boolean isEligible(ObjectNode grant, ObjectNode invoice) {
    long periodEnd = Json.number(invoice, "period_end");
    return isUnused(grant)
        && currency(grant).equals(Json.string(invoice, "currency"))
        && Json.number(grant, "effective_at") <= periodEnd
        && Json.whole(grant, "expires_at").orElse(Long.MAX_VALUE) > periodEnd;
  }

  /** Only a subscription's line on a price with a meter can be paid with credits. */
  private static boolean covers(ObjectNode grant, ObjectNode line) {
    if (!Json.has(line, "_meter")) {
      return false;
    }
    ObjectNode scope = Json.child(Json.child(grant, "applicability_config"), "scope");
    String price = line.path("pricing").path("price_details").path("price").asText();
    return Json.has(scope, "price_type")
        || Json.objects(scope, "prices").stream()
            .anyMatch(each -> Json.string(each, "id").equals(price));
  }

  /** Gives back what a voided invoice had used; what belongs to an ended grant expires at once. */
  void reinstate(ObjectNode invoice) {
    for (ObjectNode line : InvoiceLines.of(invoice)) {
      for (ObjectNode used : Json.objects(line, "pretax_credit_amounts")) {
        ObjectNode transaction =
            world.table(TRANSACTIONS).get(Json.string(used, "credit_balance_transaction"));
        ObjectNode grant = world.table(GRANTS).get(Json.string(transaction, "credit_grant"));
        credit(
            grant,
            Json.number(used, "amount"),
            "credits_application_invoice_voided",
            Json.object()
                .put("invoice", Json.string(invoice, "id"))
                .put("invoice_line_item", Json.string(line, "id")));
        expireIfDue(grant, world.now(Json.string(grant, "customer")));
      }
    }
  }

  /** Ends a grant whose time is over. */
  void expireIfDue(ObjectNode grant, long now) {
    Optional<Long> expires = Json.whole(grant, "expires_at");
    if (expires.isPresent() && expires.get() <= now) {
      end(grant, "credits_expired");
    }
  }
}
