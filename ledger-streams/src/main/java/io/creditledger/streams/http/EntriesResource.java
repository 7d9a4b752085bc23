package io.creditledger.streams.http;

import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.projection.EntryFilter;
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
 * A customer's journal: newest first, or on from an entry, where who follows it may wait for the
 * next. The recent past is answered from memory on the customer's owner; what is older, and what is
 * searched for, from the statement, where there is one.
 */
final class EntriesResource {

  private static final int LIMIT_DEFAULT = 50;

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Statement statement;
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  EntriesResource(LedgerAccess ledger, Owners owners, Statement statement) {
    this.ledger = ledger;
    this.owners = owners;
    this.statement = statement;
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
    Query query = request.query(EntryQuery.PARAMETERS);
    int limit = query.limit(LIMIT_DEFAULT);
    EntryFilter filter = EntryQuery.filter(query);
    OptionalLong before = sequence(query, "before", 1);
    OptionalLong after = sequence(query, "after", 0);
    if (after.isEmpty()) {
      return filter.equals(EntryFilter.ALL)
          ? owners.answer(customer, request, () -> newest(customer, before, limit))
          : searched(customer, filter, before, limit);
    }
    if (before.isPresent() || !filter.equals(EntryFilter.ALL)) {
      throw Problem.of(
              ErrorCode.PARAMETER_INVALID, "after", "after stands beside before or a filter")
          .exception();
    }
    Prefer prefer = request.prefer();
    return owners.answer(
        customer, request, prefer, () -> following(customer, after.getAsLong(), limit, prefer));
  }

  private static OptionalLong sequence(Query query, String parameter, long first) {
    Optional<String> text = query.text(parameter);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.get().matches("\\d{1,18}") || Long.parseLong(text.get()) < first) {
      throw Problem.of(
              ErrorCode.CURSOR_INVALID, parameter, parameter + " is not an entry's sequence number")
          .exception();
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  private Reply newest(CustomerId customer, OptionalLong before, int limit) {
    // Where nothing can fill a gap, what comes after it is better than nothing.
    EntryChain chain = statement.exists() ? EntryChain.back() : EntryChain.loose();
    EntryPage recent = ledger.entries(customer, before, limit);
    recent.entries().forEach(entry -> chain.add(entry.sequence(), entry.json()));
    OptionalLong through = OptionalLong.empty();
    if (!recent.complete() && chain.size() < limit && statement.exists()) {
      OptionalLong older = chain.isEmpty() ? before : OptionalLong.of(chain.last());
      int missing = limit - chain.size();
      try {
        statement
            .ask(access -> access.newest(customer, EntryFilter.ALL, older, missing))
            .forEach(line -> chain.add(line.sequence(), line.body()));
        through = OptionalLong.of(statement.ask(access -> access.last(customer)));
      } catch (ProblemException away) {
        if (chain.isEmpty()) {
          throw away;
        }
      }
    }
    boolean complete = recent.complete() || (!chain.isEmpty() && chain.last() == 1);
    boolean more = !complete && (statement.exists() || chain.size() >= limit) && !chain.isEmpty();
    return reply(
        customer,
        chain,
        more ? OptionalLong.of(chain.last()) : OptionalLong.empty(),
        complete || (chain.isEmpty() && through.isPresent()),
        through);
  }

  private Reply searched(CustomerId customer, EntryFilter filter, OptionalLong before, int limit) {
    EntryChain found = EntryChain.loose();
    OptionalLong through = OptionalLong.of(statement.ask(access -> access.last(customer)));
    statement
        .ask(access -> access.newest(customer, filter, before, limit))
        .forEach(line -> found.add(line.sequence(), line.body()));
    boolean more = found.size() == limit && found.last() > 1;
    return reply(
        customer,
        found,
        more ? OptionalLong.of(found.last()) : OptionalLong.empty(),
        !more,
        through);
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
    EntryChain chain = EntryChain.onFrom(after);
    OptionalLong through = OptionalLong.empty();
    if (!page.complete() && statement.exists()) {
      try {
        statement
            .ask(access -> access.after(customer, after, limit))
            .forEach(line -> chain.add(line.sequence(), line.body()));
        through = OptionalLong.of(statement.ask(access -> access.last(customer)));
      } catch (ProblemException away) {
        through = OptionalLong.empty(); // The page says that something is missing.
      }
    }
    if (chain.isEmpty()) {
      EntryChain recent = EntryChain.loose();
      page.entries().forEach(entry -> recent.add(entry.sequence(), entry.json()));
      long next = recent.isEmpty() ? after : recent.last();
      return prefer.applied(
          reply(customer, recent, OptionalLong.of(next), page.complete(), OptionalLong.empty()));
    }
    return prefer.applied(reply(customer, chain, OptionalLong.of(chain.last()), true, through));
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

  private static Reply reply(
      CustomerId customer,
      EntryChain page,
      OptionalLong next,
      boolean complete,
      OptionalLong through) {
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", customer.value());
              json.writeArrayFieldStart("entries");
              for (String entry : page.bodies()) {
                json.writeRawValue(entry);
              }
              json.writeEndArray();
              if (next.isPresent()) {
                json.writeNumberField("next", next.getAsLong());
              } else {
                json.writeNullField("next");
              }
              json.writeBooleanField("complete", complete);
              if (through.isPresent()) {
                json.writeNumberField("statement_through", through.getAsLong());
              }
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }
}
