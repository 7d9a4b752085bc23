package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Spend;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.reservation.Reservation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reservations as the API shows them, as fields of an object that is open. */
final class ReservationJson {

  private ReservationJson() {}

  /** A reservation with what it holds, or held. */
  static void write(
      JsonGenerator json, CustomerId customer, Reservation reservation, ReservationState state)
      throws IOException {
    json.writeStringField("id", reservation.id().value());
    json.writeStringField("customer", customer.value());
    json.writeStringField("state", state.wireName());
    json.writeStringField("unit", reservation.unit().value());
    json.writeStringField("credits", reservation.credits().toString());
    writeDimensions(json, reservation.dimensions());
    if (reservation.quantity().isPresent()) {
      json.writeStringField("quantity", reservation.quantity().get().toString());
    }
    writeAllocations(json, "allocations", reservation.holds());
    json.writeStringField("expires_at", reservation.expiresAt().toString());
    json.writeNumberField("sequence", reservation.sequence());
  }

  /** What is available after an entry, in its unit. */
  static void writeAvailable(JsonGenerator json, LedgerEntry entry) throws IOException {
    if (entry.balance().isPresent()) {
      json.writeStringField("available", entry.balance().get().available().toString());
    }
  }

  /**
   * The end of a reservation: who paid, and what returned.
   *
   * @throws IllegalStateException if the entry ends none
   */
  static void writeEnd(JsonGenerator json, LedgerEntry entry) throws IOException {
    switch (entry.change()) {
      case Change.Settled settled -> {
        writeHead(json, entry, settled.reservation(), settled, ReservationState.SETTLED);
        json.writeStringField("credits", settled.credits().toString());
        if (settled.quantity().isPresent()) {
          json.writeStringField("quantity", settled.quantity().get().toString());
        }
        writeConsumed(json, settled.postings());
        writeReturned(json, settled.postings());
        writeShortfall(json, settled.shortfall());
      }
      case Change.Released released -> {
        writeHead(json, entry, released.reservation(), released, ReservationState.RELEASED);
        writeReturned(json, released.postings());
      }
      default ->
          throw new IllegalStateException(
              "entry " + entry.header().sequence() + " ends no reservation");
    }
    json.writeNumberField("sequence", entry.header().sequence());
    writeAvailable(json, entry);
  }

  private static void writeHead(
      JsonGenerator json,
      LedgerEntry entry,
      EventId reservation,
      Change change,
      ReservationState state)
      throws IOException {
    json.writeStringField("id", entry.header().id().value());
    json.writeStringField("reservation", reservation.value());
    json.writeStringField("customer", entry.header().customer().value());
    json.writeStringField("state", state.wireName());
    if (change.unit().isPresent()) {
      json.writeStringField("unit", change.unit().get().value());
    }
  }

  /** What its id still remembers of a reservation that is open no longer. */
  static void writePast(JsonGenerator json, CustomerId customer, Memo memo) throws IOException {
    json.writeStringField("id", memo.id().value());
    json.writeStringField("customer", customer.value());
    json.writeStringField("state", ReservationState.of(memo.fate()).orElseThrow().wireName());
    if (memo.spend().isPresent()) {
      Spend spend = memo.spend().get();
      json.writeStringField("unit", spend.unit().value());
      json.writeStringField("credits", spend.total().toString());
      writeDimensions(json, spend.dimensions());
      writeAllocations(json, "consumed", spend.allocations());
      writeShortfall(json, spend.uncovered());
    }
    json.writeNumberField("sequence", memo.sequence());
  }

  private static void writeDimensions(JsonGenerator json, Dimensions dimensions)
      throws IOException {
    if (dimensions.meter().isPresent()) {
      json.writeStringField("meter", dimensions.meter().get().value());
    }
    if (dimensions.subscription().isPresent()) {
      json.writeStringField("subscription", dimensions.subscription().get().value());
    }
  }

  private static void writeAllocations(
      JsonGenerator json, String field, List<Allocation> allocations) throws IOException {
    json.writeArrayFieldStart(field);
    for (Allocation allocation : allocations) {
      json.writeStartObject();
      json.writeStringField("grant", allocation.grant().value());
      json.writeStringField("amount", allocation.amount().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Per grant, whether it had been held or came on top. */
  private static void writeConsumed(JsonGenerator json, List<Posting> postings) throws IOException {
    Map<GrantId, Credits> consumed = new LinkedHashMap<>();
    for (Posting posting : postings) {
      if (posting.move() == Move.SETTLE || posting.move() == Move.CONSUME) {
        consumed.merge(posting.grant(), posting.amount(), Credits::plus);
      }
    }
    writeAllocations(
        json,
        "consumed",
        consumed.entrySet().stream()
            .map(one -> new Allocation(one.getKey(), one.getValue()))
            .toList());
  }

  private static void writeReturned(JsonGenerator json, List<Posting> postings) throws IOException {
    json.writeArrayFieldStart("returned");
    for (Posting posting : postings) {
      String to =
          switch (posting.move()) {
            case UNHOLD -> "available";
            case UNHOLD_EXPIRED -> "expired";
            case UNHOLD_VOIDED -> "voided";
            default -> "";
          };
      if (!to.isEmpty()) {
        json.writeStartObject();
        json.writeStringField("grant", posting.grant().value());
        json.writeStringField("amount", posting.amount().toString());
        json.writeStringField("to", to);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void writeShortfall(JsonGenerator json, Shortfall shortfall) throws IOException {
    for (Shortfall.Kind kind :
        List.of(Shortfall.Kind.OVERAGE, Shortfall.Kind.OVERDRAFT, Shortfall.Kind.FORGIVEN)) {
      Credits amount = shortfall.kind() == kind ? shortfall.amount() : Credits.ZERO;
      json.writeStringField(kind.wireName(), amount.toString());
    }
  }
}
