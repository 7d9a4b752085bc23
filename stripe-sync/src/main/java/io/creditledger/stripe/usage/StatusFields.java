package io.creditledger.stripe.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.RelayStatus;
import io.creditledger.stripe.outbox.StuckEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How usage stands, as fields for whoever asks. */
final class StatusFields {

  private static final int SHOWN = 50;

  private static final Duration RATE_OVER = Duration.ofMinutes(1);

  /** An invoice further back is nobody's work any more. */
  private static final Duration LATE_SHOWN = Duration.ofDays(62);

  private StatusFields() {}

  static void add(
      ObjectNode status, Handle handle, RelayStatus relay, int callsPerSecondMax, Instant now) {
    UsageStatus usage = UsageStatus.of(handle);
    ObjectNode part =
        status
            .putObject("usage")
            .put("journal", relay.state().name().toLowerCase(Locale.ROOT))
            .put("journal_behind", relay.behind())
            .put("journal_detail", relay.detail())
            .put("open_windows", usage.openWindows())
            .put("oldest_open_window", text(usage.oldestOpenWindow()))
            .put("backlog", usage.backlog())
            .put("oldest_unsent_window", text(usage.oldestUnsent()))
            .put("delivered_last_minute", delivered(handle, now.minus(RATE_OVER)))
            .put("calls_per_second_at_most", callsPerSecondMax)
            .put("cancellations", usage.cancellations())
            .put("parked", usage.parked())
            .put("outcome_unknown", usage.unknown())
            .put("without_quantity", usage.skipped())
            .put("errors_of_unknown_events", usage.unmatchedErrors())
            .put("late_for_invoice", LateUsage.count(handle, now.minus(LATE_SHOWN)));
    ArrayNode stuck = part.putArray("parked_events");
    StuckEvent.list(handle, SHOWN).forEach(event -> add(stuck, event));
    ArrayNode late = part.putArray("late_for_invoice_events");
    LateUsage.since(handle, now.minus(LATE_SHOWN), SHOWN).forEach(event -> add(late, event));
  }

  private static long delivered(Handle handle, Instant since) {
    return handle
        .createQuery("select count(*) from meter_event where delivered_at > :since")
        .bind("since", since)
        .mapTo(Long.class)
        .one();
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse("");
  }

  private static void add(ArrayNode rows, StuckEvent event) {
    rows.addObject()
        .put("id", event.id())
        .put("customer", event.customer().value())
        .put("meter", event.eventName())
        .put("window", event.windowStart().toString())
        .put("value", event.value().toPlainString())
        .put("state", event.state().text())
        .put("reason", event.reason())
        .put("detail", event.detail());
  }

  private static void add(ArrayNode rows, LateUsage event) {
    rows.addObject()
        .put("customer", event.customer().value())
        .put("meter", event.eventName())
        .put("window", event.windowStart().toString())
        .put("value", event.value().toPlainString())
        .put("subscription", event.subscription())
        .put("invoice_final_at", event.finalizedAt().toString())
        .put("sent_at", text(event.sentAt()));
  }
}
