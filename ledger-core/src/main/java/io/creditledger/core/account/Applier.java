package io.creditledger.core.account;

import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.money.Credits;
import java.util.List;
import java.util.Optional;

/** What each kind of entry does to an account. It judges nothing: an impossible entry throws. */
final class Applier {

  private Applier() {}

  static Applied apply(Account account, Memory memory, LedgerEntry entry) {
    return tell(change(account, memory, entry), entry);
  }

  /** The account after what the entry changed, its alerts still to be noted. */
  static Applied change(Account account, Memory memory, LedgerEntry entry) {
    EntryHeader header = entry.header();
    if (!header.customer().equals(account.customer())
        || header.sequence() != account.sequence() + 1) {
      throw new IllegalStateException(
          "entry "
              + header.sequence()
              + " of "
              + header.customer()
              + " cannot follow entry "
              + account.sequence()
              + " of "
              + account.customer());
    }
    Draft draft = new Draft(account, memory, header);
    change(draft, entry.change());
    return draft.finished();
  }

  /** The account after its alerts were told: the level it was seen at, and a top-up asked for. */
  static Applied tell(Applied changed, LedgerEntry entry) {
    Account next = changed.account();
    Optional<UnitBalance> balance = entry.balance();
    boolean sameLevel =
        balance.isEmpty() || next.totals(balance.get().unit()).level() == balance.get().level();
    if (sameLevel && entry.alerts().isEmpty()) {
      return changed; // As nearly always.
    }
    if (!sameLevel) {
      next = next.seenAt(balance.get().unit(), balance.get().level());
    }
    for (Alert alert : entry.alerts()) {
      if (alert instanceof Alert.TopUpRequested request) {
        next =
            next.with(
                TopUps.requested(
                    next.topUp(),
                    request,
                    entry.header().recordedAt(),
                    next.settings().timeZone()));
      }
    }
    return new Applied(next, changed.memos(), changed.grants());
  }

  private static void change(Draft draft, Change change) {
    switch (change) {
      case Change.Used used -> use(draft, used);
      case Change.Reserved reserved -> {
        draft.post(reserved.postings());
        draft.addReservation(reserved.reservation());
        draft.remember(Fate.HELD, Optional.empty());
      }
      case Change.Settled settled -> settle(draft, settled);
      case Change.Released released -> {
        draft.post(released.postings());
        draft.endReservation(released.reservation(), Fate.RELEASED, Optional.empty());
        draft.remember();
      }
      case Change.Lapsed lapsed -> {
        draft.post(lapsed.postings());
        draft.endReservation(lapsed.reservation(), Fate.EXPIRED, Optional.empty());
        draft.remember();
      }
      case Change.Reversed reversed -> reverse(draft, reversed);
      case Change.Granted granted -> {
        make(draft, granted.made(), granted.repayments(), granted.postings());
        granted.series().ifPresent(draft::putSeries);
        granted.topUp().ifPresent(draft::topUpGranted);
      }
      case Change.Voided voided -> {
        draft.post(voided.postings());
        // Of a grant that had expired nothing was taken, and its series goes on.
        if (voided.state() == GrantState.VOIDED) {
          draft.endSeriesAt(voided.grant());
        }
        draft.put(draft.grant(voided.grant()).in(voided.state()));
        draft.remember();
      }
      case Change.Adjusted adjusted -> {
        adjusted
            .made()
            .ifPresentOrElse(
                made -> make(draft, made, adjusted.repayments(), adjusted.postings()),
                () -> draft.post(adjusted.postings()));
        draft.remember();
      }
      case Change.Confirmed confirmed -> {
        draft.put(draft.grant(confirmed.grant()).in(confirmed.state()));
        draft.post(confirmed.postings());
        confirmed.repayments().forEach(draft::repay);
        draft.remember();
      }
      case Change.Cancelled cancelled -> cancel(draft, cancelled);
      case Change.Extended extended -> {
        draft.extend(extended.grant(), extended.expiresAt(), extended.metadata());
        draft.remember();
      }
      case Change.Reminded reminded -> {
        reminded.grant().ifPresentOrElse(draft::remind, draft::topUpReminded);
        draft.remember();
      }
      case Change.TopUpEnded ended -> {
        draft.topUpEnded(ended.outcome());
        draft.remember();
      }
      case Change.Configured configured -> {
        draft.configure(configured.settings(), configured.start());
        draft.remember();
      }
      case Change.BecameEffective effective -> {
        draft.put(draft.grant(effective.grant()).in(GrantState.OPEN));
        draft.post(effective.postings());
        effective.repayments().forEach(draft::repay);
        draft.remember();
      }
      case Change.Expired expired -> {
        draft.post(expired.postings());
        if (draft.grant(expired.grant()).state() == GrantState.PENDING) {
          draft.endSeriesOf(expired.grant());
        }
        draft.put(draft.grant(expired.grant()).in(GrantState.EXPIRED));
        draft.remember();
      }
      case Change.Renewed renewed -> renew(draft, renewed);
    }
  }

  private static void use(Draft draft, Change.Used used) {
    draft.post(used.postings());
    used.count().ifPresent(draft::count);
    draft.fallShort(used.unit().orElseThrow(), used.dimensions(), used.shortfall());
    draft.remember(
        Fate.NONE,
        Optional.of(
            new Spend(
                used.unit().orElseThrow(),
                used.dimensions(),
                Draft.paidBy(used.postings()),
                used.shortfall())));
  }

  private static void settle(Draft draft, Change.Settled settled) {
    draft.post(settled.postings());
    settled.count().ifPresent(draft::count);
    draft.fallShort(settled.unit().orElseThrow(), settled.dimensions(), settled.shortfall());
    draft.endReservation(
        settled.reservation(),
        Fate.SETTLED,
        Optional.of(
            new Spend(
                settled.unit().orElseThrow(),
                settled.dimensions(),
                Draft.paidBy(settled.postings()),
                settled.shortfall())));
    draft.remember();
  }

  private static void reverse(Draft draft, Change.Reversed reversed) {
    draft.post(reversed.postings());
    draft.cancelShortfall(
        reversed.unit().orElseThrow(),
        reversed.dimensions(),
        reversed.cancelled(),
        reversed.unrepaid());
    Credits fromUncovered = reversed.cancelled().amount().plus(reversed.unrepaid());
    draft.lessen(reversed.usage(), fromUncovered, reversed.amount().minus(fromUncovered));
    draft.remember();
  }

  private static void cancel(Draft draft, Change.Cancelled cancelled) {
    if (draft.grant(cancelled.grant()).state() == GrantState.PENDING) {
      draft.post(cancelled.postings());
      draft.put(draft.grant(cancelled.grant()).in(GrantState.VOIDED));
    }
    draft.endSeriesOf(cancelled.grant());
    draft.remember();
  }

  private static void renew(Draft draft, Change.Renewed renewed) {
    draft.make(renewed.made());
    renewed.rollover().ifPresent(draft::make);
    draft.post(renewed.postings());
    renewed.repayments().forEach(draft::repay);
    renewed.ended().ifPresent(old -> draft.put(draft.grant(old).in(GrantState.EXPIRED)));
    draft.endSeriesOf(renewed.series());
    renewed.next().ifPresent(draft::putSeries);
    draft.remember();
  }

  private static void make(
      Draft draft, NewGrant made, List<Repayment> repayments, List<Posting> postings) {
    draft.make(made);
    draft.post(postings);
    repayments.forEach(draft::repay);
  }
}
