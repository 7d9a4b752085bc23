package io.creditledger.stripe.outbox;

import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.outbox.MeterErrorReport.Errors;
import io.creditledger.stripe.outbox.MeterErrorReport.Sample;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds the events that Stripe's reports are about: Stripe does not count them. One that came too
 * early is sent again as a new event, since Stripe would take its identifier for a repetition; any
 * other is parked. A report that names only some of its events leaves a number of errors that are
 * shown as unmatched.
 */
public final class MeterErrorReports {

  private static final String TOO_EARLY = "timestamp_in_future";

  private final Recount recount;

  /** Tells the events' windows what counts no more. */
  public MeterErrorReports(Recount recount) {
    this.recount = recount;
  }

  /**
   * Applies a report; one that was applied before changes nothing.
   *
   * @return how many events it was found to be about
   */
  public int apply(Handle transaction, MeterErrorReport report, Instant now) {
    int matched = 0;
    for (Errors errors : report.errors()) {
      if (isNew(transaction, report, errors, now)) {
        List<Long> events = events(transaction, errors);
        matched += events.size();
        note(transaction, report, errors, events.size());
        recount.after(transaction, events, () -> refuse(transaction, errors, events));
      }
    }
    return matched;
  }

  private static boolean isNew(
      Handle transaction, MeterErrorReport report, Errors errors, Instant now) {
    return transaction
            .createUpdate(
                "insert into meter_error_report values (:event, :code, :type, :meter, :count,"
                    + " :sampled, 0, :message, :now) on conflict do nothing")
            .bind("event", report.eventId())
            .bind("code", errors.code())
            .bind("type", report.type())
            .bind("meter", report.meter())
            .bind("count", errors.count())
            .bind("sampled", errors.samples().size())
            .bind("message", errors.message())
            .bind("now", now)
            .execute()
        == 1;
  }

  private static List<Long> events(Handle transaction, Errors errors) {
    return transaction
        .createQuery("select id from meter_event where identifier = any(:identifiers)")
        .bind("identifiers", SqlArrays.texts(errors.samples(), Sample::identifier))
        .mapTo(Long.class)
        .list();
  }

  private static void note(
      Handle transaction, MeterErrorReport report, Errors errors, int matched) {
    transaction
        .createUpdate(
            "update meter_error_report set matched = :matched"
                + " where event_id = :event and code = :code")
        .bind("matched", matched)
        .bind("event", report.eventId())
        .bind("code", errors.code())
        .execute();
  }

  private static void refuse(Handle transaction, Errors errors, List<Long> events) {
    EventState state = errors.code().equals(TOO_EARLY) ? EventState.WITHDRAWN : EventState.PARKED;
    transaction
        .createUpdate(
            "update meter_event set state = case when state = 'cancelling' then 'cancelled'"
                + " else :state end, reason = :code, detail = :message where id = any(:ids)"
                + " and state in ('pending', 'delivered', 'unknown', 'cancelling')")
        .bind("state", state.text())
        .bind("code", errors.code())
        .bind("message", errors.message())
        .bind("ids", SqlArrays.longs(events, id -> id))
        .execute();
    transaction
        .createUpdate(
            "update meter_cancel set state = 'done', reason = :code"
                + " where event = any(:ids) and state = 'pending'")
        .bind("code", errors.code())
        .bind("ids", SqlArrays.longs(events, id -> id))
        .execute();
  }
}
