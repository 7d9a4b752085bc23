package io.creditledger.core.entry;

import java.util.List;
import java.util.Optional;

/**
 * One journal record: a decision, its cause and its effect (rule 16).
 *
 * @param balance the balance after it, in the one unit it touched; absent when it touched none
 * @param alerts what it brought about that somebody is to be told
 */
public record LedgerEntry(
    EntryHeader header, Change change, Optional<UnitBalance> balance, List<Alert> alerts) {

  public LedgerEntry {
    alerts = List.copyOf(alerts);
  }
}
