package io.creditledger.cli.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.account.Reason;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a journal of reservations against what clients asked for and what they were told, whatever
 * died meanwhile. {@link #violations} tells what does not hold of:
 *
 * <ul>
 *   <li>each answer stands in the journal or among the rejections, with the same outcome; what was
 *       only refused is no entry, and nothing is an entry that nobody asked for;
 *   <li>an entry holds, or costs, what was asked for;
 *   <li>each reservation ends once, all that it held moves then, and none is open for ever;
 *   <li>no grant falls below zero, and what it granted is unheld, held or gone;
 *   <li>each refusal was right by the journal up to where it was decided.
 * </ul>
 */
final class ReservationCheck {

  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Map<String, List<LedgerEntry>> byCustomer = new LinkedHashMap<>();
  private final Map<String, List<LedgerEntry>> byEvent = new HashMap<>();
  private final Map<Position, OutcomeJson.Parsed> refusals = new LinkedHashMap<>();
  private final Map<String, ReservationBooks> books = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();

  ReservationCheck(Collection<Asked> requests) {
    for (Asked request : requests) {
      if (asked.put(request.toString(), request) != null) {
        throw new IllegalArgumentException("the test itself asks for two things as " + request);
      }
    }
  }

  /** The next entry of the journal; those of one customer in their order. */
  void entry(byte[] bytes) {
    LedgerEntry entry = EntryJson.read(bytes);
    String customer = entry.header().customer().value();
    byCustomer.computeIfAbsent(customer, none -> new ArrayList<>()).add(entry);
    byEvent
        .computeIfAbsent(customer + "/" + entry.header().id().value(), none -> new ArrayList<>())
        .add(entry);
  }

  /** A refusal or a duplicate. */
  void refusal(byte[] bytes) {
    OutcomeJson.Parsed outcome = OutcomeJson.read(bytes);
    if (outcome.kind() == OutcomeJson.Kind.REJECTION
        && outcome.position().source() != Source.EXPIRY) {
      refusals.put(outcome.position(), outcome);
    }
  }

  /** What does not hold, in sentences. To be called once, when everything was added. */
  List<String> violations() {
    Map<String, List<OutcomeJson.Parsed>> refusalsOf = new HashMap<>();
    refusals
        .values()
        .forEach(
            refusal ->
                refusalsOf
                    .computeIfAbsent(
                        refusal.customer().map(CustomerId::value).orElse(""),
                        none -> new ArrayList<>())
                    .add(refusal));
    byCustomer.forEach(
        (customer, entries) ->
            fold(customer, entries, refusalsOf.getOrDefault(customer, List.of())));
    asked.values().forEach(this::checkAnswers);
    return violations;
  }

  private void fold(String customer, List<LedgerEntry> entries, List<OutcomeJson.Parsed> refused) {
    ReservationBooks book = new ReservationBooks(what -> violations.add(customer + ": " + what));
    books.put(customer, book);
    Map<Long, List<OutcomeJson.Parsed>> refusedAt = new HashMap<>();
    refused.forEach(
        one -> refusedAt.computeIfAbsent(one.sequence(), none -> new ArrayList<>()).add(one));
    for (LedgerEntry entry : entries) {
      book.add(entry);
      if (entry.header().position().source() != Source.EXPIRY) {
        checkCause(entry);
      }
      refusedAt
          .getOrDefault(entry.header().sequence(), List.of())
          .forEach(refusal -> checkRefusal(book, refusal));
    }
    book.finish();
  }

  /** An entry is of an event that somebody sent, and does what was asked for. */
  private void checkCause(LedgerEntry entry) {
    String event = entry.header().customer() + "/" + entry.header().id();
    Asked cause = asked.get(event);
    if (cause == null) {
      violations.add(event + " is in the journal and nobody asked for it");
      return;
    }
    boolean asAsked =
        switch (cause.what()) {
          case Asked.What.Grant grant ->
              entry.change() instanceof Change.Granted made
                  && made.made().grant().granted().micros() == grant.micros();
          case Asked.What.Reserve reserve ->
              entry.change() instanceof Change.Reserved held
                  && held.reservation().credits().micros() == reserve.micros();
          case Asked.What.Settle settle ->
              entry.change() instanceof Change.Settled settled
                  && settled.reservation().value().equals(settle.reservation())
                  && settled.credits().micros() == settle.micros()
                  && settled.shortfall().amount().isZero();
          case Asked.What.Release release ->
              entry.change() instanceof Change.Released released
                  && released.reservation().value().equals(release.reservation());
        };
    if (!asAsked) {
      violations.add(event + " became something else than was asked for");
    }
  }

  /** The journal up to there is the reason for the refusal. */
  private void checkRefusal(ReservationBooks book, OutcomeJson.Parsed refusal) {
    String event = name(refusal);
    Asked cause = asked.get(event);
    if (cause == null) {
      violations.add(event + " was refused and nobody asked for it");
      return;
    }
    long available = book.available(refusal.recordedAt());
    Reason code = Reason.valueOf(refusal.code().orElseThrow());
    boolean right =
        switch (cause.what()) {
          case Asked.What.Reserve reserve ->
              code == Reason.INSUFFICIENT_CREDITS && reserve.micros() > available;
          case Asked.What.Settle settle ->
              code == Reason.INSUFFICIENT_CREDITS
                  ? book.fate(settle.reservation()) == ReservationBooks.Fate.OPEN
                      && settle.micros() > available + book.held(settle.reservation())
                  : code == reason(book.fate(settle.reservation()));
          case Asked.What.Release release -> code == reason(book.fate(release.reservation()));
          case Asked.What.Grant grant ->
              code == Reason.FIELD_INVALID
                  && grant
                      .expiresAt()
                      .filter(end -> !refusal.recordedAt().isBefore(end))
                      .isPresent();
        };
    if (!right) {
      violations.add(
          event
              + " was refused with "
              + code
              + " though "
              + Credits.ofMicros(available)
              + " was available");
    }
  }

  private static Reason reason(ReservationBooks.Fate fate) {
    return switch (fate) {
      case OPEN -> Reason.RESERVATION_UNKNOWN;
      case SETTLED -> Reason.RESERVATION_SETTLED;
      case RELEASED -> Reason.RESERVATION_RELEASED;
      case EXPIRED -> Reason.RESERVATION_EXPIRED;
    };
  }

  private void checkAnswers(Asked request) {
    List<LedgerEntry> entries = byEvent.getOrDefault(request.toString(), List.of());
    if (entries.size() > 1) {
      violations.add(request + " is " + entries.size() + " entries");
    }
    boolean accepted = false;
    for (Rest.Answer answer : request.answers()) {
      if (answer.status() < 300) {
        accepted = true;
        checkAccepted(request, answer.json(), entries);
      } else {
        checkRefused(request, answer);
      }
    }
    if (!accepted && request.unanswered() == 0 && !entries.isEmpty()) {
      violations.add(request + " was refused and is in the journal");
    }
  }

  private void checkAccepted(Asked request, JsonNode told, List<LedgerEntry> entries) {
    if (entries.isEmpty()) {
      violations.add(request + " was acknowledged and is not in the journal");
      return;
    }
    LedgerEntry entry = entries.get(0);
    long sequence = told.path(told.has("of") ? "of" : "sequence").asLong();
    if (sequence != entry.header().sequence()) {
      violations.add(
          request + " is entry " + entry.header().sequence() + ", its client was told " + sequence);
    }
    boolean same =
        switch (entry.change()) {
          case Change.Reserved reserved ->
              allocations(told.path("allocations"))
                  .equals(
                      reserved.reservation().holds().stream().map(ReservationCheck::text).toList());
          case Change.Settled settled ->
              told.path("state").asText().equals("settled")
                  && told.path("credits").asText().equals(settled.credits().toString());
          case Change.Released released -> told.path("state").asText().equals("released");
          case Change.Granted granted -> true;
          default -> false;
        };
    if (!same) {
      violations.add(request + " is another entry than its client was told of: " + told);
    }
  }

  private static List<String> allocations(JsonNode told) {
    List<String> texts = new ArrayList<>();
    told.forEach(one -> texts.add(one.path("grant").asText() + " " + one.path("amount").asText()));
    return texts;
  }

  private static String text(Allocation allocation) {
    return allocation.grant() + " " + allocation.amount();
  }

  private void checkRefused(Asked request, Rest.Answer answer) {
    JsonNode told = answer.json();
    JsonNode place = told.path("position");
    if (!place.isObject()) {
      violations.add(request + " was told " + answer.status() + " " + told);
      return;
    }
    Position position =
        new Position(
            Topics.prefixed("").source(place.path("topic").asText()),
            place.path("partition").asInt(),
            place.path("offset").asLong());
    OutcomeJson.Parsed refusal = refusals.get(position);
    if (refusal == null
        || !name(refusal).equals(request.toString())
        || !refusal.code().orElse("").equals(told.path("code").asText())) {
      violations.add(
          request + " was told " + told.path("code").asText() + ", the rejections say otherwise");
    }
  }

  private static String name(OutcomeJson.Parsed outcome) {
    return outcome.customer().map(CustomerId::value).orElse("")
        + "/"
        + outcome.id().map(EventId::value).orElse("");
  }

  /** How many reservations came to that end, by the journal. */
  long count(ReservationBooks.Fate fate) {
    return books.values().stream().mapToLong(book -> book.count(fate)).sum();
  }

  /** How many requests were refused with that code, by the rejections. */
  long count(Reason code) {
    return refusals.values().stream()
        .filter(refusal -> refusal.code().equals(Optional.of(code.name())))
        .count();
  }
}
