package io.creditledger.cli.endtoend;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One customer's journal of grants and usage, kept three times: as plain numbers added up from
 * postings, as the account that the entries make, and as what the events sent must lead to.
 */
final class Books {

  private static final Unit CREDITS = new Unit("credits");

  private final String customer;
  private final List<String> violations;
  private final Map<String, Pot> pots = new LinkedHashMap<>();
  private final List<Sent> grantsSent = new ArrayList<>();
  private final Remembered memory = new Remembered();
  private Account replayed;
  private boolean replays = true;
  private long sequence;
  private Hash head = Hash.NONE;
  private long overage;
  private long usedSent;

  /** A grant, in millionths. */
  private static final class Pot {
    private final long granted;
    private long left;
    private long consumed;

    private Pot(long granted) {
      this.granted = granted;
      this.left = granted;
    }
  }

  Books(String customer, List<String> violations) {
    this.customer = customer;
    this.violations = violations;
    this.replayed = Account.empty(new CustomerId(customer));
  }

  void add(Sent cause, LedgerEntry entry, byte[] bytes) {
    if (entry.header().sequence() != sequence + 1) {
      violate("entry " + entry.header().sequence() + " follows entry " + sequence);
    }
    if (!entry.header().previous().equals(head)) {
      violate("entry " + entry.header().sequence() + " is not chained to the one before it");
    }
    sequence = entry.header().sequence();
    head = Hash.of(bytes);
    if (cause.kind() == Sent.Kind.GRANT && entry.change() instanceof Change.Granted granted) {
      long amount = granted.made().grant().granted().micros();
      require(amount == cause.micros(), cause + " is not the amount that was sent");
      pots.put(cause.id(), new Pot(amount));
    } else if (cause.kind() == Sent.Kind.USAGE && entry.change() instanceof Change.Used used) {
      use(cause, used);
    } else {
      violate(cause + " became something else than was sent");
    }
    replay(entry, head);
  }

  private void use(Sent cause, Change.Used used) {
    require(
        used.credits().micros() == cause.micros(),
        cause
            + " costs "
            + used.credits()
            + " and was sent as "
            + Credits.ofMicros(cause.micros()));
    long paid = 0;
    for (Posting posting : used.postings()) {
      Pot pot = pots.get(posting.grant().value());
      if (pot == null || posting.move() != Move.CONSUME) {
        violate(cause + " moves credits in a way that usage does not: " + posting);
        continue;
      }
      pot.left -= posting.amount().micros();
      pot.consumed += posting.amount().micros();
      paid += posting.amount().micros();
      require(pot.left >= 0, "grant " + posting.grant() + " pays more than it has");
      require(
          pot.left == posting.remaining().micros(),
          cause + " states another remainder of " + posting.grant() + " than its postings leave");
    }
    overage += used.shortfall().amount().micros();
    require(
        paid + used.shortfall().amount().micros() == used.credits().micros(),
        cause + " is not paid to the millionth");
  }

  private void replay(LedgerEntry entry, Hash hash) {
    if (!replays) {
      return;
    }
    try {
      Applied applied = Ledger.apply(replayed, memory, entry);
      memory.keep(applied);
      replayed = applied.account().chained(hash);
    } catch (IllegalStateException e) {
      replays = false;
      violate("the journal cannot be replayed: " + e.getMessage());
    }
  }

  /** An event that counts: it is in the journal, or must be. */
  void expect(Sent event) {
    switch (event.kind()) {
      case GRANT -> grantsSent.add(event);
      case USAGE -> usedSent += event.micros();
    }
  }

  void finish() {
    long toPay = usedSent;
    grantsSent.sort(Comparator.comparingInt(Sent::priority));
    for (Sent grant : grantsSent) {
      long paid = Math.min(toPay, grant.micros());
      toPay -= paid;
      Pot pot = pots.getOrDefault(grant.id(), new Pot(0));
      require(
          pot.left == grant.micros() - paid,
          "grant "
              + grant.id()
              + " has "
              + Credits.ofMicros(pot.left)
              + " left, what was sent"
              + " leaves "
              + Credits.ofMicros(grant.micros() - paid));
      require(pot.granted == pot.left + pot.consumed, "grant " + grant.id() + " is not conserved");
    }
    require(
        overage == toPay,
        "overage is "
            + Credits.ofMicros(overage)
            + ", what was sent makes "
            + Credits.ofMicros(toPay));
    if (replays) {
      compareReplayed();
    }
  }

  private void compareReplayed() {
    require(replayed.sequence() == sequence, "the replay ends at " + replayed.sequence());
    require(replayed.totals(CREDITS).overage().micros() == overage, "the replay's overage differs");
    pots.forEach(
        (id, pot) ->
            require(
                replayed.grant(new GrantId(id)).map(Grant::unheld).orElse(Credits.ZERO).micros()
                    == pot.left,
                "the replay leaves something else in grant " + id));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      violate(otherwise);
    }
  }

  private void violate(String what) {
    violations.add(customer + ": " + what);
  }

  Account replayed() {
    return replayed;
  }

  long sequence() {
    return sequence;
  }

  Credits overage() {
    return Credits.ofMicros(overage);
  }

  Credits left() {
    return Credits.ofMicros(pots.values().stream().mapToLong(pot -> pot.left).sum());
  }

  /** What is left of each grant. */
  Map<String, Credits> grants() {
    Map<String, Credits> left = new LinkedHashMap<>();
    pots.forEach((id, pot) -> left.put(id, Credits.ofMicros(pot.left)));
    return left;
  }
}
