package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A check that cannot fail proves nothing. Here a true journal is tampered with in each way that a
 * crash could, chained anew where it takes that to hide it, and the check has to see it.
 */
final class JournalCheckTest {

  private static final String CUSTOMER = "cus_1";
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final List<Sent> sent = new ArrayList<>();
  private List<LedgerEntry> journal = List.of();

  @BeforeEach
  void decideSomeHistory() {
    sent.add(Sent.grant(CUSTOMER, "first", 2, 10));
    sent.add(Sent.grant(CUSTOMER, "second", 3, 20));
    for (int i = 1; i <= 5; i++) {
      sent.add(Sent.rated(CUSTOMER, "u" + i, 1_250_000));
    }
    sent.forEach(
        event -> {
          event.attempted();
          event.wasAcknowledged();
        });
    journal = decided(sent);
  }

  @Test
  void a_true_journal_passes() {
    assertThat(violations(journal)).isEmpty();
  }

  @Test
  void a_missing_entry_is_seen() {
    assertThat(violations(without(journal, 4))).contains("cus_1: entry 6 follows entry 4");
    assertThat(violations(chained(without(journal, 4))))
        .contains("cus_1/u3 was acknowledged 1 times and is 0 entries");
  }

  @Test
  void a_missing_last_entry_is_seen() {
    assertThat(violations(without(journal, 6)))
        .contains("cus_1/u5 was acknowledged 1 times and is 0 entries");
  }

  @Test
  void a_doubled_entry_is_seen() {
    List<LedgerEntry> doubled = new ArrayList<>(journal);
    doubled.add(3, journal.get(2));

    assertThat(violations(doubled)).contains("cus_1: entry 3 follows entry 3");
    assertThat(violations(chained(doubled)))
        .contains("cus_1/u1 was acknowledged 1 times and is 2 entries");
  }

  @Test
  void a_changed_amount_is_seen() {
    // given
    List<LedgerEntry> changed = new ArrayList<>(journal);
    changed.set(6, withUsed(journal.get(6), "1.5", List.of(), "1.5"));

    // when
    List<String> violations = violations(changed);

    // then
    assertThat(violations)
        .contains(
            "cus_1: cus_1/u5 costs 1.5 and was sent as 1.25",
            "cus_1: overage is 1.5, what was sent makes 1.25");
  }

  @Test
  void a_changed_allocation_is_seen() {
    // given
    List<LedgerEntry> changed = new ArrayList<>(journal);
    changed.set(2, withUsed(journal.get(2), "1.25", List.of(posting("first", "1", "1")), "0.25"));

    // when
    List<String> violations = violations(chained(changed));

    // then
    assertThat(violations)
        .contains("cus_1: overage is 1.5, what was sent makes 1.25")
        .anyMatch(violation -> violation.contains("states another remainder of first"));
  }

  @Test
  void a_usage_that_is_not_paid_is_seen() {
    // given
    List<LedgerEntry> changed = new ArrayList<>(journal);
    changed.set(6, withUsed(journal.get(6), "1.25", List.of(), "1"));

    // when
    List<String> violations = violations(changed);

    // then
    assertThat(violations).contains("cus_1: cus_1/u5 is not paid to the millionth");
  }

  @Test
  void a_swapped_pair_is_seen() {
    List<LedgerEntry> swapped = new ArrayList<>(journal);
    Collections.swap(swapped, 3, 4);

    assertThat(violations(swapped))
        .contains(
            "cus_1: entry 5 follows entry 3", "cus_1: entry 4 is not chained to the one before it");
    assertThat(violations(chained(swapped)))
        .anyMatch(violation -> violation.contains("states another remainder"));
  }

  @Test
  void an_entry_that_nobody_sent_is_seen() {
    sent.remove(6);

    assertThat(violations(journal)).contains("cus_1/u5 is in the journal and was never sent");
  }

