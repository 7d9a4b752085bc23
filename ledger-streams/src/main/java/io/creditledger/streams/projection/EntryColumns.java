package io.creditledger.streams.projection;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of the table {@code entry} say of an entry's change, so that it can be searched
 * and summed.
 *
 * @param usage the usage or reservation that it is about
 * @param credits what usage cost; absent where it is no usage
 * @param amount how much it is about where it is no usage
 * @param beyond what no grant covers, by what becomes of it; negative where it is cancelled
 * @param repaid overdraft that grants repaid, less what is taken back of it
 */
record EntryColumns(
    Optional<String> usage,
    Dimensions dimensions,
    Map<String, String> properties,
    Optional<Quantity> quantity,
    Optional<Credits> credits,
    Optional<Credits> amount,
    Map<Shortfall.Kind, Credits> beyond,
    Optional<Credits> repaid) {

  private static final EntryColumns EMPTY =
      new EntryColumns(
          Optional.empty(),
          Dimensions.NONE,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty());

  static EntryColumns of(LedgerEntry entry) {
    return switch (entry.change()) {
      case Change.Used used ->
          EMPTY
              .about(entry.header().id().value(), used.dimensions())
              .used(used.credits(), used.quantity(), used.properties())
              .beyondGrants(used.shortfall());
      case Change.Settled settled ->
          EMPTY
              .about(settled.reservation().value(), settled.dimensions())
              .used(settled.credits(), settled.quantity(), settled.properties())
              .beyondGrants(settled.shortfall());
      case Change.Reserved reserved ->
          EMPTY
              .about(reserved.reservation().id().value(), reserved.reservation().dimensions())
              .asking(reserved.reservation().quantity(), reserved.reservation().properties())
              .amounting(reserved.reservation().credits());
      case Change.Released released -> EMPTY.about(released.reservation().value(), Dimensions.NONE);
      case Change.Lapsed lapsed -> EMPTY.about(lapsed.reservation().value(), Dimensions.NONE);
      case Change.Reversed reversed ->
          EMPTY
              .about(reversed.usage().value(), reversed.dimensions())
              .amounting(reversed.amount())
              .cancelling(reversed.cancelled(), reversed.unrepaid());
      case Change.Granted granted ->
          EMPTY.amounting(granted.made().grant().granted()).repaying(granted.repayments());
      case Change.Voided voided -> EMPTY.amounting(voided.amount());
      case Change.Adjusted adjusted ->
          EMPTY.amounting(adjusted.amount()).repaying(adjusted.repayments());
      case Change.Confirmed confirmed -> EMPTY.repaying(confirmed.repayments());
      case Change.BecameEffective effective -> EMPTY.repaying(effective.repayments());
      case Change.Expired expired -> EMPTY.amounting(expired.amount());
      case Change.Renewed renewed ->
          EMPTY.amounting(renewed.made().grant().granted()).repaying(renewed.repayments());
      case Change.Cancelled cancelled -> EMPTY;
      case Change.Extended extended -> EMPTY;
      case Change.Configured configured -> EMPTY;
      case Change.Reminded reminded -> EMPTY;
      case Change.TopUpEnded ended -> EMPTY;
    };
  }

  /** What no grant covers of that kind; absent if there is nothing of it. */
  Optional<Credits> beyond(Shortfall.Kind kind) {
    return Optional.ofNullable(beyond.get(kind));
  }

  private EntryColumns about(String id, Dimensions of) {
    return new EntryColumns(
        Optional.of(id), of, properties, quantity, credits, amount, beyond, repaid);
  }

  private EntryColumns used(
      Credits cost, Optional<Quantity> measured, Map<String, String> described) {
    return new EntryColumns(
        usage, dimensions, described, measured, Optional.of(cost), amount, beyond, repaid);
  }

  private EntryColumns asking(Optional<Quantity> measured, Map<String, String> described) {
    return new EntryColumns(
        usage, dimensions, described, measured, credits, amount, beyond, repaid);
  }

  private EntryColumns amounting(Credits much) {
    return new EntryColumns(
        usage, dimensions, properties, quantity, credits, Optional.of(much), beyond, repaid);
  }

  private EntryColumns beyondGrants(Shortfall shortfall) {
    return shortfall.amount().isZero() ? this : with(shortfall.kind(), shortfall.amount());
  }

  /** Overdraft that had been repaid is undone as such, and so is its repayment. */
  private EntryColumns cancelling(Shortfall cancelled, Credits unrepaid) {
    if (unrepaid.isPositive()) {
      return with(Shortfall.Kind.OVERDRAFT, cancelled.amount().plus(unrepaid).negated())
          .repaid(unrepaid.negated());
    }
    return cancelled.amount().isZero()
        ? this
        : with(cancelled.kind(), cancelled.amount().negated());
  }

  private EntryColumns with(Shortfall.Kind kind, Credits signed) {
    return new EntryColumns(
        usage, dimensions, properties, quantity, credits, amount, Map.of(kind, signed), repaid);
  }

  private EntryColumns repaying(List<Repayment> repayments) {
    if (repayments.isEmpty()) {
      return this;
    }
    Credits sum = Credits.ZERO;
    for (Repayment repayment : repayments) {
      sum = sum.plus(repayment.amount());
    }
    return repaid(sum);
  }

  private EntryColumns repaid(Credits signed) {
    return new EntryColumns(
        usage, dimensions, properties, quantity, credits, amount, beyond, Optional.of(signed));
  }
}
