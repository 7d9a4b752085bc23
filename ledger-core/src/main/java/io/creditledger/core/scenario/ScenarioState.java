package io.creditledger.core.scenario;

import io.creditledger.core.account.Balances;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One customer at an instant, in the terms in which scenarios state expectations. Sums are in the
 * catalog's default unit.
 */
public final class ScenarioState {

  private final View view;
  private final Catalog catalog;
  private final Instant at;
  private final UnitBalance balance;
  private final JournalFacts facts;

  private ScenarioState(View view, Catalog catalog, Instant at) {
    this.view = view;
    this.catalog = catalog;
    this.at = at;
    this.balance = Balances.of(view.account(), catalog.defaultUnit(), at);
    this.facts = JournalFacts.of(view.entries());
  }

  /** The state that a view shows. */
  public static ScenarioState of(View view, Catalog catalog, Instant at) {
    return new ScenarioState(view, catalog, at);
  }

  /** Left in grants that are effective and unexpired, less what is held; over all scopes. */
  public Credits available() {
    return balance.available();
  }

  /** What usage with these dimensions could reach. */
  public Credits availableFor(Dimensions dimensions) {
    Unit unit =
        dimensions.meter().flatMap(catalog::meter).map(Meter::unit).orElseGet(catalog::defaultUnit);
    return Balances.availableFor(view.account(), unit, dimensions, at);
  }

  /** Left and what is held together. */
  public Credits settled() {
    return balance.settled();
  }

  /** The total of open reservations. */
  public Credits held() {
    return balance.held();
  }

  /** Billed or owed, in total. */
  public Credits overage() {
    return balance.overage().plus(balance.overdraft());
  }

  /** What is available less what is billed or owed. */
  public Credits net() {
    return available().minus(overage());
  }

  /**
   * Left in a grant, less what is held: one not yet effective counts in full; one that waits to be
   * confirmed, has ended or was never made is zero.
   */
  public Credits left(GrantId id) {
    return view.account()
        .grant(id)
        .filter(grant -> grant.state() != GrantState.PENDING && !over(grant))
        .map(Grant::unheld)
        .orElse(Credits.ZERO);
  }

  /** Left in a grant that waits to be confirmed. */
  public Credits pending(GrantId id) {
    return view.account()
        .grant(id)
        .filter(grant -> grant.state() == GrantState.PENDING && !over(grant))
        .map(Grant::unheld)
        .orElse(Credits.ZERO);
  }

  private boolean over(Grant grant) {
    return grant.terms().expiresAt().filter(end -> !end.isAfter(at)).isPresent();
  }

  /** What has expired of a grant. */
  public Credits expired(GrantId id) {
    return facts.expired(id);
  }

  /** What has been voided of a grant. */
  public Credits forfeited(GrantId id) {
    return facts.forfeited(id);
  }

  /** How a grant ended: expired or voided; absent: it did not. */
  public Optional<GrantState> ended(GrantId id) {
    return facts.ended(id);
  }

  /** What each grant pays of a usage, net of reversals; grants that pay nothing are absent. */
  public Map<GrantId, Credits> applied(EventId usage) {
    return facts.applied(usage);
  }

  /** What of a usage was billed or owed, net of reversals. */
  public Credits overageOf(EventId usage) {
    return facts.overageOf(usage);
  }

  /** What was told so far, in order: each alert's type, and behind a space what it is about. */
  public List<String> alerts() {
    return view.entries().stream()
        .flatMap(entry -> entry.alerts().stream())
        .map(alert -> alert.type().wireName() + " " + detail(alert))
        .toList();
  }

  private static String detail(Alert alert) {
    return switch (alert) {
      case Alert.Low low -> low.available().toString();
      case Alert.Depleted depleted -> depleted.available().toString();
      case Alert.Recovered recovered -> recovered.available().toString();
      case Alert.ExpiringSoon soon -> soon.grant().value();
      case Alert.TopUpRequested requested -> requested.amount().toString();
      case Alert.TopUpPaused paused -> Integer.toString(paused.failures());
    };
  }

  /** How the balance stood when it was last looked at. */
  public AlertLevel level() {
    return balance.level();
  }

  /** How many entries the journal has. */
  public int entries() {
    return view.entries().size();
  }
}
