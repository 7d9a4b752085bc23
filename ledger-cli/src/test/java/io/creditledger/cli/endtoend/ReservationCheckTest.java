package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.cli.endtoend.Asked.What;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: it has to see each forgery of a true journal. */
final class ReservationCheckTest {

  private static final String CUSTOMER = "cus_1";
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final long MILLION = 1_000_000;

  private final CoreAlone core = new CoreAlone(CUSTOMER, Catalog.EMPTY);
  private final List<Asked> asked = new ArrayList<>();
  private final List<LedgerEntry> journal = new ArrayList<>();
  private final List<byte[]> refusals = new ArrayList<>();

  @BeforeEach
  void decideSomeHistory() {
    ask("g", new What.Grant(100 * MILLION, 50, Optional.empty()));
    ask("r1", new What.Reserve(60 * MILLION, Duration.ofMinutes(1)));
    ask("r2", new What.Reserve(41 * MILLION, Duration.ofMinutes(1)));
    ask("s1", new What.Settle("r1", 45 * MILLION));
    ask("r3", new What.Reserve(30 * MILLION, Duration.ofMinutes(1)));
    ask("r4", new What.Reserve(20 * MILLION, Duration.ofMinutes(1)));
    ask("e4", new What.Release("r4"));
    ask("s4", new What.Settle("r4", MILLION));
    Decision lapse =
        core.decide(
            Source.EXPIRY,
            new LedgerEvent.ReservationExpiry(
                new EventId("lapse:r3"), new CustomerId(CUSTOMER), new EventId("r3")),
            NOW.plusSeconds(61));
    journal.add(((Decision.Accepted) lapse).entry());
  }

  /** Has it decided, and answers as the service would. */
  private void ask(String id, What what) {
    Asked request = new Asked(CUSTOMER, id, what);
    asked.add(request);
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    Source source = what instanceof What.Grant ? Source.GRANT : Source.USAGE;
    switch (core.decide(source, event(request), NOW)) {
      case Decision.Accepted accepted -> {
        journal.add(accepted.entry());
        told.put("sequence", core.sequence());
        tell(told, accepted.entry().change());
        request.told(new Rest.Answer(201, "application/json", told));
      }
      case Decision.Rejected rejected -> {
        int offset = asked.size() - 1;
        told.put("code", rejected.reason().name());
        told.putObject("position")
            .put("topic", source.topic())
            .put("partition", 0)
            .put("offset", offset);
        refusals.add(refusal(id, offset, rejected.reason(), core.sequence()));
        request.told(new Rest.Answer(402, "application/problem+json", told));
      }
      case Decision.Duplicate duplicate -> throw new AssertionError(duplicate.toString());
    }
  }

  private static byte[] event(Asked request) {
    String type =
        switch (request.what()) {
          case What.Grant grant -> "\"type\":\"grant\"";
          case What.Reserve reserve -> "\"type\":\"reserve\"";
          case What.Settle settle ->
              "\"type\":\"settle\",\"reservation\":\"" + settle.reservation() + "\"";
          case What.Release release ->
              "\"type\":\"release\",\"reservation\":\"" + release.reservation() + "\"";
        };
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return ("{" + type + "," + body.substring(1)).getBytes(StandardCharsets.UTF_8);
  }

  private static void tell(ObjectNode told, Change change) {
    switch (change) {
      case Change.Reserved reserved ->
          reserved
              .reservation()
              .holds()
              .forEach(
                  hold ->
                      told.withArray("allocations")
                          .addObject()
                          .put("grant", hold.grant().value())
                          .put("amount", hold.amount().toString()));
      case Change.Settled settled ->
          told.put("state", "settled").put("credits", settled.credits().toString());
      case Change.Released released -> told.put("state", "released");
      default -> {}
    }
  }

  private static byte[] refusal(String id, long offset, Reason reason, long sequence) {
    return OutcomeJson.rejection(
        Optional.of(new CustomerId(CUSTOMER)),
        Optional.of(new EventId(id)),
        new Position(Source.USAGE, 0, offset),
        NOW,
        reason,
        Optional.empty(),
        "",
        sequence,
        "",
        new byte[0],
        new byte[0]);
  }

  private List<String> violations() {
    ReservationCheck check = new ReservationCheck(asked);
    journal.forEach(entry -> check.entry(EntryJson.write(entry)));
    refusals.forEach(check::refusal);
    return check.violations();
  }

  /** Puts a change at the journal's end, under an id that no client used. */
  private void forge(Change change) {
    EntryHeader last = journal.getLast().header();
    journal.add(
        new LedgerEntry(
            new EntryHeader(
                last.customer(),
                last.sequence() + 1,
                new EventId("forged"),
                last.fingerprint(),
                last.position(),
                last.occurredAt(),
                last.recordedAt(),
                last.catalog(),
                last.previous(),
                last.note()),
            change,
            Optional.empty(),
            List.of()));
  }

