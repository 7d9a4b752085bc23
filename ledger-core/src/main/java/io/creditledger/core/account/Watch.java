package io.creditledger.core.account;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be told of a change: it compares the level the account was last seen at with the one
 * it has now, so each crossing is told once, at the entry that crossed.
 *
 * @param balance after the change, at its new level
 */
record Watch(Optional<UnitBalance> balance, List<Alert> alerts) {

  private static final Watch NOTHING = new Watch(Optional.empty(), List.of());

  static Watch over(Case of, Change change, Account after) {
    if (change.unit().isEmpty()) {
      return NOTHING;
    }
    Unit unit = change.unit().get();
    UnitBalance balance = Balances.of(after, unit, of.recordedAt());
    AlertRule rule = rule(after, of.catalog(), unit);
    Credits available = balance.available();
    Credits bound = rule.lowBound(granted(of, after, unit, rule));
    AlertLevel before = after.totals(unit).level();
    AlertLevel now = level(before, available, bound);
    List<Alert> alerts = new ArrayList<>(0);
    if (now != before) {
      switch (now) {
        case UNFUNDED -> {}
        case LOW -> {
          if (before == AlertLevel.FINE) {
            alerts.add(new Alert.Low(unit, available, bound));
          }
        }
        case DEPLETED -> alerts.add(new Alert.Depleted(unit, available));
        case FINE -> {
          if (before != AlertLevel.UNFUNDED) {
            alerts.add(new Alert.Recovered(unit, available));
          }
        }
      }
    }
    expiring(change, after, unit).ifPresent(alerts::add);
    paused(change, after, unit).ifPresent(alerts::add);
    topUp(of, after, unit, available).ifPresent(alerts::add);
    return new Watch(Optional.of(balance.at(now)), alerts);
  }

  /** The customer's own rule, or else the catalog's. */
  static AlertRule rule(Account account, Catalog catalog, Unit unit) {
    AlertRule own = account.settings().alerts().get(unit);
    if (own != null) {
      return own;
    }
    UnitInfo info = catalog.units().get(unit);
    return info == null ? AlertRule.DEFAULT : info.alerts();
  }

  private static AlertLevel level(AlertLevel before, Credits available, Credits bound) {
    if (!available.isPositive()) {
      return before == AlertLevel.UNFUNDED ? AlertLevel.UNFUNDED : AlertLevel.DEPLETED;
    }
    return available.compareTo(bound) <= 0 ? AlertLevel.LOW : AlertLevel.FINE;
  }

  /** What the living grants granted; only counted where the rule asks for a share of it. */
  private static Credits granted(Case of, Account after, Unit unit, AlertRule rule) {
    Credits sum = Credits.ZERO;
    if (rule.lowShare().isPresent()) {
      for (Grant grant : after.grants()) {
        if (grant.terms().unit().equals(unit) && grant.burnsAt(of.recordedAt())) {
          sum = sum.plusAtMost(grant.granted());
        }
      }
    }
    return sum;
  }

  private static Optional<Alert> expiring(Change change, Account after, Unit unit) {
    if (!(change instanceof Change.Reminded reminded) || reminded.grant().isEmpty()) {
      return Optional.empty();
    }
    return after
        .grant(reminded.grant().get())
        .filter(grant -> grant.unheld().isPositive())
        .map(
            grant ->
                new Alert.ExpiringSoon(
                    unit, grant.id(), grant.unheld(), grant.terms().expiresAt().orElseThrow()));
  }

  private static Optional<Alert> paused(Change change, Account after, Unit unit) {
    if (!(change instanceof Change.TopUpEnded ended) || ended.outcome() == TopUpOutcome.CANCELLED) {
      return Optional.empty();
    }
    int failures = after.topUp().failures();
    return after
        .settings()
        .topUp()
        .filter(rule -> failures == rule.failuresMax())
        .map(rule -> new Alert.TopUpPaused(unit, failures));
  }

  private static Optional<Alert> topUp(Case of, Account after, Unit unit, Credits available) {
    Optional<TopUpRule> rule = after.settings().topUp().filter(one -> one.unit().equals(unit));
    if (rule.isEmpty()
        || available.compareTo(rule.get().threshold()) >= 0
        || !TopUps.mayAsk(after, rule.get(), of.recordedAt())) {
      return Optional.empty();
    }
    Credits amount = TopUps.amount(after, rule.get(), available, of.recordedAt());
    if (!amount.isPositive()) {
      return Optional.empty();
    }
    TopUpState state = after.topUp();
    EventId id = new EventId("top-up-" + (state.requests() + 1));
    return Optional.of(new Alert.TopUpRequested(unit, id, amount));
  }
}
