package io.creditledger.streams.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The senders' side of the outbox. Of each customer's alerts at an endpoint only the oldest pending
 * one is ever claimed, and by one sender at a time. Safe for several threads and instances.
 */
final class Outbox {

  private final Jdbi jdbi;

  /** What claiming a queue gives. */
  private record Taken(String customer, long number, int failures) {}

  /** A customer's oldest pending row. */
  private record Head(long id, Instant dueFirst, WebhookMessage message) {}

  Outbox(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Claims what is due, the longest due first.
   *
   * @param until when somebody else may claim it again; later than an attempt can take
   */
  List<Claim> claim(String endpoint, int limit, Instant now, Instant until) {
    return jdbi.inTransaction(
        transaction -> {
          List<Taken> taken = take(transaction, endpoint, limit, now, until);
          if (taken.isEmpty()) {
            return List.of();
          }
          // A statement of its own, which sees what was recorded before the claim came through.
          Map<String, Head> heads = heads(transaction, endpoint, taken);
          List<Claim> claims = new ArrayList<>();
          for (Taken one : taken) {
            Head head = heads.get(one.customer());
            if (head == null) {
              close(transaction, endpoint, one.customer());
            } else {
              claims.add(
                  new Claim(
                      endpoint,
                      one.number(),
                      one.failures(),
                      until,
                      head.id(),
                      head.dueFirst(),
                      head.message()));
            }
          }
          return claims;
        });
  }

  private static List<Taken> take(
      Handle transaction, String endpoint, int limit, Instant now, Instant until) {
    return transaction
        .createQuery(
            "with due as materialized (select customer from webhook_queue"
                + " where endpoint = :endpoint and due_at <= :now and held_until <= :now"
                + " order by due_at limit :limit for update skip locked)"
                + " update webhook_queue queue set held_until = :until, claim = claim + 1 from due"
                + " where queue.endpoint = :endpoint and queue.customer = due.customer"
                + " returning queue.customer, queue.claim, queue.failures")
        .bind("endpoint", endpoint)
        .bind("limit", limit)
        .bind("now", now)
        .bind("until", until)
        .map(
            (row, context) ->
                new Taken(row.getString("customer"), row.getLong("claim"), row.getInt("failures")))
        .list();
  }

  private static Map<String, Head> heads(Handle transaction, String endpoint, List<Taken> taken) {
    return transaction
        .registerArrayType(String.class, "text")
        .createQuery(
            "select head.* from unnest(:customers) as one (customer) cross join lateral"
                + " (select id, due_first, webhook_id, alert, type, customer, body"
                + " from webhook_delivery where endpoint = :endpoint"
                + " and customer = one.customer and state = 'pending'"
                + " order by id limit 1) as head")
        .bindArray("customers", String.class, taken.stream().map(Taken::customer).toList())
        .bind("endpoint", endpoint)
        .map((row, context) -> head(row))
        .stream()
        .collect(Collectors.toMap(head -> head.message().customer(), Function.identity()));
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(
        row.getLong("id"),
        row.getTimestamp("due_first").toInstant(),
        new WebhookMessage(
            row.getString("webhook_id"),
            row.getString("alert"),
            row.getString("type"),
            row.getString("customer"),
            row.getString("body")));
  }

  /**
   * Writes down what became of an attempt, and lets go of the claim.
   *
   * @return false if the claim was lost meanwhile: then whoever has it now decides, and nothing is
   *     written
   */
  boolean record(Claim claim, AttemptResult result, Verdict verdict, Instant now) {
    return jdbi.inTransaction(
        transaction -> {
          if (!holds(transaction, claim)) {
            return false;
          }
          update(transaction, claim, result, verdict, now);
          switch (verdict) {
            case Verdict.Retry retry -> wait(transaction, claim, retry.at());
            case Verdict.Delivered delivered -> next(transaction, claim, now);
            case Verdict.Dead dead -> next(transaction, claim, now);
          }
          return true;
        });
  }

  private static boolean holds(Handle transaction, Claim claim) {
    Optional<Long> current =
        transaction
            .createQuery(
                "select claim from webhook_queue"
                    + " where endpoint = :endpoint and customer = :customer for update")
            .bind("endpoint", claim.endpoint())
            .bind("customer", claim.customer())
            .mapTo(Long.class)
            .findOne();
    return current.equals(Optional.of(claim.number()));
  }

  private static void update(
      Handle transaction, Claim claim, AttemptResult result, Verdict verdict, Instant now) {
    DeliveryState state =
        switch (verdict) {
          case Verdict.Delivered delivered -> DeliveryState.DELIVERED;
          case Verdict.Retry retry -> DeliveryState.PENDING;
          case Verdict.Dead dead -> DeliveryState.DEAD;
        };
    transaction
        .createUpdate(
            "update webhook_delivery set state = :state, attempts = attempts + 1,"
                + " attempted_at = :now, ended_at = :ended, status = :status, detail = :detail"
                + " where id = :id")
        .bind("state", state.wireName())
        .bind("now", now)
        .bind("ended", Optional.of(now).filter(at -> state != DeliveryState.PENDING))
        .bind("status", result.status())
        .bind("detail", result.detail())
        .bind("id", claim.delivery())
        .execute();
  }

  private static void wait(Handle transaction, Claim claim, Instant until) {
    transaction
        .createUpdate(
            "update webhook_queue set due_at = :until, failures = failures + 1,"
                + " held_until = '-infinity' where endpoint = :endpoint and customer = :customer")
        .bind("until", until)
        .bind("endpoint", claim.endpoint())
        .bind("customer", claim.customer())
        .execute();
  }

  /** A statement after the lock, so that it sees whatever the relay has added before. */
  private static void next(Handle transaction, Claim claim, Instant now) {
    int more =
        transaction
            .createUpdate(
                "update webhook_queue set due_at = :now, failures = 0, held_until = '-infinity'"
                    + " where endpoint = :endpoint and customer = :customer and exists"
                    + " (select from webhook_delivery where endpoint = :endpoint"
                    + " and customer = :customer and state = 'pending')")
            .bind("now", now)
            .bind("endpoint", claim.endpoint())
            .bind("customer", claim.customer())
            .execute();
    if (more == 0) {
      close(transaction, claim.endpoint(), claim.customer());
    }
  }

  private static void close(Handle transaction, String endpoint, String customer) {
    transaction
        .createUpdate(
            "delete from webhook_queue where endpoint = :endpoint and customer = :customer")
        .bind("endpoint", endpoint)
        .bind("customer", customer)
        .execute();
  }
}
