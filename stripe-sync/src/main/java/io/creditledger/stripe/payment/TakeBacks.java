package io.creditledger.stripe.payment;

import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Extent;
import io.creditledger.core.event.Note;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.client.NotNowException;
import io.creditledger.stripe.publish.Publications;
import io.creditledger.stripe.rules.SubscriptionRule.OnRefund;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes credits back where their money went back, in the same proportion: what is left of them, and
 * never what was used, which the ledger decides. What was taken is given back where the money comes
 * back, as far as the grant still lives. It follows from the claims that stand, not from the events
 * that told of them, so it comes to the same in whatever order they are told.
 */
public final class TakeBacks {

  private final OnRefund rule;
  private final InstantSource clock;

  /** Takes back as the rule says. */
  public TakeBacks(OnRefund rule, InstantSource clock) {
    this.rule = rule;
    this.clock = clock;
  }

  /**
   * Has a payment's grants be as its claims demand.
   *
   * @param cause what it follows from: the id of an event of Stripe's
   * @return what was asked of the ledger, in words; empty if nothing is to be
   * @throws NotNowException if credits are to be given back and it is not yet known how many were
   *     taken
   */
  public String enforce(Handle transaction, String paymentId, String cause) {
    OneAtATime.at(transaction, paymentId);
    Optional<Payment> payment = Payments.find(transaction, paymentId);
    if (payment.isEmpty()) {
      return "";
    }
    payment.get().paymentIntent().ifPresent(intent -> OneAtATime.at(transaction, intent));
    List<Claim> claims = Claims.on(transaction, payment.get());
    if (claims.isEmpty()) {
      return "";
    }
    if (rule == OnRefund.REPORT) {
      return "reported only, as the rules say";
    }
    Share share = Share.of(claims, payment.get().total().minor());
    StringBuilder said = new StringBuilder();
    for (PaidGrant grant : Payments.grantsOf(transaction, paymentId)) {
      said.append(enforce(transaction, grant, share.of(grant.amount()), claims.getFirst(), cause));
    }
    return said.toString().strip();
  }

  private String enforce(
      Handle transaction, PaidGrant grant, Credits target, Claim claim, String cause) {
    Corrections corrections = Corrections.of(transaction, grant);
    Credits more = target.minus(corrections.askedBack());
    if (more.isZero()) {
      return "";
    }
    if (more.isPositive()) {
      corrections.ask(transaction, target, more, claim.reason(), clock.instant());
      Publications.add(
          transaction,
          new LedgerEvent.VoidGrant(
              corrections.nextId(),
              grant.customer(),
              grant.grant(),
              new Extent.UpTo(more),
              Optional.empty(),
              note(claim)),
          cause,
          clock.instant());
      return " up to " + more + " of " + grant.grant() + " are void";
    }
    return giveBack(transaction, grant, target, claim, cause, corrections);
  }

  private String giveBack(
      Handle transaction,
      PaidGrant grant,
      Credits target,
      Claim claim,
      String cause,
      Corrections corrections) {
    Credits taken =
        corrections
            .done()
            .orElseThrow(
                () ->
                    new NotNowException(
                        "the ledger has not said yet how much of " + grant.grant() + " it took"));
    Credits back = taken.minus(target);
    if (!back.isPositive()) {
      corrections.settle(transaction, target);
      return "";
    }
    corrections.ask(transaction, target, back.negated(), claim.reason(), clock.instant());
    Publications.add(
        transaction,
        new LedgerEvent.Adjust(
            corrections.nextId(),
            grant.customer(),
            Optional.of(grant.grant()),
            back,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            note(claim)),
        cause,
        clock.instant());
    return " " + back + " of " + grant.grant() + " are given back";
  }

  private static Note note(Claim claim) {
    return new Note(Optional.of(claim.reason()), Optional.of("stripe"), Map.of());
  }
}
