package io.creditledger.stripe.mapping;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.customer.CustomerLookup;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.payment.PaidGrant.PlanPart;
import io.creditledger.stripe.payment.Payments;
import io.creditledger.stripe.payment.PlanEnds;
import io.creditledger.stripe.period.BillingPeriod;
import io.creditledger.stripe.period.BillingPeriods;
import io.creditledger.stripe.rules.SubscriptionRule;
import io.creditledger.stripe.rules.SubscriptionRule.AtEnd;
import io.creditledger.stripe.rules.SubscriptionRule.OnPause;
import io.creditledger.stripe.usage.UsageFlush;
import io.creditledger.stripe.webhook.EventHandler;
import io.creditledger.stripe.webhook.Handled;
import io.creditledger.stripe.webhook.StripeEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * {@code customer.subscription.*}: its periods are kept, usage of a period that has ended is
 * hurried, and where it is over or paused its plans' grants end if the rules say so. A change of
 * plan needs nothing here: the new plan's invoice says what is granted and what it replaces.
 */
final class SubscriptionEvents implements EventHandler {

  private static final String DELETED = "customer.subscription.deleted";

  private final SubscriptionRule rule;
  private final SubscriptionReader subscriptions;
  private final CustomerLookup customers;
  private final UsageFlush usage;
  private final InstantSource clock;

  SubscriptionEvents(
      SubscriptionRule rule,
      SubscriptionReader subscriptions,
      CustomerLookup customers,
      UsageFlush usage,
      InstantSource clock) {
    this.rule = rule;
    this.subscriptions = subscriptions;
    this.customers = customers;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of(
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.paused",
        "customer.subscription.resumed",
        DELETED);
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    Subscription subscription = subscriptions.of(event);
    String stripeId =
        subscription
            .customer()
            .orElseThrow(() -> new CannotException("the subscription names no customer"));
    CustomerId customer = customers.customer(transaction, stripeId);
    List<BillingPeriod> periods = subscription.periods(customer);
    periods.forEach(period -> BillingPeriods.keep(transaction, period));
    turned(event, subscription).ifPresent(turn -> usage.flush(transaction, customer, turn));
    String ended =
        event.type().equals(DELETED)
            ? over(transaction, subscription, event)
            : changed(transaction, subscription, event);
    return new Handled.Done(
        (periods.size() + " periods of " + subscription.id() + " kept; " + ended).strip());
  }

  /** When a period ended by this event; empty if none did. */
  private static Optional<Instant> turned(StripeEvent event, Subscription subscription) {
    if (event.type().equals(DELETED)) {
      return subscription.endedAt();
    }
    boolean moved =
        StripeJson.time(event.before(), "current_period_start").isPresent()
            || StripeJson.items(event.before().path("items")).stream()
                .anyMatch(item -> StripeJson.time(item, "current_period_start").isPresent());
    return moved
        ? subscription.items().stream()
            .flatMap(item -> item.period().stream())
            .map(Subscription.Period::startsAt)
            .max(Instant::compareTo)
        : Optional.empty();
  }

  private String over(Handle transaction, Subscription subscription, StripeEvent event)
      throws InterruptedException {
    if (rule.atEnd() == AtEnd.KEEP) {
      return "its grants live till the end they have";
    }
    Instant at = subscription.endedAt().orElse(event.createdAt());
    return end(transaction, subscription, at, "is over", event.id());
  }

  private String changed(Handle transaction, Subscription told, StripeEvent event)
      throws InterruptedException {
    boolean mayPause =
        rule.onPause() == OnPause.VOID && told.collection() == Subscription.Collection.PAUSED;
    boolean mayLeave = rule.atEnd() == AtEnd.VOID && event.before().has("items");
    if (!mayPause && !mayLeave) {
      return "";
    }
    // It may have changed again since: how it is now decides.
    Optional<Subscription> now = subscriptions.now(told.id());
    if (now.isEmpty()) {
      return "";
    }
    if (mayPause && now.get().collection() == Subscription.Collection.PAUSED) {
      return end(transaction, now.get(), clock.instant(), "is paused", event.id());
    }
    return mayLeave && subscriptions.plans(now.get()).isEmpty()
        ? end(transaction, now.get(), clock.instant(), "sells no plan any more", event.id())
        : "";
  }

  /** Ends the grants of all plans that it sells or sold. */
  private String end(
      Handle transaction, Subscription subscription, Instant at, String what, String cause)
      throws InterruptedException {
    Set<String> plans = new HashSet<>(subscriptions.plans(subscription));
    Payments.grantsOfSubscription(transaction, subscription.id()).stream()
        .flatMap(grant -> grant.plan().stream())
        .map(PlanPart::plan)
        .forEach(plans::add);
    for (String plan : plans) {
      PlanEnds.keep(
          transaction,
          subscription.id(),
          plan,
          at,
          "subscription " + subscription.id() + " " + what,
          cause);
    }
    return PlanEnds.enforce(transaction, subscription.id(), cause, clock.instant());
  }
}
