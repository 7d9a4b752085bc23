package io.creditledger.stripe.mirror;

import io.creditledger.core.catalog.Price;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What Stripe is to be told next of a grant, by how it is in the ledger and what stands in Stripe.
 *
 * @param outlive how much longer than in the ledger a grant lives in Stripe: an invoice is
 *     finalised after its period's end, and only then takes the credits of a grant that ends with
 *     the period
 */
record MirrorPlan(Duration outlive) {

  private static final int MICRO_PLACES = 6;

  /**
   * The next step.
   *
   * @param price of one credit of the grant's unit
   * @param since from when on grants are mirrored whole; of an older one, what is left
   */
  MirrorStep next(
      LedgerGrant grant,
      Optional<Mirrored> known,
      Optional<Price> price,
      Instant since,
      Instant now) {
    return known.isPresent() ? follow(grant, known.get()) : begin(grant, price, since, now);
  }

  private MirrorStep begin(LedgerGrant grant, Optional<Price> price, Instant since, Instant now) {
    if (grant.fromStripe().isPresent()) {
      return new MirrorStep.Nothing("it was made of " + grant.fromStripe().get() + " of Stripe's");
    }
    if (grant.state() == GrantState.PENDING) {
      return new MirrorStep.Nothing("it waits to be confirmed");
    }
    if (grant.state().ended() || end(grant).filter(end -> !end.isAfter(now)).isPresent()) {
      return new MirrorStep.Nothing("it ended before it was mirrored");
    }
    if (!grant.scope().subscriptions().isEmpty()) {
      return new MirrorStep.CannotFollow(
          "it is limited to subscriptions, and Stripe limits credits to prices only");
    }
    if (price.isEmpty()) {
      return new MirrorStep.CannotFollow(
          "the catalog has no price for " + grant.unit() + ", so it is worth no money");
    }
    return create(grant, price.get(), since);
  }

  private MirrorStep create(LedgerGrant grant, Price price, Instant since) {
    Credits credits = grant.madeAt().isBefore(since) ? grant.remaining() : grant.granted();
    BigDecimal worth = worth(credits, price);
    Money value = Money.of(worth, price.currency(), RoundingMode.DOWN);
    if (value.minor() <= 0) {
      return new MirrorStep.CannotFollow(
          "it is worth "
              + worth.toPlainString()
              + " "
              + price.currency()
              + ", less than Stripe's"
              + " smallest unit");
    }
    BigDecimal lost = worth.subtract(value.major());
    return new MirrorStep.Create(
        value,
        end(grant),
        lost.signum() == 0
            ? ""
            : lost.stripTrailingZeros().toPlainString() + " " + price.currency());
  }

  /** What credits are worth in money, in the major unit. */
  static BigDecimal worth(Credits credits, Price price) {
    return BigDecimal.valueOf(credits.micros(), MICRO_PLACES).multiply(price.amount());
  }

  private MirrorStep follow(LedgerGrant grant, Mirrored known) {
    if (known.ended().isPresent()) {
      return new MirrorStep.Nothing(known.ended().get() + " in Stripe");
    }
    return switch (grant.state()) {
      case VOIDED -> new MirrorStep.VoidIt();
      // Stripe ends it by itself, unless the ledger has ended it before its time.
      case EXPIRED ->
          known.expiresAt().equals(end(grant)) && known.expiresAt().isPresent()
              ? new MirrorStep.Nothing("it ends in Stripe at " + known.expiresAt().get())
              : new MirrorStep.ExpireIt();
      case PENDING, SCHEDULED, OPEN -> keep(grant, known);
    };
  }

  private MirrorStep keep(LedgerGrant grant, Mirrored known) {
    if (!known.expiresAt().equals(end(grant))) {
      return new MirrorStep.MoveEnd(end(grant));
    }
    if (!known.granted().equals(grant.granted())) {
      return new MirrorStep.CannotFollow(
          "the ledger has granted "
              + grant.granted()
              + " "
              + grant.unit()
              + " by now; Stripe keeps the worth of "
              + known.granted()
              + ", since an amount cannot be changed there");
    }
    return new MirrorStep.Nothing(
        known.lost().isEmpty()
            ? "stands in Stripe with " + known.value()
            : "stands in Stripe with "
                + known.value()
                + ", rounded down: "
                + known.lost()
                + " of its worth is less than Stripe can count");
  }

  /** Its end in Stripe, which counts whole seconds. */
  private Optional<Instant> end(LedgerGrant grant) {
    return grant.expiresAt().map(end -> end.plus(outlive).truncatedTo(ChronoUnit.SECONDS));
  }
}
