package io.creditledger.core.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Conservation;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Reason;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Does it hold for any history? More of them: {@code -Dledger.histories=100000}; others: {@code
 * -Dledger.seed=42}; one again: its seed and {@code -Dledger.histories=1}.
 */
class LedgerPropertyTest {

  private static final int HISTORIES = Integer.getInteger("ledger.histories", 10_000);
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final CustomerId CUSTOMER = new CustomerId("cus_1");
  private static final CustomerId OTHER = new CustomerId("cus_2");

  /** Within so many histories a wrong bookkeeper must be caught. */
  private static final int PATIENCE = 1_500;

  /** Judged where bytes become events, or beyond the size of these histories. */
  private static final Set<Reason> NOT_HERE =
      EnumSet.of(
          Reason.VALUE_MISSING,
          Reason.TOO_LARGE,
          Reason.UNREADABLE,
          Reason.TYPE_UNKNOWN,
          Reason.KEY_MISSING,
          Reason.KEY_MISMATCH,
          Reason.WRONG_PARTITION,
          Reason.TOO_MANY_GRANTS,
          Reason.TOO_MANY_RESERVATIONS);

  @Test
  void theEngineAgreesWithTheNaiveBookkeeper() {
    check(SEED, HISTORIES);
  }

  @Test
  void theEngineAgreesWithTheNaiveBookkeeperOnHistoriesNobodyHasSeen(TestReporter reporter) {
    // The one test that differs from run to run; what it finds, its message repeats.
    long seed = System.nanoTime();
    reporter.publishEntry("ledger.seed", Long.toString(seed));
    check(seed, Math.max(1, HISTORIES / 10));
  }

  private static void check(long first, int count) {
    LongStream.range(first, first + count)
        .parallel()
        .mapToObj(seed -> History.live(seed, CUSTOMER, Mistake.NONE))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(failure -> fail(History.shrunk(failure, Mistake.NONE).toString()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBookkeeperWithAWrongRuleIsCaught(Mistake mistake) {
    Optional<Long> caught =
        LongStream.range(0, PATIENCE).boxed().filter(seed -> catches(seed, mistake)).findFirst();

    assertThat(caught).as(mistake + " within " + PATIENCE + " histories").isPresent();
  }

  private static boolean catches(long seed, Mistake mistake) {
    try {
      return History.live(seed, CUSTOMER, mistake).isPresent();
    } catch (IllegalStateException impossible) {
      // A wrong rule may also lead where the books themselves do not add up.
      return true;
    }
  }

  @Test
  void aFailingHistoryIsMadeShort() {
    History.Failure failure =
        LongStream.range(0, PATIENCE)
            .mapToObj(seed -> History.live(seed, CUSTOMER, Mistake.CATEGORY_IGNORED))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();

    History.Failure shrunk = History.shrunk(failure, Mistake.CATEGORY_IGNORED);

    assertThat(shrunk.steps()).hasSizeLessThanOrEqualTo(8);
    assertThat(shrunk.toString()).contains("seed " + failure.seed());
  }

  @Test
  void historiesReachEveryEventAndEveryRefusal() {
    Map<EventType, Integer> accepted = new EnumMap<>(EventType.class);
    Map<EventType, Integer> repeated = new EnumMap<>(EventType.class);
    Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
    for (long seed = 0; seed < 1_000; seed++) {
      Histories made = new Histories(seed, CUSTOMER);
      HistoryRun run = new HistoryRun(seed, CUSTOMER, Mistake.NONE);
      for (int i = 0; i < made.length(); i++) {
        Step step = made.next(run.account());
        assertThat(run.step(step)).isEmpty();
        EventType type = EventType.of(step.input().event());
        Verdict verdict = run.lastVerdict();
        switch (verdict.kind()) {
          case ACCEPTED -> accepted.merge(type, 1, Integer::sum);
          case DUPLICATE -> repeated.merge(type, 1, Integer::sum);
          case REJECTED -> refused.merge(verdict.reason().orElseThrow(), 1, Integer::sum);
        }
      }
    }

    assertThat(accepted.keySet()).containsExactlyInAnyOrder(EventType.values());
    assertThat(repeated.keySet())
        .as("timers have no ids to repeat")
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).filter(type -> type.source() != Source.EXPIRY).toList());
    assertThat(refused.keySet()).containsAll(EnumSet.complementOf(EnumSet.copyOf(NOT_HERE)));
  }

  @Test
  void nothingDependsOnOtherCustomers() {
    for (long seed = 0; seed < 500; seed++) {
      List<Step> mine = made(seed, CUSTOMER);
      List<Step> others = made(-seed - 1, OTHER);

      Map<CustomerId, Account> together = decided(interleaved(mine, others));

      assertThat(together.get(CUSTOMER)).as("seed " + seed).isEqualTo(alone(mine, CUSTOMER));
      assertThat(together.get(OTHER)).as("seed " + seed).isEqualTo(alone(others, OTHER));
    }
  }

  private static List<Step> made(long seed, CustomerId customer) {
    Histories made = new Histories(seed, customer);
    HistoryRun run = new HistoryRun(seed, customer, Mistake.NONE);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < made.length(); i++) {
      Step step = made.next(run.account());
      steps.add(step);
      assertThat(run.step(step)).isEmpty();
    }
    return steps;
  }

