package io.creditledger.core.account;

import io.creditledger.core.entry.Repayment;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.Move;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.List;

/** What a grant repays of overdraft when it begins to count (rule 9). */
final class Repayments {

  private Repayments() {}

  /**
   * What grants that count from now on repay, and the postings for it. Each repays only debts that
   * its scope covers.
   *
   * @param postings knows the grants
   */
  static List<Repayment> by(Case of, Postings postings, List<Grant> grants) {
    List<Repayment> repayments = new ArrayList<>();
    for (Grant grant : grants) {
      if (!grant.burnsAt(of.recordedAt())) {
        continue;
      }
      Credits left = grant.unheld();
      for (Debt debt : of.account().totals(grant.terms().unit()).debts()) {
        Credits owed = debt.outstanding().minus(repaid(repayments, debt));
        Credits part =
            grant.terms().scope().covers(debt.dimensions()) ? left.min(owed) : Credits.ZERO;
        if (part.isPositive()) {
          repayments.add(new Repayment(grant.id(), debt.dimensions(), part));
          postings.add(grant.id(), Move.CONSUME, part);
          left = left.minus(part);
        }
      }
    }
    return List.copyOf(repayments);
  }

  private static Credits repaid(List<Repayment> sofar, Debt debt) {
    Credits sum = Credits.ZERO;
    for (Repayment repayment : sofar) {
      if (repayment.dimensions().equals(debt.dimensions())) {
        sum = sum.plus(repayment.amount());
      }
    }
    return sum;
  }
}
