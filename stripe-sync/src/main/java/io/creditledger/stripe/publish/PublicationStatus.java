package io.creditledger.stripe.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jdbi.v3.core.Handle;

/** How what Stripe's events come to is told to the ledger, for whoever asks. */
public final class PublicationStatus {

  private static final int SHOWN = 50;

  private static final String COUNTS =
      """
      select count(*) filter (where state = 'waiting') as waiting,
             count(*) filter (where state = 'published') as unanswered,
             count(*) filter (where state = 'refused') as refused
      from publication where state in ('waiting', 'published', 'refused')
      """;

  private PublicationStatus() {}

  /** Adds what is to be told, what the ledger has not answered, and what it refused. */
  public static void add(Handle handle, ObjectNode part) {
    handle
        .createQuery(COUNTS)
        .map(
            (row, context) ->
                part.put("to_be_told", row.getLong("waiting"))
                    .put("unanswered", row.getLong("unanswered"))
                    .put("refused", row.getLong("refused")))
        .one();
    ArrayNode refused = part.putArray("refused_by_the_ledger");
    handle
        .createQuery(
            "select customer, event_id, type, cause, note from publication"
                + " where state = 'refused' order by seq desc limit :shown")
        .bind("shown", SHOWN)
        .map(
            (row, context) ->
                refused
                    .addObject()
                    .put("customer", row.getString("customer"))
                    .put("id", row.getString("event_id"))
                    .put("type", row.getString("type"))
                    .put("cause", row.getString("cause"))
                    .put("why", row.getString("note")))
        .list();
  }
}
