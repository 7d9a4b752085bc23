package io.creditledger.streams.http;

import io.creditledger.core.account.Balances;
import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Reason;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.streams.query.LedgerAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Grants: all that a customer ever had, a new one, and one taken back. */
final class GrantsResource {

  private static final int LIMIT_DEFAULT = 100;
  private static final Set<String> CHANGEABLE =
      Set.of(
          "type",
          "id",
          "customer",
          "grant",
          "expires_at",
          "metadata",
          "event_metadata",
          "occurred_at",
          "description",
          "actor");
  private static final Comparator<Grant> NEWEST_FIRST =
      Comparator.comparingLong((Grant grant) -> grant.terms().sequence())
          .thenComparingInt(grant -> grant.terms().ordinal())
          .reversed();

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Writes writes;
  private final Clock clock;

  GrantsResource(LedgerAccess ledger, Owners owners, Writes writes, Clock clock) {
    this.ledger = ledger;
    this.owners = owners;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/customers/{customer}/grants", this::list),
        Route.post("/v1/grants", this::issue),
        Route.patch("/v1/grants/{grant}", this::extend),
        Route.post("/v1/grants/{grant}/void", this::takeBack),
        Route.post("/v1/grants/{grant}/confirm", this::confirm),
        Route.post("/v1/grants/{grant}/cancel", this::cancel));
  }

  /** The place of a grant among the customer's: a page goes on below it. */
  private record Cursor(long sequence, int ordinal) {

    static Cursor parse(String text) {
      if (text.matches("\\d{1,18}-\\d{1,9}")) {
        int dash = text.indexOf('-');
        return new Cursor(
            Long.parseLong(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
      }
      throw Problem.of(ErrorCode.CURSOR_INVALID, "cursor", "cursor is not from a page").exception();
    }

    static Cursor of(GrantTerms terms) {
      return new Cursor(terms.sequence(), terms.ordinal());
    }

    boolean isAbove(GrantTerms terms) {
      return terms.sequence() < sequence
          || (terms.sequence() == sequence && terms.ordinal() < ordinal);
    }

    @Override
    public String toString() {
      return sequence + "-" + ordinal;
    }
  }

  /** A grant as of now, and what describes it. */
  private record Shown(Grant grant, GrantRecord kept) {}

  private Reply list(Request request) {
    CustomerId customer = request.customer();
    Query query = request.query("state", "limit", "cursor");
    Optional<GrantState> state = query.read("state", GrantsResource::state);
    Optional<Cursor> cursor = query.text("cursor").map(Cursor::parse);
    int limit = query.limit(LIMIT_DEFAULT);
    return owners.answer(
        customer,
        request,
        () -> page(customer, shown(customer, state, cursor).limit(limit + 1L).toList(), limit));
  }

  private Stream<Shown> shown(
      CustomerId customer, Optional<GrantState> state, Optional<Cursor> cursor) {
    Instant now = clock.instant();
    return ledger.grants(customer).stream()
        .map(kept -> new Shown(Balances.asOf(kept.grant(), now), kept))
        .filter(one -> state.isEmpty() || one.grant().state() == state.get())
        .filter(one -> cursor.isEmpty() || cursor.get().isAbove(one.grant().terms()))
        .sorted(Comparator.comparing(Shown::grant, NEWEST_FIRST));
  }

  private static Reply page(CustomerId customer, List<Shown> found, int limit) {
    List<Shown> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(Cursor.of(page.get(limit - 1).grant().terms()).toString())
            : Optional.empty();
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", customer.value());
              json.writeArrayFieldStart("grants");
              for (Shown one : page) {
                GrantJson.writeFull(json, one.grant(), one.kept().details());
              }
              json.writeEndArray();
              Json.writeText(json, "next", next);
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }

  private static GrantState state(String name) {
    return Stream.of(GrantState.values())
        .filter(state -> state.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "state is none of pending, scheduled, open, expired, voided"));
  }

  private Reply issue(Request request) {
    request.query();
    LedgerEvent event = writes.readBody(Source.GRANT, request, Map.of("type", "grant"));
    if (!(event instanceof LedgerEvent.IssueGrant)) {
      throw Problem.of(Reason.TYPE_UNKNOWN, Optional.of("type"), "only grants are made here")
          .exception();
    }
    return writes.one(request, event);
  }

  private Reply takeBack(Request request) {
    GrantId grant = request.name("grant", GrantId::new);
    LedgerEvent.VoidGrant event =
        read(LedgerEvent.VoidGrant.class, request, Map.of("type", "void", "grant", grant.value()));
    mustBe(grant, event.grant());
    return writes.one(request, event);
  }

  private Reply confirm(Request request) {
    GrantId grant = request.name("grant", GrantId::new);
    LedgerEvent.ConfirmGrant event =
        read(
            LedgerEvent.ConfirmGrant.class,
            request,
            Map.of(
                "type",
                "confirm",
                "grant",
                grant.value(),
                "id",
                DerivedIds.byDefault("confirm", grant.value())));
    mustBe(grant, event.grant());
    return writes.one(request, event);
  }

  private Reply cancel(Request request) {
    GrantId grant = request.name("grant", GrantId::new);
    LedgerEvent.CancelGrant event =
        read(
            LedgerEvent.CancelGrant.class,
            request,
            Map.of(
                "type",
                "cancel",
                "grant",
                grant.value(),
                "id",
                DerivedIds.byDefault("cancel", grant.value())));
    mustBe(grant, event.grant());
    return writes.one(request, event);
  }

  /** A patch that would change anything else must not seem to have done so. */
  private Reply extend(Request request) {
    GrantId grant = request.name("grant", GrantId::new);
    LedgerEvent.ExtendGrant event =
        read(
            LedgerEvent.ExtendGrant.class,
            request,
            Map.of("type", "extend", "grant", grant.value()));
    mustBe(grant, event.grant());
    for (String field : JsonObject.names(request.body())) {
      if (!CHANGEABLE.contains(field)) {
        throw Problem.of(
                Reason.FIELD_INVALID,
                Optional.of(field),
                field + " of a grant cannot be changed, only expires_at and metadata")
            .exception();
      }
    }
    return writes.one(request, event);
  }

  private <T extends LedgerEvent> T read(
      Class<T> type, Request request, Map<String, String> given) {
    return writes.readBody(type, Source.GRANT, request, given, request.prefer());
  }

  private static void mustBe(GrantId path, GrantId body) {
    if (!path.equals(body)) {
      throw Problem.of(ErrorCode.PATH_MISMATCH, "grant", "grant is not the path's").exception();
    }
  }
}