  private static List<Step> interleaved(List<Step> some, List<Step> others) {
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < Math.max(some.size(), others.size()); i++) {
      if (i < some.size()) {
        all.add(some.get(i));
      }
      if (i < others.size()) {
        all.add(others.get(i));
      }
    }
    return all;
  }

  private static Account alone(List<Step> steps, CustomerId customer) {
    return decided(steps).get(customer);
  }

  /** Accounts after these inputs; the head of each chain stands for all its entries. */
  private static Map<CustomerId, Account> decided(List<Step> steps) {
    Map<CustomerId, Account> accounts = new HashMap<>();
    Map<CustomerId, MapMemory> memories = new HashMap<>();
    for (Step step : steps) {
      CustomerId customer = step.input().event().customer();
      Account account = accounts.computeIfAbsent(customer, Account::empty);
      MapMemory memory = memories.computeIfAbsent(customer, unseen -> new MapMemory());
      if (Ledger.decide(account, memory, step.input(), step.catalog())
          instanceof Decision.Accepted accepted) {
        memory.remember(accepted.applied());
        LedgerEntry entry = accepted.entry();
        accounts.put(
            customer, accepted.applied().account().chained(Hash.of(HistoryRun.bytes(entry))));
      }
    }
    return accounts;
  }

  @Test
  void aMissingEntryAndAHeldCreditWithoutReservationAreNoticed() {
    HistoryRun run = longRun();
    List<LedgerEntry> entries = run.entries();
    List<LedgerEntry> gap = new ArrayList<>(entries);
    gap.remove(entries.size() / 2);

    assertThat(
            Replay.difference(
                "with a gap", Account.empty(CUSTOMER), new MapMemory(), gap, run.account()))
        .isPresent();

    Account account = run.account();
    Account unreserved =
        new Account(
            account.customer(),
            account.sequence(),
            account.chainedTo(),
            account.head(),
            account.lastInput(),
            account.settings(),
            account.grants(),
            List.of(),
            account.series(),
            account.totals());
    assertThat(Conservation.violation(account)).isEmpty();
    assertThat(Conservation.violation(unreserved)).isPresent();
  }

  /** A history that ends with an open reservation. */
  private static HistoryRun longRun() {
    for (long seed = 0; ; seed++) {
      Histories made = new Histories(seed, CUSTOMER);
      HistoryRun run = new HistoryRun(seed, CUSTOMER, Mistake.NONE);
      for (int i = 0; i < made.length(); i++) {
        assertThat(run.step(made.next(run.account()))).isEmpty();
      }
      if (!run.account().reservations().isEmpty()) {
        return run;
      }
    }
  }
}
