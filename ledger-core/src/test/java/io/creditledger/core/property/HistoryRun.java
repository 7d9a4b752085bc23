package io.creditledger.core.property;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Conservation;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Fingerprint;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.EntryJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One history through the engine and, beside it, through the bookkeeper. Every check answers with
 * what is wrong, in words, or with nothing.
 */
final class HistoryRun {

  private static final Optional<String> FINE = Optional.empty();

  private final NaiveBookkeeper keeper;
  private final boolean forgetful;
  private final int snapshotAt;
  private final MapMemory memory = new MapMemory();
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final Map<String, Input> usedOnce = new HashMap<>();
  private Account account;
  private Verdict lastVerdict = Verdict.accepted(0);
  private Account snapshot;
  private MapMemory snapshotMemory = new MapMemory();

  HistoryRun(long seed, CustomerId customer, Mistake mistake) {
    this.keeper = new NaiveBookkeeper(mistake);
    this.account = Account.empty(customer);
    this.snapshot = account;
    this.forgetful = (seed & 1) == 0;
    this.snapshotAt = Math.floorMod(seed * 31, 97);
  }

  Account account() {
    return account;
  }

  List<LedgerEntry> entries() {
    return entries;
  }

  /** What the engine made of the last input. */
  Verdict lastVerdict() {
    return lastVerdict;
  }

  /** The bytes whose hash the next entry names. */
  static byte[] bytes(LedgerEntry entry) {
    return EntryJson.write(entry);
  }

  /** One more input; what is wrong afterwards. */
  Optional<String> step(Step step) {
    Input input = step.input();
    if (forgetful) {
      memory.forget(input.recordedAt());
    }
    Decision decision;
    try {
      decision = Ledger.decide(account, memory, input, step.catalog());
    } catch (RuntimeException e) {
      return Optional.of("decide threw " + e + " at " + first(e));
    }
    lastVerdict = Verdict.of(decision);
    Verdict expected = keeper.judge(input, step.catalog());
    if (!lastVerdict.equals(expected)) {
      return Optional.of("expected " + expected + ", got " + lastVerdict + detail(decision));
    }
    return switch (decision) {
      case Decision.Accepted accepted -> accept(step, accepted);
      case Decision.Duplicate duplicate -> FINE;
      case Decision.Rejected rejected -> FINE;
    };
  }

  private static String detail(Decision decision) {
    return decision instanceof Decision.Rejected rejected ? " (" + rejected.detail() + ")" : "";
  }

  private static String first(Throwable e) {
    return e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0].toString();
  }

  private Optional<String> accept(Step step, Decision.Accepted accepted) {
    LedgerEntry entry = accepted.entry();
    Optional<String> wrong = checkHeader(step, entry.header()).or(() -> checkParts(entry));
    if (wrong.isPresent()) {
      return wrong;
    }
    Applied applied;
    try {
      applied = Ledger.apply(account, memory, entry);
    } catch (RuntimeException e) {
      return Optional.of("apply threw " + e + " at " + first(e));
    }
    if (!applied.equals(accepted.applied())) {
      return Optional.of("apply made " + applied + ", decide promised " + accepted.applied());
    }
    memory.remember(applied);
    byte[] bytes = bytes(entry);
    LedgerEntry read = EntryJson.read(bytes);
    if (!read.equals(entry)) {
      return Optional.of("the journal reads " + read + ", it was " + entry);
    }
    account = applied.account().chained(Hash.of(bytes));
    entries.add(entry);
    if (entries.size() == snapshotAt) {
      snapshot = AccountCodec.read(account.customer(), AccountCodec.write(account));
      snapshotMemory = memory.stored();
    }
    return Conservation.violation(account)
        .or(() -> usedTwice(step.input()))
        .or(
            () ->
                new Comparison(account, memory, keeper)
                    .difference(entry, step.input().recordedAt()));
  }

  /** Usage that says when it occurred is never applied twice, however late it comes again. */
  private Optional<String> usedTwice(Input input) {
    boolean ages =
        input.event() instanceof LedgerEvent.Usage || input.event() instanceof LedgerEvent.Reserve;
    if (!ages || input.event().occurredAt().isEmpty()) {
      return FINE;
    }
    String what = input.event().id() + " " + Fingerprint.of(input.event());
    Input before = usedOnce.putIfAbsent(what, input);
    return before == null || keeper.mistake() != Mistake.NONE
        ? FINE
        : Optional.of("applied twice: " + input.event().id() + ", first at " + before.recordedAt());
  }

  private Optional<String> checkHeader(Step step, EntryHeader header) {
    Input input = step.input();
    EntryHeader expected =
        new EntryHeader(
            account.customer(),
            account.sequence() + 1,
            input.event().id(),
            Fingerprint.of(input.event()),
            input.position(),
            input.occurredAt(),
            input.recordedAt(),
            step.catalog().version(),
            account.head(),
            input.event().note());
    return header.equals(expected)
        ? FINE
        : Optional.of("expected the header " + expected + ", got " + header);
  }

  /** Rated usage is what grants paid and what they did not; a reversal is what it took back. */
  private static Optional<String> checkParts(LedgerEntry entry) {
    return switch (entry.change()) {
      case Change.Used used ->
          same(
              "used",
              used.credits(),
              sum(used.postings(), Move.CONSUME).plus(used.shortfall().amount()));
      case Change.Settled settled ->
          same(
              "settled",
              settled.credits(),
              sum(settled.postings(), Move.CONSUME, Move.SETTLE)
                  .plus(settled.shortfall().amount()));
      case Change.Reserved reserved ->
          same("reserved", reserved.reservation().credits(), sum(reserved.postings(), Move.HOLD));
      case Change.Reversed reversed ->
          same(
              "reversed",
              reversed.amount(),
              sum(reversed.postings(), Move.RETURN, Move.RETURN_EXPIRED, Move.RETURN_VOIDED)
                  .plus(reversed.cancelled().amount()));
      default -> FINE;
    };
  }

  private static Optional<String> same(String what, Credits whole, Credits parts) {
    return whole.equals(parts)
        ? FINE
        : Optional.of(what + " " + whole + ", but the parts sum to " + parts);
  }

  private static Credits sum(List<Posting> postings, Move... moves) {
    Credits sum = Credits.ZERO;
    for (Posting posting : postings) {
      if (List.of(moves).contains(posting.move())) {
        sum = sum.plus(posting.amount());
      }
    }
    return sum;
  }

  /** What is wrong with the journal as a whole, once the history is over. */
  Optional<String> finish() {
    MapMemory remembered = new MapMemory();
    return Replay.difference(
            "from zero", Account.empty(account.customer()), remembered, entries, account)
        .or(
            () ->
                forgetful || remembered.sameAs(memory)
                    ? FINE
                    : Optional.of("replay from zero remembers other things than live"))
        .or(
            () ->
                Replay.difference(
                    "from entry " + snapshot.sequence(),
                    snapshot,
                    snapshotMemory,
                    entries.subList((int) snapshot.sequence(), entries.size()),
                    account))
        .or(() -> new JournalSums(entries).difference(keeper.books()));
  }
}
