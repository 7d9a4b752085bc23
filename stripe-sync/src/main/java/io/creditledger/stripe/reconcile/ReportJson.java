package io.creditledger.stripe.reconcile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.reconcile.Repairs.Queued;
import io.creditledger.stripe.reconcile.UsageComparison.Totals;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A report as it is answered. */
final class ReportJson {

  /** With more customers than this, sums that agree are left out. */
  private static final int CUSTOMERS_SHOWN_MAX = 50;

  private ReportJson() {}

  /** The figures, without the lines behind them. */
  static ObjectNode summary(Report report) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", report.at().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("from", report.span().from().toString())
        .put("to", report.span().to().toString())
        .put("journal_records", report.fence().records())
        .put("customers", report.customers())
        .put("windows", report.windows())
        .put("grants", report.grants())
        .put("differing", report.differences().size())
        .put("unexplained", report.unexplained())
        .put("repaired", report.repairs().size());
  }

  /** All of it. */
  static ObjectNode whole(Report report) {
    ObjectNode json = summary(report);
    ArrayNode sums = json.putArray("sums");
    report.totals().stream()
        .filter(totals -> !totals.isNothing())
        .filter(totals -> report.customers() <= CUSTOMERS_SHOWN_MAX || !totals.agree())
        .forEach(totals -> add(sums, totals));
    ArrayNode differences = json.putArray("differences");
    report.differences().forEach(difference -> add(differences, difference));
    ArrayNode repairs = json.putArray("repairs");
    report.repairs().forEach(queued -> add(repairs, queued));
    return json;
  }

  private static void add(ArrayNode sums, Totals totals) {
    sums.addObject()
        .put("customer", totals.key().customer().value())
        .put("meter", totals.key().eventName())
        .put("journal", text(totals.journal()))
        .put("outbox", text(totals.outbox()))
        .put("stripe", text(totals.stripe()));
  }

  private static void add(ArrayNode differences, Difference difference) {
    differences
        .addObject()
        .put("kind", difference.kind().name().toLowerCase(Locale.ROOT))
        .put("customer", difference.customer())
        .put("meter", difference.meter())
        .put("window", difference.window())
        .put("journal", difference.journal())
        .put("outbox", difference.outbox())
        .put("stripe", difference.stripe())
        .put("difference", difference.difference())
        .put("age", age(difference.age()))
        .put("cause", difference.cause().text())
        .put("explained", difference.cause().isExplained())
        .put("detail", difference.detail());
  }

  private static String age(Duration age) {
    return Duration.ofSeconds(Math.max(0, age.toSeconds())).toString();
  }

  private static void add(ArrayNode repairs, Queued queued) {
    repairs
        .addObject()
        .put("customer", queued.window().customer().value())
        .put("meter", queued.window().eventName())
        .put("window", queued.window().start() + "/" + queued.window().end())
        .put("revision", queued.revision())
        .put("value", text(queued.value()));
  }

  private static String text(BigDecimal amount) {
    return Amounts.plain(amount).toPlainString();
  }
}
