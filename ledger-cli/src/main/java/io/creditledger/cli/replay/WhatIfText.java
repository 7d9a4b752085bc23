package io.creditledger.cli.replay;

import io.creditledger.cli.Table;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.replay.Standing;
import io.creditledger.streams.replay.CustomerDifference;
import io.creditledger.streams.replay.WhatIfReport;
import java.io.PrintWriter;
import java.util.Locale;

/** What would have been, as people read it: each figure as it was, and as it would be. */
final class WhatIfText {

  private WhatIfText() {}

  static void print(PrintWriter out, WhatIfReport report) {
    out.printf(
        Locale.ROOT,
        "Decided %,d inputs of %,d customers anew in %.1f s; balances are as of %s.%n",
        report.inputs(),
        report.customers(),
        report.took().toMillis() / 1000.0,
        report.end());
    if (report.differences().isEmpty()) {
      out.println("Nothing would differ.");
      out.flush();
      return;
    }
    Table table =
        Table.withAmounts(
            2,
            "CUSTOMER",
            "UNIT",
            "CONSUMED",
            "OVERAGE",
            "OVERDRAFT",
            "FORGIVEN",
            "AVAILABLE",
            "REFUSED");
    for (CustomerDifference one : report.differences()) {
      row(
          table,
          one.customer().value(),
          one.unit(),
          one.was(),
          one.then(),
          change(Long.toString(one.refused()), Long.toString(one.refusedThen())));
    }
    report
        .then()
        .forEach(
            (unit, then) ->
                row(
                    table,
                    "all customers",
                    unit,
                    report.was().getOrDefault(unit, Standing.NOTHING),
                    then,
                    ""));
    table.print(out, "  ");
    out.printf(
        Locale.ROOT,
        "%,d of %,d customers would stand otherwise. Nothing was changed.%n",
        report.differences().stream().map(CustomerDifference::customer).distinct().count(),
        report.customers());
    out.flush();
  }

  private static void row(
      Table table, String whose, Unit unit, Standing was, Standing then, String refused) {
    table.row(
        whose,
        unit,
        change(was.consumed(), then.consumed()),
        change(was.overage(), then.overage()),
        change(was.overdraft(), then.overdraft()),
        change(was.forgiven(), then.forgiven()),
        change(was.available(), then.available()),
        refused);
  }

  private static String change(Credits was, Credits then) {
    return change(was.toString(), then.toString());
  }

  private static String change(String was, String then) {
    return was.equals(then) ? was : was + " → " + then;
  }
}
