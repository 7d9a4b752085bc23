package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** When billing periods end: whole intervals from an anchor, a month's last day kept in it. */
final class Periods {

  private Periods() {}

  /** The first whole number of intervals from the anchor that lies after a time. */
  static long endAfter(long anchor, ObjectNode recurring, long time) {
    long end = anchor;
    for (long count = 1; end <= time; count++) {
      end = plus(anchor, recurring, count);
    }
    return end;
  }

  private static long plus(long anchor, ObjectNode recurring, long intervals) {
    ZonedDateTime from = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
    long count = intervals * Json.number(recurring, "interval_count");
    ZonedDateTime to =
        switch (Json.string(recurring, "interval")) {
          case "day" -> from.plusDays(count);
          case "week" -> from.plusWeeks(count);
          case "year" -> from.plusYears(count);
          default -> from.plusMonths(count);
        };
    return to.toEpochSecond();
  }
}
