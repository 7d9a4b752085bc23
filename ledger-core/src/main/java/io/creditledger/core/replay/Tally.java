package io.creditledger.core.replay;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.account.UnitTotals;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one customer's history comes to, counted as it goes. Not for use by several threads. */
public final class Tally {

  private final Map<Unit, Credits> consumed = new HashMap<>();
  private long refused;

  /** A history that has not begun. */
  public Tally() {}

  /** Counts what an entry moved. */
  public void accept(LedgerEntry entry) {
    for (Posting posting : entry.change().postings()) {
      Credits toConsumed =
          switch (posting.move()) {
            case CONSUME, SETTLE -> posting.amount();
            case RETURN, RETURN_EXPIRED, RETURN_VOIDED -> posting.amount().negated();
            case HOLD,
                UNHOLD,
                UNHOLD_EXPIRED,
                UNHOLD_VOIDED,
                EXPIRE,
                VOID,
                ADJUST_UP,
                ADJUST_DOWN ->
                Credits.ZERO;
          };
      consumed.merge(entry.change().unit().orElseThrow(), toConsumed, Credits::plus);
    }
  }

  /** Counts a refusal of usage. */
  public void refuse() {
    refused++;
  }

  /** Usage events refused. */
  public long refused() {
    return refused;
  }

  /** Where the customer stands, unit by unit. */
  public Map<Unit, Standing> standings(Account account, Instant end) {
    Map<Unit, Standing> standings = new TreeMap<>(Comparator.comparing(Unit::value));
    for (Unit unit : Balances.units(account)) {
      standings.put(unit, standing(account, unit, end));
    }
    consumed.keySet().forEach(unit -> standings.put(unit, standing(account, unit, end)));
    return standings;
  }

  private Standing standing(Account account, Unit unit, Instant end) {
    UnitTotals totals = account.totals(unit);
    return new Standing(
        consumed.getOrDefault(unit, Credits.ZERO),
        totals.overage(),
        totals.overdraft(),
        totals.forgiven(),
        Balances.of(account, unit, end).available());
  }
}
