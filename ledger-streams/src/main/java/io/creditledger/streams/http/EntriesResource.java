package io.creditledger.streams.http;

import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.EntryPage;
import io.creditledger.streams.query.LedgerAccess;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A customer's journal, as far back as the instance keeps it: newest first, or on from an entry,
 * where who follows it may wait for the next.
 */
final class EntriesResource {

  private static final int LIMIT_DEFAULT = 50;

  private final LedgerAccess ledger;
  private final Owners owners;
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  EntriesResource(LedgerAccess ledger, Owners owners) {
    this.ledger = ledger;
    this.owners = owners;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/customers/{customer}/entries", this::list));
  }

  /** Lets nobody wait any longer: they are answered with what there is. */
  void stop() {
    stopping.complete(null);
  }

  private Reply list(Request request) {
    CustomerId customer = request.customer();
    Query query = request.query("before", "after", "limit");
    int limit = query.limit(LIMIT_DEFAULT);
    Optional<Long> before = query.text("before").map(text -> sequence("before", 1, text));
    Optional<Long> after = query.text("after").map(text -> sequence("after", 0, text));
    if (after.isPresent()) {
      if (before.isPresent()) {
        throw Problem.of(ErrorCode.PARAMETER_INVALID, "after", "after stands beside before")
            .exception();
      }
      Prefer prefer = request.prefer();
      return owners.answer(
          customer, request, prefer, () -> following(customer, after.get(), limit, prefer));
    }
    return owners.answer(customer, request, () -> newest(customer, before, limit));
  }

  private static long sequence(String parameter, long first, String text) {
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) < first) {
      throw Problem.of(
              ErrorCode.CURSOR_INVALID, parameter, parameter + " is not an entry's sequence number")
          .exception();
    }
    return Long.parseLong(text);
  }

  private Reply newest(CustomerId customer, Optional<Long> before, int limit) {
    EntryPage page =
        ledger.entries(customer, before.map(OptionalLong::of).orElse(OptionalLong.empty()), limit);
    boolean more = !page.complete() && page.entries().size() >= limit;
    return reply(
        customer,
        page,
        more ? OptionalLong.of(page.entries().getLast().sequence()) : OptionalLong.empty());
  }

  private Reply following(CustomerId customer, long after, int limit, Prefer prefer) {
    long last = ledger.account(customer, Consistency.LATEST).sequence();
    if (after > last) {
      throw Problem.of(
              ErrorCode.CURSOR_INVALID,
              "after",
              "after is " + after + ", and the customer's last entry is " + last)
          .exception();
    }
    EntryPage page = ledger.entriesAfter(customer, after, limit);
    if (page.entries().isEmpty() && prefer.waits()) {
      await(ledger.arrivalAfter(customer, after), prefer);
      page = ledger.entriesAfter(customer, after, limit);
    }
    long next = page.entries().isEmpty() ? after : page.entries().getLast().sequence();
    return prefer.applied(reply(customer, page, OptionalLong.of(next)));
  }

  private void await(CompletableFuture<Void> arrival, Prefer prefer) {
    try {
      CompletableFuture.anyOf(arrival, stopping)
          .get(prefer.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException nothingNew) {
      return; // That is an answer too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an arrival only ever completes", e);
    } finally {
      arrival.cancel(false);
    }
  }

  private static Reply reply(CustomerId customer, EntryPage page, OptionalLong next) {
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", customer.value());
              json.writeArrayFieldStart("entries");
              for (EntryPage.Item entry : page.entries()) {
                json.writeRawValue(entry.json());
              }
              json.writeEndArray();
              if (next.isPresent()) {
                json.writeNumberField("next", next.getAsLong());
              } else {
                json.writeNullField("next");
              }
              json.writeBooleanField("complete", page.complete());
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }
}
