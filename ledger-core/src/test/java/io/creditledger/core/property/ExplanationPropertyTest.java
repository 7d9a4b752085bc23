package io.creditledger.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.explain.Explanation;
import io.creditledger.core.explain.GrantVerdict;
import io.creditledger.core.explain.Pricing;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import org.junit.jupiter.api.Test;

/** Does every usage of any history explain itself? */
class ExplanationPropertyTest {

  private static final int HISTORIES = Integer.getInteger("ledger.histories", 10_000) / 20;
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final CustomerId CUSTOMER = new CustomerId("cus_1");

  @Test
  void what_grants_paid_and_what_none_covered_is_what_it_cost_and_no_able_grant_was_passed_over() {
    int explained = 0;
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      explained += explain(seed);
    }
    assertThat(explained).isGreaterThan(HISTORIES);
  }

  private static int explain(long seed) {
    Histories histories = new Histories(seed, CUSTOMER);
    HistoryRun run = new HistoryRun(seed, CUSTOMER, Mistake.NONE);
    int explained = 0;
    for (int i = 0; i < histories.length(); i++) {
      Account before = run.account();
      Step step = histories.next(before);
      assertThat(run.step(step)).as("seed %d", seed).isEmpty();
      if (run.account().sequence() > before.sequence()) {
        LedgerEntry entry = run.entries().getLast();
        if (Explanation.concerns(entry)) {
          check(seed, Explanation.of(before, entry, step.catalog()));
          explained++;
        }
      }
    }
    return explained;
  }

  private static void check(long seed, Explanation explanation) {
    Credits paid = Credits.ZERO;
    for (GrantVerdict verdict : explanation.grants()) {
      paid = paid.plus(verdict.paid());
      if (verdict.verdict() == GrantVerdict.Verdict.NOT_NEEDED) {
        assertThat(explanation.shortfall())
            .as("seed %d: %s of %s", seed, verdict, explanation.entry())
            .isEqualTo(Shortfall.NONE);
      }
    }
    Credits cost =
        switch (explanation.pricing()) {
          case Pricing.Metered metered -> {
            assertThat(metered.applied()).isNotNull();
            yield metered.credits();
          }
          case Pricing.Given given -> given.credits();
        };
    assertThat(paid.plus(explanation.shortfall().amount()))
        .as("seed %d: %s", seed, explanation.entry())
        .isEqualTo(cost);
    assertThat(explanation.after())
        .as("seed %d: %s", seed, explanation.entry())
        .isEqualTo(explanation.entry().balance().orElseThrow());
  }
}
