package io.creditledger.streams.http;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.account.Fate;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Reason;
import io.creditledger.core.account.Shortage;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.reservation.Reservation;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Credits held for a task. Whoever asks waits for the committed decision, since what to do next
 * hangs on it; the same call again is answered as the first time, from the entry it became.
 */
final class ReservationsResource {

  private static final int LIMIT_DEFAULT = 100;

  /** How long a repeated call waits for its first entry, which was committed before. */
  private static final Duration READ_WITHIN = Duration.ofSeconds(1);

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Writes writes;
  private final Clock clock;

  ReservationsResource(LedgerAccess ledger, Owners owners, Writes writes, Clock clock) {
    this.ledger = ledger;
    this.owners = owners;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/reservations", this::reserve),
        Route.get("/v1/reservations/{reservation}", this::show),
        Route.post("/v1/reservations/{reservation}/settle", this::settle),
        Route.post("/v1/reservations/{reservation}/release", this::release),
        Route.get("/v1/customers/{customer}/reservations", this::list));
  }

  private Reply reserve(Request request) {
    LedgerEvent.Reserve event =
        writes.readBody(
            LedgerEvent.Reserve.class,
            Source.USAGE,
            request,
            Map.of("type", "reserve"),
            Prefer.AWAIT);
    return writes.await(
        request,
        event,
        outcome ->
            switch (outcome) {
              case Outcome.Accepted accepted -> told(201, read(accepted), ReservationState.OPEN);
              case Outcome.Duplicate duplicate -> again(event, duplicate);
              case Outcome.Rejected rejected -> refused(event, rejected);
            });
  }

  private Reply settle(Request request) {
    EventId reservation = request.name("reservation", EventId::new);
    LedgerEvent.Settle event =
        writes.readBody(
            LedgerEvent.Settle.class,
            Source.USAGE,
            request,
            Map.of(
                "type",
                "settle",
                "reservation",
                reservation.value(),
                "id",
                DerivedIds.byDefault("settle", reservation.value())),
            Prefer.AWAIT);
    mustBe(reservation, event.reservation());
    return end(request, event, reservation);
  }

  private Reply release(Request request) {
    EventId reservation = request.name("reservation", EventId::new);
    LedgerEvent.Release event =
        writes.readBody(
            LedgerEvent.Release.class,
            Source.USAGE,
            request,
            Map.of(
                "type",
                "release",
                "reservation",
                reservation.value(),
                "id",
                DerivedIds.byDefault("release", reservation.value())),
            Prefer.AWAIT);
    mustBe(reservation, event.reservation());
    return end(request, event, reservation);
  }

  private static void mustBe(EventId path, EventId body) {
    if (!path.equals(body)) {
      throw Problem.of(ErrorCode.PATH_MISMATCH, "reservation", "reservation is not the path's")
          .exception();
    }
  }

  private Reply end(Request request, LedgerEvent event, EventId reservation) {
    return writes.await(
        request,
        event,
        outcome ->
            switch (outcome) {
              case Outcome.Accepted accepted -> ended(read(accepted));
              case Outcome.Duplicate duplicate ->
                  entry(event.customer(), duplicate.of())
                      .map(ReservationsResource::ended)
                      .orElseGet(() -> present(200, event.customer(), reservation));
              case Outcome.Rejected rejected -> refused(event, rejected);
            });
  }

  private Written refused(LedgerEvent event, Outcome.Rejected rejected) {
    Optional<Shortage> shortage =
        rejected.reason() == Reason.INSUFFICIENT_CREDITS
            ? Shortage.of(rejected.detail())
            : Optional.empty();
    return writes.refused(
        event,
        rejected,
        json -> {
          if (shortage.isPresent()) {
            json.writeStringField("asked", shortage.get().asked().toString());
            json.writeStringField("available", shortage.get().available().toString());
          }
        });
  }

  /** The first answer, and what became of the reservation since. */
  private Written again(LedgerEvent.Reserve event, Outcome.Duplicate duplicate) {
    Optional<LedgerEntry> first = entry(event.customer(), duplicate.of());
    return first.isPresent()
        ? told(200, first.get(), state(event.customer(), event.id()))
        : present(200, event.customer(), event.id());
  }

  private ReservationState state(CustomerId customer, EventId id) {
    if (ledger.account(customer, Consistency.LATEST).reservation(id).isPresent()) {
      return ReservationState.OPEN;
    }
    return ledger
        .memo(customer, id)
        .flatMap(memo -> ReservationState.of(memo.fate()))
        .orElse(ReservationState.OPEN);
  }

  private static LedgerEntry read(Outcome.Accepted accepted) {
    return EntryJson.read(accepted.json().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An entry of the recent past. After a restart outcomes are told while the journal is still read
   * back, so a duplicate may be known before the entry that it repeats.
   */
  private Optional<LedgerEntry> entry(CustomerId customer, long sequence) {
    awaitReading(ledger.arrivalAfter(customer, sequence - 1));
    return ledger.entries(customer, OptionalLong.of(sequence + 1), 1).entries().stream()
        .filter(item -> item.sequence() == sequence)
        .map(item -> EntryJson.read(item.json().getBytes(StandardCharsets.UTF_8)))
        .findFirst();
  }

  private static void awaitReading(CompletableFuture<Void> arrival) {
    arrival.copy().completeOnTimeout(null, READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
    arrival.cancel(false);
  }

  private static Written told(int status, LedgerEntry entry, ReservationState state) {
    if (!(entry.change() instanceof Change.Reserved reserved)) {
      throw new IllegalStateException("entry " + entry.header().sequence() + " reserves nothing");
    }
    return Written.done(
        status,
        json -> {
          ReservationJson.write(json, entry.header().customer(), reserved.reservation(), state);
          ReservationJson.writeAvailable(json, entry);
        });
  }

  private static Written ended(LedgerEntry entry) {
    return Written.done(200, json -> ReservationJson.writeEnd(json, entry));
  }

  /** What is known of a reservation by now. */
  private Written present(int status, CustomerId customer, EventId id) {
    Account account = ledger.account(customer, Consistency.LATEST);
    Optional<Reservation> open = account.reservation(id);
    if (open.isPresent()) {
      return Written.done(
          status, json -> ReservationJson.write(json, customer, open.get(), ReservationState.OPEN));
    }
    Memo memo =
        ledger
            .memo(customer, id)
            .filter(one -> one.rememberedAt(clock.instant(), ledger.catalog().limits().idMemory()))
            .filter(one -> one.fate() != Fate.NONE)
            .orElseThrow(
                () ->
                    Problem.of(
                            Reason.RESERVATION_UNKNOWN,
                            Optional.of("reservation"),
                            "no reservation \"" + id + "\" of customer \"" + customer + "\"")
                        .exception());
    return Written.done(status, json -> ReservationJson.writePast(json, customer, memo));
  }

  private Reply show(Request request) {
    EventId id = request.name("reservation", EventId::new);
    CustomerId customer = request.query("customer").required("customer", CustomerId::new);
    return owners.answer(
        customer,
        request,
        () ->
            present(200, customer, id)
                .reply(Percent.encodeRest(request.rawPath()))
                .with("Cache-Control", "no-store"));
  }

  private Reply list(Request request) {
    CustomerId customer = request.customer();
    Query query = request.query("limit", "cursor");
    int limit = query.limit(LIMIT_DEFAULT);
    long after = query.text("cursor").map(ReservationsResource::cursor).orElse(0L);
    return owners.answer(
        customer, request, () -> page(ledger.account(customer, Consistency.LATEST), after, limit));
  }

  private static long cursor(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw Problem.of(ErrorCode.CURSOR_INVALID, "cursor", "cursor is not from a page").exception();
    }
    return Long.parseLong(text);
  }

  private static Reply page(Account account, long after, int limit) {
    List<Reservation> found =
        account.reservations().stream()
            .filter(one -> one.sequence() > after)
            .limit(limit + 1L)
            .toList();
    List<Reservation> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(Long.toString(page.getLast().sequence()))
            : Optional.empty();
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", account.customer().value());
              json.writeNumberField("sequence", account.sequence());
              json.writeArrayFieldStart("reservations");
              for (Reservation one : page) {
                json.writeStartObject();
                ReservationJson.write(json, account.customer(), one, ReservationState.OPEN);
                json.writeEndObject();
              }
              json.writeEndArray();
              Json.writeText(json, "next", next);
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }
}
