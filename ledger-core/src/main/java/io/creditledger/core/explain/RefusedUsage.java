package io.creditledger.core.explain;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.account.PolicyInForce;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.Unit;
import java.util.List;
import java.util.Optional;

/**
 * What a usage or reservation found that was refused.
 *
 * @param grants all that the account carried, in burn order
 * @param policy what says what becomes of credits that no grant covers
 * @param balance at the time it was recorded
 */
public record RefusedUsage(List<GrantVerdict> grants, PolicyInForce policy, UnitBalance balance) {

  public RefusedUsage {
    grants = List.copyOf(grants);
  }

  /** What is asked for, and of what. */
  private record Asked(Dimensions dimensions, Charge charge) {}

  /**
   * What an input found in an account; empty if it asked for no credits.
   *
   * @param account as it was when the input was decided
   * @param catalog by which it was decided
   */
  public static Optional<RefusedUsage> of(Account account, Input input, Catalog catalog) {
    return asked(input.event())
        .map(
            asked -> {
              Unit unit = unit(asked, catalog);
              GrantVerdict.Need need =
                  new GrantVerdict.Need(unit, asked.dimensions(), input.occurredAt());
              return new RefusedUsage(
                  account.grants().stream()
                      .map(grant -> GrantVerdict.ofRefused(grant, need))
                      .toList(),
                  PolicyInForce.of(account, catalog, asked.dimensions()),
                  Balances.of(account, unit, input.recordedAt()));
            });
  }

  private static Optional<Asked> asked(LedgerEvent event) {
    if (event instanceof LedgerEvent.Usage usage) {
      return Optional.of(new Asked(usage.dimensions(), usage.charge()));
    }
    if (event instanceof LedgerEvent.Reserve reserve) {
      return Optional.of(new Asked(reserve.dimensions(), reserve.charge()));
    }
    return Optional.empty();
  }

  private static Unit unit(Asked asked, Catalog catalog) {
    Optional<Unit> named =
        asked.charge() instanceof Charge.Rated rated ? rated.unit() : Optional.empty();
    return named
        .or(() -> asked.dimensions().meter().flatMap(catalog::meter).map(Meter::unit))
        .orElse(catalog.defaultUnit());
  }
}
