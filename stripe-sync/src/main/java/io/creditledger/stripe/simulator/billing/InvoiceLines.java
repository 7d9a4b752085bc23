package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.meter.Usage;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.util.List;

/**
 * The lines of invoices. An invoice keeps all of them under a field of its own and shows the first
 * ten; the metered ones of a draft follow the usage of their period.
 */
public final class InvoiceLines {

  static final String ALL = "_lines";
  private static final int SHOWN = 10;

  private final World world;
  private final Usage usage;

  public InvoiceLines(World world, Usage usage) {
    this.world = world;
    this.usage = usage;
  }

  static List<ObjectNode> of(ObjectNode invoice) {
    return Json.objects(invoice, ALL);
  }

  /** A line for a price's quantity over a period, of a subscription's item. */
  ObjectNode add(ObjectNode invoice, ObjectNode item, BigDecimal quantity, long from, long to) {
    ObjectNode price = Json.child(item, "price");
    ObjectNode line = blank(invoice, Json.string(price, "currency"), from, to);
    line.put("description", description(price, quantity));
    ObjectNode parent = line.putObject("parent").putNull("invoice_item_details");
    parent
        .putObject("subscription_item_details")
        .putNull("invoice_item")
        .put("proration", false)
        .putNull("proration_details")
        .put("subscription", Json.string(item, "subscription"))
        .put("subscription_item", Json.string(item, "id"));
    parent.put("type", "subscription_item_details");
    line.set("metadata", Json.child(item, "metadata").deepCopy());
    line.put("subscription", Json.string(item, "subscription"));
    price(line, price, quantity);
    return line;
  }

  /** A line whose quantity is what the customer uses of the price's meter in the period. */
  ObjectNode addMetered(ObjectNode invoice, ObjectNode item, long from, long to) {
    ObjectNode line = add(invoice, item, BigDecimal.ZERO, from, to);
    line.put("_meter", Json.string(Json.child(Json.child(item, "price"), "recurring"), "meter"));
    line.set("_price", Json.child(item, "price").deepCopy());
    follow(invoice, line);
    return line;
  }

  /** A line for an invoice item. */
  ObjectNode addItem(ObjectNode invoice, ObjectNode item) {
    ObjectNode period = Json.child(item, "period");
    ObjectNode line =
        blank(
            invoice,
            Json.string(item, "currency"),
            Json.number(period, "start"),
            Json.number(period, "end"));
    line.put("description", Json.text(item, "description").orElse(null))
        .put("amount", Json.number(item, "amount"))
        .put("subtotal", Json.number(item, "amount"))
        .put("_item", Json.string(item, "id"));
    Json.copy(item, line, "quantity", "quantity_decimal", "pricing", "metadata");
    String subscription = Json.text(item, "_subscription").orElse(null);
    ObjectNode parent = line.putObject("parent");
    parent
        .putObject("invoice_item_details")
        .put("invoice_item", Json.string(item, "id"))
        .put("proration", Json.flag(item, "proration"))
        .putNull("proration_details")
        .put("subscription", subscription);
    parent.putNull("subscription_item_details").put("type", "invoice_item_details");
    line.put("subscription", subscription);
    return line;
  }

  private ObjectNode blank(ObjectNode invoice, String currency, long from, long to) {
    ObjectNode line =
        Json.object()
            .put("id", world.mint("il"))
            .put("object", "line_item")
            .put("amount", 0)
            .put("currency", currency)
            .putNull("description");
    line.putArray("discount_amounts");
    line.put("discountable", true).putArray("discounts");
    line.put("invoice", Json.string(invoice, "id")).put("livemode", false).putObject("metadata");
    line.putObject("period").put("end", to).put("start", from);
    line.putArray("pretax_credit_amounts");
    line.put("quantity", 1).put("quantity_decimal", "1").put("subtotal", 0).putArray("taxes");
    invoice.withArray("/" + ALL).add(line);
    return line;
  }

  private static String description(ObjectNode price, BigDecimal quantity) {
    String name = Json.text(price, "nickname").orElseGet(() -> Json.string(price, "product"));
    return quantity.stripTrailingZeros().toPlainString() + " × " + name;
  }

  /** Gives a line its price, quantity and amount. */
  static void price(ObjectNode line, ObjectNode price, BigDecimal quantity) {
    long amount = Pricing.amount(price, quantity);
    line.put("amount", amount)
        .put("subtotal", amount)
        .put("quantity", quantity.longValue())
        .put("quantity_decimal", quantity.stripTrailingZeros().toPlainString());
    ObjectNode pricing = line.putObject("pricing");
    pricing
        .putObject("price_details")
        .put("price", Json.string(price, "id"))
        .put("product", Json.string(price, "product"));
    pricing
        .put("type", "price_details")
        .put("unit_amount_decimal", Json.text(price, "unit_amount_decimal").orElse(null));
  }

  private void follow(ObjectNode invoice, ObjectNode line) {
    ObjectNode meter = world.table("billing.meter").find(Json.string(line, "_meter")).orElseThrow();
    ObjectNode period = Json.child(line, "period");
    BigDecimal used =
        usage
            .total(
                meter,
                Json.string(invoice, "customer"),
                Json.number(period, "start"),
                Json.number(period, "end"))
            .orElse(BigDecimal.ZERO);
    price(line, Json.child(line, "_price"), used);
    line.put("description", description(Json.child(line, "_price"), used));
  }

  /** Brings a draft's metered lines up to date, and the sums of any invoice. */
  public void refresh(ObjectNode invoice) {
    if (Json.string(invoice, "status").equals("draft")) {
      of(invoice).stream()
          .filter(line -> Json.has(line, "_meter"))
          .forEach(line -> follow(invoice, line));
    }
    long subtotal = of(invoice).stream().mapToLong(line -> Json.number(line, "amount")).sum();
    long credits =
        Json.objects(invoice, "total_pretax_credit_amounts").stream()
            .mapToLong(credit -> Json.number(credit, "amount"))
            .sum();
    long total = subtotal - credits;
    invoice
        .put("subtotal", subtotal)
        .put("subtotal_excluding_tax", subtotal)
        .put("total", total)
        .put("total_excluding_tax", total);
    if (Json.string(invoice, "status").equals("draft")) {
      invoice.put("amount_due", Math.max(0, total)).put("amount_remaining", Math.max(0, total));
    }
    show(invoice);
  }

  private static void show(ObjectNode invoice) {
    List<ObjectNode> all = of(invoice);
    ObjectNode lines = invoice.putObject("lines").put("object", "list");
    ArrayNode data = lines.putArray("data");
    all.stream().limit(SHOWN).forEach(line -> data.add(line.deepCopy()));
    lines
        .put("has_more", all.size() > SHOWN)
        .put("total_count", all.size())
        .put("url", "/v1/invoices/" + Json.string(invoice, "id") + "/lines");
  }
}
