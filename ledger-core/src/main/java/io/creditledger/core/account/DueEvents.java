package io.creditledger.core.account;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Series;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.reservation.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What time will bring about in an account: which events its timers must publish, and when. A timer
 * only proposes; the event it publishes is decided like any other.
 */
public final class DueEvents {

  /** An event and the instant from which it may be published. */
  public record Due(Instant at, LedgerEvent event) {}

  private DueEvents() {}

  /** When the account's next event is due; absent: nothing is to be waited for. */
  public static Optional<Instant> next(Account account, Catalog catalog) {
    return all(account, catalog).stream().map(Due::at).min(Comparator.naturalOrder());
  }

  /**
   * The events due at an instant, in the order in which they came due; of a recurring grant only
   * the next renewal, since the one after it depends on it.
   */
  public static List<Due> until(Account account, Catalog catalog, Instant now) {
    return all(account, catalog).stream()
        .filter(due -> !due.at().isAfter(now))
        .sorted(Comparator.comparing(Due::at))
        .toList();
  }

  private static List<Due> all(Account account, Catalog catalog) {
    List<Due> all = new ArrayList<>();
    CustomerId customer = account.customer();
    for (Series series : account.series()) {
      if (account
          .grant(series.current())
          .map(Grant::state)
          .filter(GrantState.PENDING::equals)
          .isEmpty()) {
        all.add(new Due(series.renewsAt(), renewal(customer, series)));
      }
    }
    Set<EndTold> told = new HashSet<>(account.reminded());
    for (Grant grant : account.grants()) {
      addDue(all, account, grant, catalog.limits().expiryGrace());
      reminder(account, catalog, grant, told).ifPresent(all::add);
    }
    for (Reservation reservation : account.reservations()) {
      all.add(
          new Due(
              reservation.expiresAt(),
              new LedgerEvent.ReservationExpiry(
                  DerivedIds.timer("lapse", reservation.id().value(), ""),
                  customer,
                  reservation.id())));
    }
    topUpTurn(account).ifPresent(all::add);
    return all;
  }

  private static void addDue(List<Due> all, Account account, Grant grant, Duration grace) {
    CustomerId customer = account.customer();
    GrantId id = grant.id();
    if (grant.state() == GrantState.SCHEDULED) {
      all.add(
          new Due(
              grant.terms().effectiveAt(),
              new LedgerEvent.GrantEffective(
                  DerivedIds.timer("effective", id.value(), ""), customer, id)));
    }
    Optional<Instant> end = grant.terms().expiresAt();
    if (end.isPresent() && !grant.state().ended() && !endsByRenewal(account, grant)) {
      all.add(
          new Due(
              end.get().plus(grace),
              new LedgerEvent.GrantExpiry(
                  DerivedIds.timer("expire", id.value(), "@" + end.get()),
                  customer,
                  id,
                  end.get())));
    }
  }

  /** Time to tell that a grant ends soon, where something is left of it and it was not told yet. */
  private static Optional<Due> reminder(
      Account account, Catalog catalog, Grant grant, Set<EndTold> told) {
    return remindAt(account, catalog, grant)
        .filter(at -> !told.contains(new EndTold(grant.id(), end(grant))))
        .map(
            at ->
                new Due(
                    at,
                    new LedgerEvent.Reminder(
                        DerivedIds.timer("remind", grant.id().value(), "@" + end(grant)),
                        account.customer(),
                        Optional.of(grant.id()))));
  }

  /** From when it is to be told that a grant ends; absent: not at all, as it is now. */
  static Optional<Instant> remindAt(Account account, Catalog catalog, Grant grant) {
    AlertRule rule = Watch.rule(account, catalog, grant.terms().unit());
    if (rule.expiringSoon().isEmpty()
        || grant.terms().expiresAt().isEmpty()
        || grant.state() != GrantState.OPEN
        || !grant.unheld().isPositive()) {
      return Optional.empty();
    }
    Instant at = end(grant).minus(rule.expiringSoon().get());
    Instant begin = grant.terms().effectiveAt();
    return Optional.of(at.isBefore(begin) ? begin : at);
  }

  private static Instant end(Grant grant) {
    return grant.terms().expiresAt().orElseThrow();
  }

  /** Time for a top-up rule that had to wait, where it would ask. */
  private static Optional<Due> topUpTurn(Account account) {
    return account
        .settings()
        .topUp()
        .flatMap(
            rule ->
                TopUps.turn(account, rule)
                    .filter(
                        turn ->
                            Balances.of(account, rule.unit(), turn)
                                    .available()
                                    .compareTo(rule.threshold())
                                < 0)
                    .map(
                        turn ->
                            new Due(
                                turn,
                                new LedgerEvent.Reminder(
                                    DerivedIds.timer("top-up", "", "@" + turn),
                                    account.customer(),
                                    Optional.empty()))));
  }

  /** A recurring grant that lives to its renewal is ended by it, so that its rest can go over. */
  private static boolean endsByRenewal(Account account, Grant grant) {
    return grant.state() != GrantState.PENDING
        && account.series().stream()
            .anyMatch(
                series ->
                    series.current().equals(grant.id())
                        && grant.terms().expiresAt().equals(Optional.of(series.renewsAt())));
  }

  private static LedgerEvent renewal(CustomerId customer, Series series) {
    long period = series.period() + 1;
    return new LedgerEvent.GrantRenewal(
        DerivedIds.timer("renew", series.id().value(), "#" + period),
        customer,
        series.id(),
        period);
  }
}
