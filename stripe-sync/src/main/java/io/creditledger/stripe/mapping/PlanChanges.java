package io.creditledger.stripe.mapping;

import io.creditledger.stripe.payment.PaidGrant;
import io.creditledger.stripe.payment.PaidGrant.PlanPart;
import io.creditledger.stripe.payment.Payments;
import io.creditledger.stripe.payment.PlanEnds;
import io.creditledger.stripe.rules.SubscriptionRule.OnChange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * An upgrade or downgrade: once the new plan's credits are granted, what is left of the old plan's
 * is void, if the rules say so. An invoice shows it by giving back what was paid for the old one,
 * or the subscription by not selling it any more.
 */
final class PlanChanges {

  private final OnChange rule;
  private final PriceMeanings meanings;
  private final SubscriptionReader subscriptions;
  private final InstantSource clock;

  PlanChanges(
      OnChange rule,
      PriceMeanings meanings,
      SubscriptionReader subscriptions,
      InstantSource clock) {
    this.rule = rule;
    this.meanings = meanings;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  /**
   * Has old plans' grants end that a paid invoice replaces.
   *
   * @return what was asked of the ledger, in words; empty if nothing is to be
   */
  String replace(Handle transaction, Invoice invoice, Purchase purchase, String cause)
      throws InterruptedException {
    Set<String> subscribed =
        purchase.bought().stream()
            .flatMap(one -> one.subscription().stream())
            .collect(Collectors.toSet());
    StringBuilder said = new StringBuilder();
    for (String subscription : subscribed) {
      if (rule == OnChange.REPLACE) {
        givenBack(transaction, invoice, subscription, cause);
        soldNoMore(transaction, purchase, subscription, cause);
      }
      // An end may have been told before the grants that it ends.
      said.append(' ').append(PlanEnds.enforce(transaction, subscription, cause, clock.instant()));
    }
    return said.toString().strip();
  }

  private void givenBack(Handle transaction, Invoice invoice, String subscription, String cause)
      throws InterruptedException {
    for (InvoiceLine line : invoice.lines()) {
      if (line.kind() == InvoiceLine.Kind.CHANGE
          && line.amount() < 0
          && line.price().isPresent()
          && line.subscription().or(invoice::subscription).equals(Optional.of(subscription))
          && meanings.of(line.price().get(), line.product(), line.priceMetadata())
              instanceof Meaning.Plan plan) {
        end(transaction, subscription, plan.id(), line.startsAt(), cause);
      }
    }
  }

  private void soldNoMore(Handle transaction, Purchase purchase, String subscription, String cause)
      throws InterruptedException {
    Optional<Instant> from =
        purchase.bought().stream()
            .filter(one -> one.subscription().equals(Optional.of(subscription)))
            .filter(one -> one.meaning() instanceof Meaning.Plan)
            .map(Bought::startsAt)
            .min(Comparator.naturalOrder());
    if (from.isEmpty()) {
      return;
    }
    Set<String> old =
        Payments.grantsOfSubscription(transaction, subscription).stream()
            .filter(grant -> grant.since().isBefore(from.get()))
            .filter(grant -> outlives(grant, from.get()))
            .flatMap(grant -> grant.plan().stream())
            .map(PlanPart::plan)
            .collect(Collectors.toCollection(HashSet::new));
    purchase.bought().forEach(one -> remove(old, one.meaning()));
    if (old.isEmpty()) {
      return;
    }
    Optional<Subscription> now = subscriptions.now(subscription);
    if (now.isPresent()) {
      old.removeAll(subscriptions.plans(now.get()));
      old.forEach(plan -> end(transaction, subscription, plan, from.get(), cause));
    }
  }

  private static boolean outlives(PaidGrant grant, Instant instant) {
    return grant.expiresAt().filter(expiresAt -> !expiresAt.isAfter(instant)).isEmpty();
  }

  private static void remove(Set<String> plans, Meaning meaning) {
    switch (meaning) {
      case Meaning.Plan plan -> plans.remove(plan.id());
      case Meaning.AddOn addOn -> {}
      case Meaning.Nothing nothing -> {}
    }
  }

  private static void end(
      Handle transaction, String subscription, String plan, Instant at, String cause) {
    PlanEnds.keep(
        transaction,
        subscription,
        plan,
        at,
        "subscription " + subscription + " left plan " + plan,
        cause);
  }
}
