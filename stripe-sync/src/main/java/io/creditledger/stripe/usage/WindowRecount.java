package io.creditledger.stripe.usage;

import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.outbox.Recount;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** Takes what events count for more or less, by a change, as cut or not, and has it cut anew. */
public final class WindowRecount implements Recount {

  private static final String OF_EVENTS =
      "(customer, event_name, window_start, window_end) in (select customer, event_name,"
          + " window_start, window_end from meter_event where id = any(:ids))";

  @Override
  public void after(Handle transaction, Collection<Long> events, Runnable change) {
    Argument ids = SqlArrays.longs(events, id -> id);
    transaction
        .createQuery("select 1 from usage_window where " + OF_EVENTS + " for update")
        .bind("ids", ids)
        .mapTo(Integer.class)
        .list();
    recut(transaction, ids, "-");
    change.run();
    recut(transaction, ids, "+");
  }

  private static void recut(Handle transaction, Argument ids, String sign) {
    transaction
        .createUpdate(
            "update usage_window w set due_at = to_timestamp(0), cut = cut "
                + sign
                + " (select coalesce(sum(value), 0) from meter_event e"
                + " where e.id = any(:ids) and e.customer = w.customer"
                + " and e.event_name = w.event_name and e.window_start = w.window_start"
                + " and e.window_end = w.window_end"
                + " and e.state in ('pending', 'delivered', 'parked', 'unknown')) where "
                + OF_EVENTS)
        .bind("ids", ids)
        .execute();
  }
}