  @Test
  void an_event_refused_instead_of_recorded_is_seen() {
    JournalCheck check = new JournalCheck(sent);
    without(journal, 6).forEach(entry -> check.entry(EntryJson.write(entry)));
    check.refusal(
        OutcomeJson.rejection(
            Optional.of(new CustomerId(CUSTOMER)),
            Optional.of(new EventId("u5")),
            new Position(Source.USAGE, 0, 9),
            NOW,
            Reason.ID_REUSED,
            Optional.empty(),
            "",
            6,
            "",
            new byte[0],
            new byte[0]));

    assertThat(check.violations()).contains("cus_1/u5 was refused: ID_REUSED");
  }

  @Test
  void a_delivery_without_an_outcome_is_seen() {
    sent.get(6).attempted();
    sent.get(6).wasAcknowledged();

    assertThat(violations(journal))
        .containsExactly("cus_1/u5 was sent 2 times, acknowledged 2 times, and has 1 outcomes");
  }

  @Test
  void an_outcome_without_a_delivery_is_seen() {
    JournalCheck check = new JournalCheck(sent);
    journal.forEach(entry -> check.entry(EntryJson.write(entry)));
    check.refusal(
        OutcomeJson.duplicate(
            new CustomerId(CUSTOMER),
            new EventId("u5"),
            new Position(Source.USAGE, 0, 9),
            NOW,
            7,
            7,
            ""));

    assertThat(check.violations())
        .containsExactly("cus_1/u5 was sent 1 times, acknowledged 1 times, and has 2 outcomes");
  }

  private List<String> violations(List<LedgerEntry> entries) {
    JournalCheck check = new JournalCheck(sent);
    entries.forEach(entry -> check.entry(EntryJson.write(entry)));
    return check.violations();
  }

  private static List<LedgerEntry> without(List<LedgerEntry> entries, int index) {
    List<LedgerEntry> fewer = new ArrayList<>(entries);
    fewer.remove(index);
    return fewer;
  }

  /** The entries numbered and chained anew, as a forger would. */
  private static List<LedgerEntry> chained(List<LedgerEntry> entries) {
    List<LedgerEntry> forged = new ArrayList<>();
    Hash head = Hash.NONE;
    for (LedgerEntry entry : entries) {
      EntryHeader was = entry.header();
      LedgerEntry next =
          new LedgerEntry(
              new EntryHeader(
                  was.customer(),
                  forged.size() + 1,
                  was.id(),
                  was.fingerprint(),
                  was.position(),
                  was.occurredAt(),
                  was.recordedAt(),
                  was.catalog(),
                  head,
                  was.note()),
              entry.change(),
              entry.balance(),
              entry.alerts());
      head = Hash.of(EntryJson.write(next));
      forged.add(next);
    }
    return forged;
  }

  private static Posting posting(String grant, String amount, String remaining) {
    return new Posting(
        new GrantId(grant), Move.CONSUME, Credits.parse(amount), Credits.parse(remaining));
  }

  private static LedgerEntry withUsed(
      LedgerEntry entry, String credits, List<Posting> postings, String overage) {
    Change.Used was = (Change.Used) entry.change();
    return new LedgerEntry(
        entry.header(),
        new Change.Used(
            was.dimensions(),
            was.properties(),
            was.quantity(),
            Credits.parse(credits),
            was.unit(),
            postings,
            Shortfall.of(Shortfall.Kind.OVERAGE, Credits.parse(overage)),
            was.count()),
        entry.balance(),
        entry.alerts());
  }

  private static List<LedgerEntry> decided(List<Sent> events) {
    List<LedgerEntry> entries = new ArrayList<>();
    CoreAlone core = new CoreAlone(CUSTOMER, Catalog.EMPTY);
    for (Sent event : events) {
      Source source = event.kind() == Sent.Kind.GRANT ? Source.GRANT : Source.USAGE;
      entries.add(
          switch (core.decide(source, event.value(), NOW)) {
            case Decision.Accepted accepted -> accepted.entry();
            case Decision.Duplicate duplicate -> throw new AssertionError(duplicate.toString());
            case Decision.Rejected rejected -> throw new AssertionError(rejected.detail());
          });
    }
    return entries;
  }
}
