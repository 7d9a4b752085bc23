package io.creditledger.core.account;

import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.reservation.Reservation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold of an account after every entry (rule 17). That each grant's parts sum to what was
 * granted, and none is negative, is checked when a {@link Grant} is made; here is what concerns the
 * account as a whole.
 */
public final class Conservation {

  private Conservation() {}

  /** The first violation, in words; absent: all is well. */
  public static Optional<String> violation(Account account) {
    Map<GrantId, Credits> held = new HashMap<>();
    for (Reservation reservation : account.reservations()) {
      for (Allocation hold : reservation.holds()) {
        held.merge(hold.grant(), hold.amount(), Credits::plus);
      }
    }
    for (Grant grant : account.grants()) {
      Credits byReservations = held.getOrDefault(grant.id(), Credits.ZERO);
      if (!byReservations.equals(grant.held())) {
        return Optional.of(
            "grant "
                + grant.id()
                + " holds "
                + grant.held()
                + ", its reservations "
                + byReservations);
      }
      if (grant.atRest()) {
        return Optional.of("grant " + grant.id() + " is at rest and still carried");
      }
    }
    return Optional.empty();
  }
}
