package io.creditledger.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.replay.AsOf;
import io.creditledger.core.replay.KnownAt;
import io.creditledger.core.replay.UnitAt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Balances of the past, on histories in which much is recorded late and out of order. */
class TimeTravelPropertyTest {

  private static final int HISTORIES = Integer.getInteger("ledger.travels", 100);
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final int QUESTIONS = 4;
  private static final CustomerId CUSTOMER = new CustomerId("cus_1");

  /** A history, with the account after each entry. */
  private record Lived(List<LedgerEntry> entries, List<Account> accounts) {}

  private static Lived live(long seed) {
    Histories made = new Histories(seed, CUSTOMER);
    HistoryRun run = new HistoryRun(seed, CUSTOMER, Mistake.NONE);
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < made.length(); i++) {
      Optional<String> wrong = run.step(made.next(run.account()));
      if (wrong.isPresent()) {
        throw new AssertionError("seed " + seed + ": " + wrong.get());
      }
      if (run.account().sequence() > accounts.size()) {
        accounts.add(run.account());
      }
    }
    return new Lived(run.entries(), accounts);
  }

  @Test
  void as_of_agrees_with_a_bookkeeper_who_reads_the_journal_again_for_every_figure() {
    LongStream.range(SEED, SEED + HISTORIES)
        .parallel()
        .forEach(
            seed -> {
              Lived lived = live(seed);
              for (Instant at : instants(seed, lived.entries())) {
                // What was known at some moment, which is a beginning of the journal.
                int known = new Dice(seed).below(lived.entries().size() + 1);
                List<LedgerEntry> journal = lived.entries().subList(0, known);

                assertThat(asOf(journal, at))
                    .as("seed " + seed + ", as of " + at + ", first " + known + " entries")
                    .isEqualTo(new NaiveTimes(journal, at).balances());
              }
            });
  }

  @Test
  void late_events_are_among_them_and_tell_what_had_happened_from_what_was_known() {
    int late = 0;
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      List<LedgerEntry> journal = live(seed).entries();
      for (Instant at : instants(seed, journal)) {
        List<LedgerEntry> known =
            journal.stream().takeWhile(entry -> !entry.header().recordedAt().isAfter(at)).toList();
        boolean usageCameLater =
            journal.stream()
                .skip(known.size())
                .filter(entry -> entry.change() instanceof Change.Used)
                .anyMatch(entry -> !entry.header().occurredAt().isAfter(at));
        if (usageCameLater && !asOf(journal, at).equals(asOf(known, at))) {
          late++;
        }
      }
    }
    assertThat(late)
        .as("questions that a late event answers otherwise")
        .isGreaterThan(HISTORIES / 5);
  }

  @Test
  void as_of_a_time_when_all_has_happened_is_what_the_account_says() {
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      Lived lived = live(seed);
      if (!lived.entries().isEmpty()) {
        Account last = lived.accounts().getLast();
        Instant at = end(lived.entries());

        assertThat(asOf(lived.entries(), at)).as("seed " + seed).isEqualTo(now(last, at));
      }
    }
  }

  @Test
  void known_at_is_the_account_as_it_was_before_anything_later_was_recorded() {
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      Lived lived = live(seed);
      for (Instant at : instants(seed, lived.entries())) {
        KnownAt known = new KnownAt(CUSTOMER, at);
        lived.entries().forEach(entry -> known.add(HistoryRun.bytes(entry)));

        assertThat(known.account()).as("seed " + seed + " at " + at).isEqualTo(naive(lived, at));
      }
    }
  }

  /** The account before the first entry that was recorded later. */
  private static Account naive(Lived lived, Instant at) {
    int entries = 0;
    while (entries < lived.entries().size()
        && !lived.entries().get(entries).header().recordedAt().isAfter(at)) {
      entries++;
    }
    return entries == 0 ? Account.empty(CUSTOMER) : lived.accounts().get(entries - 1);
  }

  private static Map<String, List<BigDecimal>> asOf(List<LedgerEntry> journal, Instant at) {
    AsOf asOf = new AsOf(at);
    journal.forEach(asOf::add);
    Map<String, List<BigDecimal>> all = new TreeMap<>();
    for (UnitAt unit : asOf.units(Optional.empty())) {
      all.put(
          unit.unit().value(),
          figures(unit.settled(), unit.held(), unit.overage(), unit.overdraft()));
    }
    all.values().removeIf(NaiveTimes::isNothing);
    return all;
  }

  private static Map<String, List<BigDecimal>> now(Account account, Instant at) {
    Map<String, List<BigDecimal>> all = new TreeMap<>();
    for (Unit unit : Balances.units(account)) {
      UnitBalance balance = Balances.of(account, unit, at);
      all.put(
          unit.value(),
          figures(balance.settled(), balance.held(), balance.overage(), balance.overdraft()));
    }
    all.values().removeIf(NaiveTimes::isNothing);
    return all;
  }

  private static List<BigDecimal> figures(Object... credits) {
    return NaiveTimes.plain(
        Stream.of(credits).map(one -> new BigDecimal(one.toString())).toArray(BigDecimal[]::new));
  }

  /** Around times that the journal names, where something changes. */
  private static List<Instant> instants(long seed, List<LedgerEntry> entries) {
    Dice dice = new Dice(seed + 1);
    List<Instant> instants = new ArrayList<>();
    for (int i = 0; i < QUESTIONS && !entries.isEmpty(); i++) {
      LedgerEntry entry = dice.oneOf(entries);
      Instant about = dice.chance(50) ? entry.header().occurredAt() : entry.header().recordedAt();
      instants.add(about.plusNanos(dice.below(3) - 1));
    }
    return instants;
  }

  private static Instant end(List<LedgerEntry> entries) {
    Instant end = Instant.MIN;
    for (LedgerEntry entry : entries) {
      for (Instant at : List.of(entry.header().occurredAt(), entry.header().recordedAt())) {
        end = at.isAfter(end) ? at : end;
      }
    }
    return end.plus(Duration.ofMinutes(5));
  }
}
