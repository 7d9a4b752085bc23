package io.creditledger.core.property;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.GrantId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every grant's figures, summed up from the postings of a journal by the names of the moves alone:
 * what a reader of the journal can do who has none of the ledger's code.
 */
final class JournalSums {

  private final Map<GrantId, GrantSums> grants = new HashMap<>();

  private final List<String> wrong = new ArrayList<>();

  private static final class GrantSums {
    BigDecimal unheld = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;
    BigDecimal consumed = BigDecimal.ZERO;
    BigDecimal expired = BigDecimal.ZERO;
    BigDecimal voided = BigDecimal.ZERO;
  }

  JournalSums(List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      switch (entry.change()) {
        case Change.Granted granted -> make(granted.made());
        case Change.Adjusted adjusted -> adjusted.made().ifPresent(this::make);
        case Change.Renewed renewed -> {
          make(renewed.made());
          renewed.rollover().ifPresent(this::make);
        }
        default -> {}
      }
      entry.change().postings().forEach(this::add);
    }
  }

  private void make(NewGrant made) {
    GrantSums sums = new GrantSums();
    sums.unheld = NaivePrices.amount(made.grant().terms().amount());
    grants.put(made.grant().id(), sums);
  }

  private void add(Posting posting) {
    GrantSums sums = grants.get(posting.grant());
    BigDecimal amount = NaivePrices.amount(posting.amount());
    switch (posting.move()) {
      case CONSUME, HOLD, EXPIRE, VOID, ADJUST_DOWN -> sums.unheld = sums.unheld.subtract(amount);
      case SETTLE, UNHOLD, UNHOLD_EXPIRED, UNHOLD_VOIDED -> sums.held = sums.held.subtract(amount);
      case RETURN, RETURN_EXPIRED, RETURN_VOIDED -> sums.consumed = sums.consumed.subtract(amount);
      case ADJUST_UP -> {}
    }
    switch (posting.move()) {
      case CONSUME, SETTLE -> sums.consumed = sums.consumed.add(amount);
      case HOLD -> sums.held = sums.held.add(amount);
      case EXPIRE, UNHOLD_EXPIRED, RETURN_EXPIRED -> sums.expired = sums.expired.add(amount);
      case VOID, UNHOLD_VOIDED, RETURN_VOIDED -> sums.voided = sums.voided.add(amount);
      case ADJUST_UP, UNHOLD, RETURN -> sums.unheld = sums.unheld.add(amount);
      case ADJUST_DOWN -> {}
    }
    if (sums.unheld.compareTo(NaivePrices.amount(posting.remaining())) != 0) {
      wrong.add("after " + posting + " the postings sum up to " + sums.unheld);
    }
  }

  /** Where the sums are not the books'. */
  Optional<String> difference(NaiveBooks books) {
    if (!wrong.isEmpty()) {
      return Optional.of(wrong.getFirst());
    }
    for (NaiveGrant grant : books.grants) {
      GrantSums sums = grants.get(grant.id);
      boolean equal =
          sums != null
              && sums.unheld.compareTo(grant.unheld) == 0
              && sums.held.compareTo(grant.held) == 0
              && sums.consumed.compareTo(grant.consumed) == 0
              && sums.expired.compareTo(grant.expired) == 0
              && sums.voided.compareTo(grant.voided) == 0;
      if (!equal) {
        return Optional.of("the journal's postings do not sum up to grant " + grant.id);
      }
    }
    return Optional.empty();
  }
}