  private static Posting posting(Move move, long credits, long remaining) {
    return new Posting(
        new GrantId("g"),
        move,
        Credits.ofMicros(credits * MILLION),
        Credits.ofMicros(remaining * MILLION));
  }

  private Asked asked(String id) {
    return asked.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private void lose(String id) {
    journal.removeIf(entry -> entry.header().id().value().equals(id));
  }

  @Test
  void a_true_journal_passes() {
    assertThat(journal).hasSize(7);
    assertThat(refusals).hasSize(2);
    assertThat(violations()).isEmpty();
  }

  @Test
  void a_lost_settlement_is_seen() {
    lose("s1");

    assertThat(violations())
        .contains(
            "cus_1/s1 was acknowledged and is not in the journal",
            "cus_1: reservation r1 is open for ever");
  }

  @Test
  void a_hold_that_never_runs_out_is_seen() {
    lose("lapse:r3");

    assertThat(violations())
        .containsExactly("cus_1: reservation r3 is open for ever", "cus_1: grant g still holds 30");
  }

  @Test
  void a_reservation_that_ends_twice_is_seen() {
    forge(
        new Change.Lapsed(
            new EventId("r1"), Optional.empty(), List.of(posting(Move.UNHOLD, 60, 115))));

    assertThat(violations()).contains("cus_1: reservation r1 was SETTLED and then EXPIRED");
  }

  @Test
  void a_reservation_that_returns_more_than_it_held_is_seen() {
    lose("lapse:r3");
    forge(
        new Change.Lapsed(
            new EventId("r3"), Optional.empty(), List.of(posting(Move.UNHOLD, 31, 56))));

    assertThat(violations())
        .contains(
            "cus_1: reservation r3 held {g=30000000}, and at its end moved {g=31000000}",
            "cus_1: grant g falls below zero: 56000000, held -1000000");
  }

  @Test
  void a_reservation_that_ran_out_too_early_is_seen() {
    lose("e4");
    lose("lapse:r3");
    forge(
        new Change.Lapsed(
            new EventId("r4"), Optional.empty(), List.of(posting(Move.UNHOLD, 20, 25))));

    assertThat(violations()).contains("cus_1: reservation r4 ran out before its time");
  }

  @Test
  void more_held_than_was_granted_is_seen() {
    lose("g");

    assertThat(violations()).contains("cus_1: grant g falls below zero: -60000000, held 60000000");
  }

  @Test
  void an_entry_that_nobody_asked_for_is_seen() {
    asked.removeIf(one -> one.id().equals("e4"));

    assertThat(violations()).containsExactly("cus_1/e4 is in the journal and nobody asked for it");
  }

  @Test
  void a_refusal_that_is_not_among_the_rejections_is_seen() {
    refusals.remove(0);

    assertThat(violations())
        .containsExactly("cus_1/r2 was told INSUFFICIENT_CREDITS, the rejections say otherwise");
  }

  @Test
  void a_refusal_for_another_reason_than_was_told_is_seen() {
    refusals.set(1, refusal("s4", 7, Reason.RESERVATION_EXPIRED, 6));

    assertThat(violations())
        .contains(
            "cus_1/s4 was told RESERVATION_RELEASED, the rejections say otherwise",
            "cus_1/s4 was refused with RESERVATION_EXPIRED though 25 was available");
  }

  @Test
  void a_refusal_of_what_was_available_is_seen() {
    // After the settlement 55 were available.
    refusals.set(0, refusal("r2", 2, Reason.INSUFFICIENT_CREDITS, 3));

    assertThat(violations())
        .containsExactly("cus_1/r2 was refused with INSUFFICIENT_CREDITS though 55 was available");
  }

  @Test
  void what_was_refused_and_recorded_is_seen() {
    Asked r4 = asked("r4");
    r4.answers().clear();
    r4.answers().addAll(asked("r2").answers());

    assertThat(violations())
        .contains(
            "cus_1/r4 was refused and is in the journal",
            "cus_1/r4 was told INSUFFICIENT_CREDITS, the rejections say otherwise");
  }

  @Test
  void an_answer_that_tells_of_another_entry_is_seen() {
    Rest.Answer told = asked("r3").answers().get(0);
    ((ObjectNode) told.json()).put("sequence", 9);
    ((ObjectNode) told.json()).withArray("allocations").addObject().put("grant", "h");

    assertThat(violations())
        .anyMatch(violation -> violation.contains("is entry 4, its client was told 9"))
        .anyMatch(violation -> violation.contains("is another entry than its client was told of"));
  }

  @Test
  void an_answer_without_a_reason_is_seen() {
    asked("r3").told(new Rest.Answer(500, "", JsonNodeFactory.instance.objectNode()));

    assertThat(violations()).containsExactly("cus_1/r3 was told 500 {}");
  }
}
