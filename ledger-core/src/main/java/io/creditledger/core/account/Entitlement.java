package io.creditledger.core.account;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.entry.Series;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.BurnDown;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a customer may use so much of a meter now: what {@code decide} would say of that usage,
 * with what a caller wants to know beside it. It holds nothing; whoever must not overspend
 * reserves.
 *
 * @param refusal why not; absent: allowed
 * @param cost in credits; absent where the meter cannot price it
 * @param available what this usage could burn
 * @param nextGrantAt when the next grant known by now will count
 * @param expiresNext when the first of the grants this usage could burn will end
 * @param limit where the customer's plan limits the meter
 */
public record Entitlement(
    Optional<Decision.Rejected> refusal,
    Unit unit,
    Optional<Credits> cost,
    Credits available,
    Optional<Instant> nextGrantAt,
    Optional<Instant> expiresNext,
    Optional<Limit> limit) {

  /**
   * Where a limited meter stands in the current period.
   *
   * @param allowed in each period
   * @param used of it, what reservations hold not included
   * @param left to be used, less what reservations hold; never negative
   * @param resetsAt when the next period begins
   */
  public record Limit(
      Quantity allowed, UsageLimit.Per per, Quantity used, Quantity left, Instant resetsAt) {}

  /** No usage has this id: it only stands in the question. */
  private static final EventId QUESTION = new EventId("entitlement");

  /** Asks on behalf of a usage with these dimensions, which must name a meter. */
  public static Entitlement of(
      Account account,
      Catalog catalog,
      Dimensions dimensions,
      Quantity quantity,
      Map<String, String> properties,
      Instant now) {
    LedgerEvent.Usage usage =
        new LedgerEvent.Usage(
            QUESTION,
            account.customer(),
            dimensions,
            new Charge.Metered(quantity),
            properties,
            Optional.empty(),
            Note.NONE);
    Input input = new Input(usage, new Position(Source.USAGE, 0, 0), now);
    Memory memory = carried(account);
    Case asked = new Case(account, memory, input, catalog);
    Optional<Credits> cost = cost(asked, usage);
    Unit unit =
        dimensions.meter().flatMap(catalog::meter).map(Meter::unit).orElse(catalog.defaultUnit());
    Optional<Decision.Rejected> refusal =
        switch (Ledger.decide(account, memory, input, catalog)) {
          case Decision.Accepted accepted -> Optional.empty();
          case Decision.Duplicate duplicate -> Optional.empty();
          case Decision.Rejected rejected -> Optional.of(rejected);
        };
    return new Entitlement(
        refusal,
        unit,
        cost,
        Balances.availableFor(account, unit, dimensions, now),
        nextGrantAt(account, unit, dimensions, now),
        expiresNext(account, unit, dimensions, now),
        dimensions.meter().flatMap(meter -> UsageCap.standing(asked, meter)));
  }

  /** Enough to decide by: a grant that the usage would empty has to be known to come to rest. */
  private static Memory carried(Account account) {
    return new Memory() {
      @Override
      public Optional<Memo> memo(EventId id) {
        return Optional.empty();
      }

      @Override
      public Optional<GrantRecord> grant(GrantId id) {
        return account.grant(id).map(grant -> new GrantRecord(grant, GrantDetails.NONE, 0));
      }
    };
  }

  private static Optional<Credits> cost(Case asked, LedgerEvent.Usage usage) {
    try {
      return switch (Price.of(asked, usage.dimensions(), usage.charge(), usage.properties())) {
        case Price.Of price -> Optional.of(price.credits());
        case Price.None none -> Optional.empty();
      };
    } catch (ArithmeticException e) {
      return Optional.empty(); // More than can be said; the decision refuses it for that.
    }
  }

  private static Optional<Instant> nextGrantAt(
      Account account, Unit unit, Dimensions dimensions, Instant now) {
    Stream<Instant> scheduled =
        account.grants().stream()
            .filter(grant -> grant.state() == GrantState.SCHEDULED)
            .filter(grant -> grant.terms().unit().equals(unit))
            .filter(grant -> grant.terms().scope().covers(dimensions))
            .map(grant -> grant.terms().effectiveAt());
    Stream<Instant> renewed =
        account.series().stream()
            .filter(series -> concerns(account, series, unit, dimensions))
            .map(Series::renewsAt);
    return Stream.concat(scheduled, renewed).filter(at -> at.isAfter(now)).min(Instant::compareTo);
  }

  private static boolean concerns(
      Account account, Series series, Unit unit, Dimensions dimensions) {
    return account
        .grant(series.current())
        .map(Grant::terms)
        .filter(terms -> terms.unit().equals(unit) && terms.scope().covers(dimensions))
        .isPresent();
  }

  private static Optional<Instant> expiresNext(
      Account account, Unit unit, Dimensions dimensions, Instant now) {
    return account.grants().stream()
        .filter(grant -> BurnDown.pays(grant, unit, dimensions, now))
        .filter(grant -> grant.unheld().isPositive())
        .flatMap(grant -> grant.terms().expiresAt().stream())
        .min(Instant::compareTo);
  }
}
