package io.creditledger.stripe.mapping;

import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.Schedule;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Activation;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.payment.PaidGrant;
import io.creditledger.stripe.payment.PaidGrant.PlanPart;
import io.creditledger.stripe.payment.PaidGrant.Role;
import io.creditledger.stripe.rules.AddOn;
import io.creditledger.stripe.rules.Metadata;
import io.creditledger.stripe.rules.StripeRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which grants a purchase asks for. Pure: the same purchase asks for the same, for ever. */
final class PurchaseOrders {

  /** What the ids of all grants that follow from Stripe begin with. */
  private static final String VERB = "stripe";

  private final Catalog catalog;
  private final StripeRules rules;

  PurchaseOrders(Catalog catalog, StripeRules rules) {
    this.catalog = catalog;
    this.rules = rules;
  }

  /**
   * The orders, in the order in which they are to be published.
   *
   * @throws CannotException if the catalog or the rules lack what was bought
   */
  List<Order> of(Purchase purchase) {
    if (purchase.metadata().containsKey(Metadata.TOP_UP)) {
      return List.of(topUp(purchase));
    }
    List<Order> orders = new ArrayList<>();
    Map<Meaning, Integer> seen = new HashMap<>();
    for (Bought one : Bought.joined(purchase.bought())) {
      int again = seen.merge(one.meaning(), 1, Integer::sum) - 1;
      switch (one.meaning()) {
        case Meaning.Plan plan -> orders.addAll(plan(purchase, one, plan.id(), again));
        case Meaning.AddOn addOn -> orders.add(addOn(purchase, one, addOn.name(), again));
        case Meaning.Nothing nothing -> {
          // Sold, but without credits.
        }
      }
    }
    return orders;
  }

  // Plans

  private List<Order> plan(Purchase purchase, Bought bought, String id, int again) {
    List<PlanOrder> grants =
        PlanOrder.all(
            catalog
                .plan(id)
                .orElseThrow(() -> new CannotException("the catalog has no plan \"" + id + "\"")),
            bought);
    List<Order> orders = new ArrayList<>();
    for (PlanOrder grant : grants) {
      GrantId grantId =
          grant.comesOnce()
              ? id(bought.requiredSubscription(), id, grant.place(), 0)
              : id(purchase.id(), id, grant.place(), again);
      LedgerEvent.IssueGrant event =
          event(
              purchase,
              grantId,
              times(grant.of().amount(), bought.pieces()),
              grant.of().unit(),
              grant.of().category(),
              grant.of().priority(),
              bought.startsAt(),
              grant.expiresAt(),
              new Scope(grant.of().meters(), grant.of().subscriptions()),
              grant.recurring(),
              details(purchase, grant.name(), costBasis(purchase, grant.paid())));
      orders.add(
          new Order(
              event,
              remembered(
                  purchase,
                  event,
                  Optional.of(
                      new PlanPart(bought.requiredSubscription(), id, grant.place(), Role.PERIOD)),
                  grant.firstEnd()),
              grant.rollover().map(rule -> carriedOver(rule, event, grant.firstEnd()))));
    }
    return orders;
  }

  /** The grant that carries over what was left, which burns first where all else is equal. */
  private static Order.CarriedOver carriedOver(
      Rollover rule, LedgerEvent.IssueGrant into, Optional<Instant> end) {
    Optional<Instant> expiresAt =
        rule.lifetime().map(life -> endOf(life, into.effectiveAt().orElseThrow())).or(() -> end);
    return new Order.CarriedOver(
        rule,
        new LedgerEvent.IssueGrant(
            new EventId(into.id() + "-rollover"),
            into.customer(),
            into.amount(),
            into.unit(),
            into.category(),
            into.priority(),
            into.effectiveAt(),
            expiresAt,
            into.scope(),
            Activation.AT_ONCE,
            Optional.empty(),
            new GrantDetails(into.details().name(), Optional.empty(), into.details().metadata()),
            Optional.empty(),
            Optional.empty(),
            Note.NONE));
  }

  private static GrantId id(String purchase, String thing, int place, int again) {
    String name = purchase + ":" + thing + ":" + place + (again == 0 ? "" : ":" + again);
    return new GrantId(DerivedIds.byDefault(VERB, name));
  }

  // What is bought once

  private Order addOn(Purchase purchase, Bought bought, String name, int again) {
    AddOn addOn = required(name);
    return once(
        purchase,
        id(purchase.id(), name, 0, again),
        addOn,
        times(addOn.credits(), bought.pieces()),
        addOn.unit().orElse(catalog.defaultUnit()),
        costBasis(purchase, BigDecimal.valueOf(Math.max(0, bought.paid()))));
  }

