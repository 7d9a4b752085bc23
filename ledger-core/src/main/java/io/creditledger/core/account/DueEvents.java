package io.creditledger.core.account;

import io.creditledger.core.catalog.Limits;
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
import java.util.List;
import java.util.Optional;

/**
 * What time will bring about in an account: which events its timers must publish, and when. A timer
 * only proposes; the event it publishes is decided like any other.
 */
public final class DueEvents {

  /** An event and the instant from which it may be published. */
  public record Due(Instant at, LedgerEvent event) {}

  private DueEvents() {}

  /** When the account's next event is due; absent: nothing is to be waited for. */
  public static Optional<Instant> next(Account account, Limits limits) {
    return all(account, limits).stream().map(Due::at).min(Comparator.naturalOrder());
  }

  /**
   * The events due at an instant, in the order in which they came due; of a recurring grant only
   * the next renewal, since the one after it depends on it.
   */
  public static List<Due> until(Account account, Limits limits, Instant now) {
    return all(account, limits).stream()
        .filter(due -> !due.at().isAfter(now))
        .sorted(Comparator.comparing(Due::at))
        .toList();
  }

  private static List<Due> all(Account account, Limits limits) {
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
    for (Grant grant : account.grants()) {
      addDue(all, account, grant, limits.expiryGrace());
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
