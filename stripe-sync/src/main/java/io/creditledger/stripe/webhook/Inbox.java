package io.creditledger.stripe.webhook;

import io.creditledger.core.entry.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of events. */
public final class Inbox {

  /** Where an event was heard of. */
  enum Origin {
    /** Stripe sent it. */
    WEBHOOK,
    /** It stood in Stripe's list. */
    CATCH_UP
  }

  /**
   * An event whose turn has come.
   *
   * @param attempts how often it was tried before
   */
  record Turn(String id, int attempts, String body) {}

  private static final int NOTE_CHARS_MAX = 2_000;

  private Inbox() {}

  /** Keeps an event; false if it is there already. */
  static boolean keep(
      Handle handle, StripeEvent event, byte[] body, Origin origin, Instant receivedAt) {
    return handle
            .createUpdate(
                "insert into stripe_event (id, style, type, object_id, api_version, created_at,"
                    + " received_at, origin, body, state, attempts, next_attempt_at, note)"
                    + " values (:id, :style, :type, :object, :version, :created, :received,"
                    + " :origin, :body, 'waiting', 0, :received, '') on conflict (id) do nothing")
            .bind("id", event.id())
            .bind("style", lower(event.style()))
            .bind("type", event.type())
            .bind("object", event.objectId())
            .bind("version", event.apiVersion())
            .bind("created", event.createdAt())
            .bind("received", receivedAt)
            .bind("origin", lower(origin))
            .bind("body", body)
            .execute()
        > 0;
  }

  /** Keeps what Stripe signed and nobody understands, for an operator to look at. */
  static void keepUnreadable(Handle handle, byte[] body, String why, Instant receivedAt) {
    handle
        .createUpdate(
            "insert into stripe_event (id, style, type, object_id, api_version, created_at,"
                + " received_at, origin, body, state, attempts, next_attempt_at, note)"
                + " values (:id, 'unreadable', '', '', '', :received, :received, 'webhook', :body,"
                + " 'parked', 0, :received, :why) on conflict (id) do nothing")
        .bind("id", "unreadable:" + Hash.of(body))
        .bind("received", receivedAt)
        .bind("body", body)
        .bind("why", cut(why))
        .execute();
  }

  /** An event whose turn has come and that nobody else is at; it is kept so by the transaction. */
  static Optional<Turn> next(Handle transaction, Instant now) {
    return transaction
        .createQuery(
            "select id, attempts, body from stripe_event"
                + " where state = 'waiting' and next_attempt_at <= :now"
                + " order by next_attempt_at, seq limit 1 for update skip locked")
        .bind("now", now)
        .map(
            (row, context) ->
                new Turn(
                    row.getString("id"),
                    row.getInt("attempts"),
                    new String(row.getBytes("body"), StandardCharsets.UTF_8)))
        .findOne();
  }

  static void end(Handle transaction, String id, Handled handled, Instant now) {
    switch (handled) {
      case Handled.Done done -> end(transaction, id, "done", done.note(), now);
      case Handled.Ignored ignored -> end(transaction, id, "ignored", ignored.why(), now);
      case Handled.Parked parked -> end(transaction, id, "parked", parked.why(), now);
    }
  }

  private static void end(Handle transaction, String id, String state, String note, Instant now) {
    transaction
        .createUpdate(
            "update stripe_event set state = :state, note = :note, ended_at = :now"
                + " where id = :id and state = 'waiting'")
        .bind("id", id)
        .bind("state", state)
        .bind("note", cut(note))
        .bind("now", now)
        .execute();
  }

  static void postpone(Handle handle, String id, Instant until, String why) {
    handle
        .createUpdate(
            "update stripe_event set attempts = attempts + 1, next_attempt_at = :until, note = :why"
                + " where id = :id and state = 'waiting'")
        .bind("id", id)
        .bind("until", until)
        .bind("why", cut(why))
        .execute();
  }

  /**
   * Has parked events tried again: these, or all where none is named; which they were.
   *
   * @param named ids; those of events that are not parked are left out
   */
  public static List<String> retry(Handle handle, List<String> named, Instant now) {
    return handle
        .createQuery(
            "update stripe_event set state = 'waiting', next_attempt_at = :now"
                + " where state = 'parked' and style <> 'unreadable'"
                + " and (:all or id = any(:named)) returning id")
        .bind("now", now)
        .bind("all", named.isEmpty())
        .bindArray("named", String.class, named.toArray())
        .mapTo(String.class)
        .list();
  }

  /** Forgets events that ended before then; parked ones stay. */
  static int forget(Handle handle, Instant endedBefore) {
    return handle
        .createUpdate(
            "delete from stripe_event where state in ('done', 'ignored') and ended_at < :before")
        .bind("before", endedBefore)
        .execute();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String cut(String note) {
    return note.length() <= NOTE_CHARS_MAX ? note : note.substring(0, NOTE_CHARS_MAX);
  }
}
