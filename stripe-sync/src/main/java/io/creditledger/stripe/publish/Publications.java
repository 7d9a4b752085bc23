package io.creditledger.stripe.publish;

import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows of what is to be told to the ledger. One customer's are published in the order in which
 * they were added.
 */
public final class Publications {

  /** Where a row goes. */
  enum Destination {
    /** The input topic of its type. */
    EVENT,
    /** The topic of alerts. */
    ALERT
  }

  /** A row to be published. */
  record Waiting(long seq, CustomerId customer, Destination destination, String body) {}

  private Publications() {}

  /**
   * Adds an event, unless the customer has one of that id: then it was told before.
   *
   * @param cause what it follows from: the id of an event of Stripe's
   * @return whether it was added
   */
  public static boolean add(Handle handle, LedgerEvent event, String cause, Instant now) {
    return add(
        handle,
        event.customer(),
        event.id().value(),
        "event",
        EventType.of(event).wireName(),
        EventJson.write(event),
        cause,
        now);
  }

  /**
   * Adds an alert, unless the customer was told of it before.
   *
   * @param id the alert's, for ever
   * @return whether it was added
   */
  public static boolean addAlert(
      Handle handle, CustomerId customer, String id, byte[] json, String cause, Instant now) {
    return add(handle, customer, id, "alert", "alert", json, cause, now);
  }

  private static boolean add(
      Handle handle,
      CustomerId customer,
      String id,
      String topic,
      String type,
      byte[] body,
      String cause,
      Instant now) {
    return handle
            .createUpdate(
                "insert into publication (customer, event_id, topic, type, body, cause, state,"
                    + " created_at, note) values (:customer, :id, :topic, :type, :body, :cause,"
                    + " 'waiting', :now, '') on conflict (customer, event_id) do nothing")
            .bind("customer", customer.value())
            .bind("id", id)
            .bind("topic", topic)
            .bind("type", type)
            .bind("body", body)
            .bind("cause", cause)
            .bind("now", now)
            .execute()
        > 0;
  }

  static List<Waiting> waiting(Handle handle, int most) {
    return handle
        .createQuery(
            "select seq, customer, topic, body from publication where state = 'waiting'"
                + " order by seq limit :most")
        .bind("most", most)
        .map(
            (row, context) ->
                new Waiting(
                    row.getLong("seq"),
                    new CustomerId(row.getString("customer")),
                    row.getString("topic").equals("alert") ? Destination.ALERT : Destination.EVENT,
                    new String(row.getBytes("body"), StandardCharsets.UTF_8)))
        .list();
  }

  /** An alert needs no answer; an event waits for the ledger's. */
  static void published(Handle handle, Waiting row, Instant now) {
    handle
        .createUpdate(
            "update publication set published_at = :now,"
                + " state = case when topic = 'alert' then 'accepted' else 'published' end"
                + " where seq = :seq and state = 'waiting'")
        .bind("now", now)
        .bind("seq", row.seq())
        .execute();
  }

  /**
   * Has refused events told again, as they were: those that follow from these causes, or all where
   * none is named; their ids.
   */
  public static List<String> retry(Handle handle, List<String> causes) {
    return handle
        .createQuery(
            "update publication set state = 'waiting'"
                + " where state = 'refused' and (:all or cause = any(:causes)) returning event_id")
        .bind("all", causes.isEmpty())
        .bindArray("causes", String.class, causes.toArray())
        .mapTo(String.class)
        .list();
  }
}
