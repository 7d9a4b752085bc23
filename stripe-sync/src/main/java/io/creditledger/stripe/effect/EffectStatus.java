package io.creditledger.stripe.effect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jdbi.v3.core.Handle;

/** How effects stand, for whoever asks. */
public final class EffectStatus {

  private static final int SHOWN = 100;

  private EffectStatus() {}

  /** Adds how many effects there are of each kind and state, and those to be looked at. */
  public static void add(Handle handle, ObjectNode status) {
    ObjectNode effects = status.putObject("effects");
    handle
        .createQuery(
            "select kind || ' ' || state as name, count(*) as rows from effect"
                + " group by kind, state order by kind, state")
        .map((row, context) -> effects.put(row.getString("name"), row.getLong("rows")))
        .list();
    ArrayNode waiting = effects.putArray("parked_or_held");
    handle
        .createQuery(
            "select kind, customer, key, state, note, changed_at from effect"
                + " where state in ('parked', 'held') or (state = 'due' and attempts > 1)"
                + " order by changed_at desc limit :shown")
        .bind("shown", SHOWN)
        .map(
            (row, context) ->
                waiting
                    .addObject()
                    .put("kind", row.getString("kind"))
                    .put("customer", row.getString("customer"))
                    .put("key", row.getString("key"))
                    .put("state", row.getString("state"))
                    .put("since", row.getTimestamp("changed_at").toInstant().toString())
                    .put("why", row.getString("note")))
        .list();
  }
}
