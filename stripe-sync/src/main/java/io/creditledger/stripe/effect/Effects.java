package io.creditledger.stripe.effect;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.Attempt.Cause;
import io.creditledger.stripe.effect.EffectOutcome.Again;
import io.creditledger.stripe.effect.EffectOutcome.Done;
import io.creditledger.stripe.effect.EffectOutcome.Held;
import io.creditledger.stripe.effect.EffectOutcome.Next;
import io.creditledger.stripe.effect.EffectOutcome.Parked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of effects. */
public final class Effects {

  private static final int NOTE_CHARS_MAX = 2_000;
  private static final String THIS = " where kind = :kind and customer = :customer and key = :key";
  private static final String ROW = "kind, customer, key, asked, attempts, generation, created_at";

  private Effects() {}

  /**
   * Asks for an effect, from an instant on. One that is waiting for something is tried at once; one
   * that is being tried is tried once more.
   */
  public static void ask(
      Handle handle, String kind, CustomerId customer, String key, Instant at, Instant now) {
    handle
        .createUpdate(
            "insert into effect values (:kind, :customer, :key, 'due', 1, 0, 0, :at, '', :now, :now)"
                + " on conflict (kind, customer, key) do update set state = 'due',"
                + " asked = effect.asked + 1, next_attempt_at = :at, changed_at = :now")
        .bind("kind", kind)
        .bind("customer", customer.value())
        .bind("key", key)
        .bind("at", at)
        .bind("now", now)
        .execute();
  }

  /** What of a kind waits for something of that customer's is tried now. */
  public static void release(Handle handle, String kind, CustomerId customer, Instant now) {
    handle
        .createUpdate(
            "update effect set next_attempt_at = :now"
                + " where kind = :kind and customer = :customer and state = 'held'")
        .bind("kind", kind)
        .bind("customer", customer.value())
        .bind("now", now)
        .execute();
  }

  /** Whatever waits for something of that customer's is tried now: its turn is long since. */
  public static void release(Handle handle, CustomerId customer) {
    handle
        .createUpdate(
            "update effect set next_attempt_at = created_at"
                + " where customer = :customer and state = 'held'")
        .bind("customer", customer.value())
        .execute();
  }

  /** Effects whose turn has come, the longest due first. */
  static List<Effect> due(Handle handle, Instant now, int most) {
    return handle
        .createQuery(
            "select "
                + ROW
                + " from effect where state in ('due', 'held') and next_attempt_at <= :now"
                + " order by next_attempt_at limit :most")
        .bind("now", now)
        .bind("most", most)
        .map((row, context) -> effect(row))
        .list();
  }

  /** Counts a try before it begins; empty if there is nothing to try any more. */
  static Optional<Effect> begin(Handle handle, Effect effect, Instant now) {
    return bound(
            handle.createQuery(
                "update effect set attempts = attempts + 1"
                    + THIS
                    + " and state in ('due', 'held') and next_attempt_at <= :now returning "
                    + ROW),
            effect)
        .bind("now", now)
        .map((row, context) -> effect(row))
        .findOne();
  }

  /**
   * Records what came of a try, and with it what its kind has to write.
   *
   * @param wait how long to wait before the same is tried again
   */
  static void record(
      Handle transaction, Effect effect, EffectOutcome outcome, Instant now, Duration wait) {
    switch (outcome) {
      case Done done -> {
        done.then().write(transaction);
        end(transaction, effect, "done", done.note(), now);
      }
      case Parked parked -> {
        parked.then().write(transaction);
        end(transaction, effect, "parked", parked.why(), now);
      }
      case Next next -> {
        next.then().write(transaction);
        update(transaction, effect, "due", 0, effect.generation(), now, next.note(), now);
      }
      case Held held -> {
        held.then().write(transaction);
        update(
            transaction,
            effect,
            "held",
            0,
            // A refusal is given again to the same key, whatever has changed since.
            effect.generation() + 1,
            now.plus(held.pause()),
            held.why(),
            now);
      }
      case Again again ->
          update(
              transaction,
              effect,
              "due",
              effect.attempts(),
              effect.generation() + (isKept(again.cause()) ? 1 : 0),
              now.plus(wait),
              again.cause() + ": " + again.why(),
              now);
    }
  }

  /** Whether Stripe may give the same answer to the same idempotency key for ever. */
  private static boolean isKept(Cause cause) {
    return switch (cause) {
      case SERVER, RATE -> true;
      case CONFLICT, CONNECTION, SESSION, KEY -> false;
    };
  }

  /** What was asked for again meanwhile is not ended. */
  private static void end(
      Handle transaction, Effect effect, String state, String note, Instant now) {
    bound(
            transaction.createUpdate(
                "update effect set attempts = 0, generation = generation + 1, note = :note,"
                    + " changed_at = :now,"
                    + " state = case when asked = :asked then :state else state end"
                    + THIS),
            effect)
        .bind("asked", effect.asked())
        .bind("state", state)
        .bind("note", cut(note))
        .bind("now", now)
        .execute();
  }

  private static void update(
      Handle transaction,
      Effect effect,
      String state,
      int attempts,
      int generation,
      Instant next,
      String note,
      Instant now) {
    bound(
            transaction.createUpdate(
                "update effect set attempts = :attempts, generation = :generation, note = :note,"
                    + " changed_at = :now, state = case when asked = :asked then :state else state"
                    + " end, next_attempt_at = case when asked = :asked then :next else"
                    + " next_attempt_at end"
                    + THIS),
            effect)
        .bind("asked", effect.asked())
        .bind("attempts", attempts)
        .bind("generation", generation)
        .bind("state", state)
        .bind("next", next)
        .bind("note", cut(note))
        .bind("now", now)
        .execute();
  }

  private static String cut(String note) {
    return note.length() <= NOTE_CHARS_MAX ? note : note.substring(0, NOTE_CHARS_MAX);
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Effect effect) {
    return statement
        .bind("kind", effect.kind())
        .bind("customer", effect.customer().value())
        .bind("key", effect.key());
  }

  private static Effect effect(ResultSet row) throws SQLException {
    return new Effect(
        row.getString("kind"),
        new CustomerId(row.getString("customer")),
        row.getString("key"),
        row.getLong("asked"),
        row.getInt("attempts"),
        row.getInt("generation"),
        row.getTimestamp("created_at").toInstant());
  }
}
