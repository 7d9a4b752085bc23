package io.creditledger.core.account;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import java.util.Optional;

/**
 * The ledger, as two functions. {@code decide} judges one input against an account and changes
 * nothing; {@code apply} makes the next account from an entry and refuses nothing.
 */
public final class Ledger {

  private Ledger() {}

  /**
   * What becomes of an input. Equal arguments give an equal decision, on every machine and for
   * ever; a replay that follows the journal's order, with the catalog version each entry names,
   * gives the journal's entries again.
   *
   * @param account chained to its last entry, see {@link Account#chained}
   * @throws IllegalStateException if the account is another customer's or not chained
   */
  public static Decision decide(Account account, Memory memory, Input input, Catalog catalog) {
    LedgerEvent event = input.event();
    if (!event.customer().equals(account.customer())) {
      throw new IllegalStateException(
          "an event of "
              + event.customer()
              + " was brought to the account of "
              + account.customer());
    }
    if (account.chainedTo() != account.sequence()) {
      throw new IllegalStateException(
          "entry " + account.sequence() + " of " + account.customer() + " was not chained");
    }
    Case of = new Case(account, memory, input, catalog);
    try {
      Optional<Decision> seen = of.seenBefore();
      return seen.isPresent() ? seen.get() : judge(of, event);
    } catch (ArithmeticException e) {
      return of.rejected(
          Reason.AMOUNT_OUT_OF_RANGE, "an amount would leave the range of 64-bit millionths");
    }
  }

  /**
   * The account after an entry, and what is to be remembered beside it. The result still has to be
   * chained to the hash of the entry's bytes.
   *
   * @throws IllegalStateException if the entry cannot follow the account: it belongs to another
   *     customer, leaves a gap in the sequence, or moves credits that are not there
   */
  public static Applied apply(Account account, Memory memory, LedgerEntry entry) {
    return Applier.apply(account, memory, entry);
  }

  private static Decision judge(Case of, LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Usage usage -> UsageRules.use(of, usage);
      case LedgerEvent.Reserve reserve -> ReservationRules.reserve(of, reserve);
      case LedgerEvent.Settle settle -> ReservationRules.settle(of, settle);
      case LedgerEvent.Release release -> ReservationRules.release(of, release);
      case LedgerEvent.ReservationExpiry expiry -> ReservationRules.lapse(of, expiry);
      case LedgerEvent.Reverse reverse -> UsageRules.reverse(of, reverse);
      case LedgerEvent.IssueGrant grant -> GrantRules.issue(of, grant);
      case LedgerEvent.ConfirmGrant confirm -> GrantRules.confirm(of, confirm);
      case LedgerEvent.CancelGrant cancel -> GrantRules.cancel(of, cancel);
      case LedgerEvent.ExtendGrant extend -> GrantRules.extend(of, extend);
      case LedgerEvent.VoidGrant ended -> CorrectionRules.voidGrant(of, ended);
      case LedgerEvent.Adjust adjust -> CorrectionRules.adjust(of, adjust);
      case LedgerEvent.Configure configure -> CorrectionRules.configure(of, configure);
      case LedgerEvent.EndTopUp ended -> CorrectionRules.endTopUp(of, ended);
      case LedgerEvent.Reminder reminder -> TimerRules.remind(of, reminder);
      case LedgerEvent.GrantEffective effective -> TimerRules.effective(of, effective);
      case LedgerEvent.GrantExpiry expiry -> TimerRules.expire(of, expiry);
      case LedgerEvent.GrantRenewal renewal -> TimerRules.renew(of, renewal);
    };
  }
}
