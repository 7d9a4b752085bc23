package io.creditledger.core.explain;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.account.PolicyInForce;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.RateChoice;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why one usage, reservation or settlement was decided as it was.
 *
 * @param entry what it became
 * @param grants all that the account carried before it, in burn order
 * @param shortfall what no grant covered
 * @param policy what says what becomes of that
 * @param before the balance before it, at the time it was recorded
 * @param after the balance after it
 */
public record Explanation(
    LedgerEntry entry,
    Pricing pricing,
    List<GrantVerdict> grants,
    Shortfall shortfall,
    PolicyInForce policy,
    UnitBalance before,
    UnitBalance after) {

  public Explanation {
    grants = List.copyOf(grants);
  }

  /** What three kinds of entries have in common. */
  private record Charged(
      Unit unit,
      Dimensions dimensions,
      Map<String, String> properties,
      Optional<Quantity> quantity,
      Credits credits,
      Shortfall shortfall) {}

  /** Whether there is anything to explain: the entry is of usage, a reservation or a settlement. */
  public static boolean concerns(LedgerEntry entry) {
    return charged(entry.change()).isPresent();
  }

  /**
   * The explanation of an entry that {@link #concerns} says yes to.
   *
   * @param before the account that it follows
   * @param catalog the one that the entry names
   * @throws IllegalArgumentException if there is nothing to explain, or they do not belong together
   */
  public static Explanation of(Account before, LedgerEntry entry, Catalog catalog) {
    Charged charged =
        charged(entry.change())
            .orElseThrow(() -> new IllegalArgumentException("nothing was charged by " + entry));
    if (!catalog.version().equals(entry.header().catalog())
        || before.sequence() + 1 != entry.header().sequence()) {
      throw new IllegalArgumentException(
          "entry "
              + entry.header().sequence()
              + ", decided by catalog "
              + entry.header().catalog()
              + ", does not follow entry "
              + before.sequence()
              + " by catalog "
              + catalog.version());
    }
    GrantVerdict.Need need =
        new GrantVerdict.Need(charged.unit(), charged.dimensions(), entry.header().occurredAt());
    return new Explanation(
        entry,
        pricing(entry, charged, catalog),
        before.grants().stream()
            .map(grant -> GrantVerdict.of(grant, need, moved(entry, grant)))
            .toList(),
        charged.shortfall(),
        PolicyInForce.of(before, catalog, charged.dimensions()),
        Balances.of(before, charged.unit(), entry.header().recordedAt()),
        entry.balance().orElseThrow());
  }

  private static Pricing pricing(LedgerEntry entry, Charged charged, Catalog catalog) {
    if (charged.quantity().isEmpty()) {
      return new Pricing.Given(charged.credits());
    }
    Meter meter = charged.dimensions().meter().flatMap(catalog::meter).orElseThrow();
    return new Pricing.Metered(
        meter,
        charged.quantity().get(),
        charged.credits(),
        RateChoice.of(meter, charged.properties(), entry.header().occurredAt()));
  }

  private static List<Posting> moved(LedgerEntry entry, Grant grant) {
    return entry.change().postings().stream()
        .filter(posting -> posting.grant().equals(grant.id()))
        .toList();
  }

  private static Optional<Charged> charged(Change change) {
    return switch (change) {
      case Change.Used used ->
          Optional.of(
              new Charged(
                  used.unit().orElseThrow(),
                  used.dimensions(),
                  used.properties(),
                  used.quantity(),
                  used.credits(),
                  used.shortfall()));
      case Change.Reserved reserved ->
          Optional.of(
              new Charged(
                  reserved.reservation().unit(),
                  reserved.reservation().dimensions(),
                  reserved.reservation().properties(),
                  reserved.reservation().quantity(),
                  reserved.reservation().credits(),
                  Shortfall.NONE));
      case Change.Settled settled ->
          Optional.of(
              new Charged(
                  settled.unit().orElseThrow(),
                  settled.dimensions(),
                  settled.properties(),
                  settled.quantity(),
                  settled.credits(),
                  settled.shortfall()));
      case Change.Released none -> Optional.empty();
      case Change.Lapsed none -> Optional.empty();
      case Change.Reversed none -> Optional.empty();
      case Change.Granted none -> Optional.empty();
      case Change.Voided none -> Optional.empty();
      case Change.Adjusted none -> Optional.empty();
      case Change.Confirmed none -> Optional.empty();
      case Change.Cancelled none -> Optional.empty();
      case Change.Extended none -> Optional.empty();
      case Change.Configured none -> Optional.empty();
      case Change.BecameEffective none -> Optional.empty();
      case Change.Reminded none -> Optional.empty();
      case Change.TopUpEnded none -> Optional.empty();
      case Change.Expired none -> Optional.empty();
      case Change.Renewed none -> Optional.empty();
    };
  }
}
