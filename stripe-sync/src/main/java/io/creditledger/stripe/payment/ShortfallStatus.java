package io.creditledger.stripe.payment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.core.money.Credits;
import org.jdbi.v3.core.Handle;

/** Credits that were to be taken back with their money and were used by then. */
public final class ShortfallStatus {

  private static final int SHOWN = 50;

  private ShortfallStatus() {}

  /** Adds them, the latest first. */
  public static void add(Handle handle, ObjectNode part) {
    ArrayNode rows = part.putArray("money_back_for_used_credits");
    handle
        .createQuery(
            "select customer, grant_id, asked, done, reason, made_at from correction"
                + " where asked > 0 and done < asked order by made_at desc limit :shown")
        .bind("shown", SHOWN)
        .map(
            (row, context) ->
                rows.addObject()
                    .put("customer", row.getString("customer"))
                    .put("grant", row.getString("grant_id"))
                    .put("to_be_taken", credits(row.getLong("asked")))
                    .put("taken", credits(row.getLong("done")))
                    .put("shortfall", credits(row.getLong("asked") - row.getLong("done")))
                    .put("at", row.getTimestamp("made_at").toInstant().toString())
                    .put("why", row.getString("reason")))
        .list();
  }

  private static String credits(long micros) {
    return Credits.ofMicros(micros).toString();
  }
}
