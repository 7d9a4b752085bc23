package io.creditledger.core.account;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.BurnDown;
import io.creditledger.core.grant.Move;
import io.creditledger.core.money.Credits;
import java.util.List;
import java.util.Optional;

/** How usage is burned, and how it is undone. */
final class UsageRules {

  private UsageRules() {}

  static Decision use(Case of, LedgerEvent.Usage usage) {
    Optional<Decision> outOfTime = of.outOfTime();
    if (outOfTime.isPresent()) {
      return outOfTime.get();
    }
    return switch (Price.of(of, usage.dimensions(), usage.charge(), usage.properties())) {
      case Price.None none -> none.refusal();
      case Price.Of price -> burn(of, usage, price);
    };
  }

  private static Decision burn(Case of, LedgerEvent.Usage usage, Price.Of price) {
    Credits asked = price.credits();
    if (price.quantity().isEmpty() && !asked.isPositive()) {
      return of.rejected(Reason.AMOUNT_NOT_POSITIVE, "credits is not positive: " + asked);
    }
    return switch (UsageCap.of(of, usage.dimensions(), price.quantity())) {
      case UsageCap.Exceeded exceeded -> exceeded.refusal();
      case UsageCap.Fits fits -> burn(of, usage, price, fits.count());
    };
  }

  private static Decision burn(
      Case of, LedgerEvent.Usage usage, Price.Of price, Optional<MeterCount> count) {
    Credits asked = price.credits();
    BurnDown burnDown =
        BurnDown.draw(
            of.account().grants(), price.unit(), usage.dimensions(), of.occurredAt(), asked);
    return switch (Beyond.grants(
        of, price.unit(), usage.dimensions(), asked, burnDown.uncovered())) {
      case Beyond.Refused refused -> refused.refusal();
      case Beyond.Allowed allowed ->
          of.accept(
              new Change.Used(
                  usage.dimensions(),
                  usage.properties(),
                  price.quantity(),
                  asked,
                  Optional.of(price.unit()),
                  new Postings(of).addAll(burnDown.allocations(), Move.CONSUME).list(),
                  allowed.shortfall(),
                  count));
    };
  }

  static Decision reverse(Case of, LedgerEvent.Reverse reverse) {
    Optional<Spend> spend = of.remembered(reverse.usage()).flatMap(Memo::spend);
    if (spend.isEmpty()) {
      return of.rejected(Reason.USAGE_UNKNOWN, "no usage \"" + reverse.usage() + "\"");
    }
    if (reverse.amount().isPresent() && !reverse.amount().get().isPositive()) {
      return of.rejected(
          Reason.AMOUNT_NOT_POSITIVE, "amount is not positive: " + reverse.amount().get());
    }
    Credits left = spend.get().total();
    Credits amount = reverse.amount().orElse(left);
    if (amount.compareTo(left) > 0 || left.isZero()) {
      return of.rejected(
          Reason.REVERSAL_EXCEEDS_USAGE,
          "asked for "
              + amount
              + " of usage \""
              + reverse.usage()
              + "\", of which "
              + left
              + " is not yet reversed");
    }
    return undo(of, reverse, spend.get(), amount);
  }

  private static Decision undo(Case of, LedgerEvent.Reverse reverse, Spend spend, Credits amount) {
    Shortfall.Kind kind = spend.uncovered().kind();
    Credits fromUncovered = amount.min(spend.uncovered().amount());
    Credits unrepaid = Credits.ZERO;
    Postings postings = new Postings(of);
    if (kind == Shortfall.Kind.OVERDRAFT) {
      Debt debt =
          of.account()
              .totals(spend.unit())
              .debt(spend.dimensions())
              .orElseGet(() -> Debt.none(spend.dimensions()));
      unrepaid = fromUncovered.minus(fromUncovered.min(debt.outstanding()));
      List<Allocation> repaid = debt.lastRepaid(unrepaid);
      if (sum(repaid).compareTo(unrepaid) < 0) {
        return of.rejected(
            Reason.REVERSAL_EXCEEDS_USAGE,
            "the grants that repaid usage \"" + reverse.usage() + "\" are no longer known");
      }
      repaid.forEach(part -> postings.giveBack(part.grant(), part.amount()));
    }
    Credits toReturn = amount.minus(fromUncovered);
    List<Allocation> lastFirst = spend.allocations().reversed();
    for (Allocation part : lastFirst) {
      Credits back = toReturn.min(part.amount());
      postings.giveBack(part.grant(), back);
      toReturn = toReturn.minus(back);
    }
    return of.accept(
        new Change.Reversed(
            reverse.usage(),
            spend.dimensions(),
            amount,
            Shortfall.of(kind, fromUncovered.minus(unrepaid)),
            unrepaid,
            Optional.of(spend.unit()),
            postings.list()));
  }

  private static Credits sum(List<Allocation> parts) {
    Credits sum = Credits.ZERO;
    for (Allocation part : parts) {
      sum = sum.plus(part.amount());
    }
    return sum;
  }
}