  /** Of a top-up the ledger has said how much; where and how long it counts, an add-on may say. */
  private Order topUp(Purchase purchase) {
    Map<String, String> metadata = purchase.metadata();
    Credits credits = Credits.parse(requiredMetadata(metadata, Metadata.CREDITS));
    Optional<AddOn> like = Optional.ofNullable(metadata.get(AddOn.METADATA)).map(this::required);
    Unit unit =
        Optional.ofNullable(metadata.get(Metadata.UNIT))
            .map(Unit::new)
            .or(() -> like.flatMap(AddOn::unit))
            .orElse(catalog.defaultUnit());
    return once(
        purchase,
        new GrantId(DerivedIds.byDefault(VERB, purchase.id() + ":top-up")),
        like.orElse(
            new AddOn(
                "Top-up",
                credits,
                Optional.of(unit),
                GrantTerms.PRIORITY_DEFAULT,
                Category.PAID,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty())),
        credits,
        unit,
        costBasis(purchase, BigDecimal.valueOf(purchase.total().minor())));
  }

  private Order once(
      Purchase purchase,
      GrantId id,
      AddOn addOn,
      Credits credits,
      Unit unit,
      Optional<CostBasis> costBasis) {
    Optional<Instant> expiresAt =
        addOn.lifetime().map(lifetime -> endOf(lifetime, purchase.paidAt()));
    LedgerEvent.IssueGrant event =
        event(
            purchase,
            id,
            credits,
            unit,
            addOn.category(),
            addOn.priority(),
            purchase.paidAt(),
            expiresAt,
            Scope.EVERYTHING,
            Optional.empty(),
            details(purchase, addOn.name(), costBasis));
    return new Order(
        event, remembered(purchase, event, Optional.empty(), expiresAt), Optional.empty());
  }

  private AddOn required(String name) {
    return Optional.ofNullable(rules.addOns().get(name))
        .orElseThrow(() -> new CannotException("the rules have no add-on \"" + name + "\""));
  }

  private static String requiredMetadata(Map<String, String> metadata, String key) {
    return Optional.ofNullable(metadata.get(key))
        .orElseThrow(() -> new CannotException("the metadata has no " + key));
  }

  // Of both

  private static LedgerEvent.IssueGrant event(
      Purchase purchase,
      GrantId id,
      Credits credits,
      Unit unit,
      Category category,
      int priority,
      Instant effectiveAt,
      Optional<Instant> expiresAt,
      Scope scope,
      Optional<Recurring> recurring,
      GrantDetails details) {
    return new LedgerEvent.IssueGrant(
        new EventId(id.value()),
        purchase.customer(),
        credits,
        Optional.of(unit),
        category,
        priority,
        Optional.of(effectiveAt),
        expiresAt,
        scope,
        Activation.AT_ONCE,
        recurring,
        details,
        Optional.ofNullable(purchase.metadata().get(Metadata.TOP_UP)).map(EventId::new),
        Optional.empty(),
        Note.NONE);
  }

  private static PaidGrant remembered(
      Purchase purchase,
      LedgerEvent.IssueGrant event,
      Optional<PlanPart> plan,
      Optional<Instant> expiresAt) {
    Instant effectiveAt = event.effectiveAt().orElseThrow();
    return new PaidGrant(
        purchase.customer(),
        event.grant(),
        purchase.id(),
        plan,
        event.grant(),
        effectiveAt,
        event.unit().orElseThrow(),
        event.amount(),
        effectiveAt,
        expiresAt);
  }

  private static GrantDetails details(
      Purchase purchase, String name, Optional<CostBasis> costBasis) {
    return new GrantDetails(
        Optional.of(name), costBasis, Map.of(Metadata.STRIPE_PAYMENT, purchase.id()));
  }

  /**
   * What was paid for a grant.
   *
   * @param minor in the currency's smallest unit; zero where nothing was paid for it
   */
  private static Optional<CostBasis> costBasis(Purchase purchase, BigDecimal minor) {
    if (minor.signum() <= 0) {
      return Optional.empty();
    }
    String currency = purchase.total().currency();
    BigDecimal major = minor.multiply(new Money(1, currency).major());
    return Optional.of(new CostBasis(new Quantity(major), currency));
  }

  private static Credits times(Credits credits, BigDecimal pieces) {
    try {
      return Credits.ofMicros(
          BigDecimal.valueOf(credits.micros()).multiply(pieces).longValueExact());
    } catch (ArithmeticException e) {
      throw new CannotException(credits + " credits times " + pieces + " cannot be counted");
    }
  }

  static Instant endOf(IsoPeriod lifetime, Instant from) {
    return Schedule.boundary(from, lifetime, ZoneOffset.UTC, 1);
  }
}
