package io.creditledger.cli.demo;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who the demo's customers are and what they have: everybody a plan's monthly credits, every third
 * an add-on that lives a year, every tenth a small promotion that ends while usage flows. Some have
 * a task running, and one gets a part of the add-on refunded.
 */
final class DemoCustomers {

  /** How many there are. */
  static final int COUNT = 200;

  /** The grant that ends while usage flows. */
  static final GrantId PROMOTION = new GrantId("promotion");

  /** How long promotions live: less than the demo runs. */
  private static final Duration PROMOTION_LIFE = Duration.ofSeconds(6);

  /** Usage may be reported late: what happened just before the month began is covered too. */
  private static final Duration REPORTED_LATE = Duration.ofDays(1);

  private static final Credits PLAN = Credits.parse("3900");
  private static final Credits ADD_ON = Credits.parse("750");
  private static final Credits PROMOTIONAL = Credits.parse("250");
  private static final Credits TASK = Credits.parse("75");
  private static final Credits TASK_COST = Credits.parse("40.25");
  private static final Credits REFUND = Credits.parse("250");

  /** A customer late in the ranks, whose add-on is untouched. */
  private static final int REFUNDED = 149;

  private final List<CustomerId> ids = new ArrayList<>(COUNT);

  DemoCustomers() {
    for (int i = 1; i <= COUNT; i++) {
      ids.add(new CustomerId(String.format(Locale.ROOT, "cus_%03d", i)));
    }
  }

  CustomerId id(int customer) {
    return ids.get(customer);
  }

  List<CustomerId> ids() {
    return ids;
  }

  /** What is granted for longer. */
  List<LedgerEvent> grants(Instant now) {
    List<LedgerEvent> grants = new ArrayList<>();
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    Instant monthBegins = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant monthEnds = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant yearEnds = now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    for (int i = 0; i < COUNT; i++) {
      grants.add(
          grant(
              i,
              "plan-" + month,
              PLAN,
              Category.PAID,
              10,
              monthBegins.minus(REPORTED_LATE),
              monthEnds,
              details("Plus plan, " + month, Optional.of(new CostBasis(Quantity.of(39), "usd")))));
      if (hasAddOn(i)) {
        grants.add(
            grant(
                i,
                "add-on",
                ADD_ON,
                Category.PAID,
                20,
                now.minus(REPORTED_LATE),
                yearEnds,
                details("Add-on", Optional.of(new CostBasis(Quantity.of(50), "usd")))));
      }
    }
    return grants;
  }

  /** What is granted just before usage flows, and ends while it does. */
  List<LedgerEvent> promotions(Instant now) {
    List<LedgerEvent> promotions = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      if (hasPromotion(i)) {
        promotions.add(
            grant(
                i,
                PROMOTION.value(),
                PROMOTIONAL,
                Category.PROMOTIONAL,
                5,
                now.minus(REPORTED_LATE),
                now.plus(PROMOTION_LIFE),
                details("Launch week", Optional.empty())));
      }
    }
    return promotions;
  }

  /** What else happens: tasks that hold credits, one of them done, and a refund. */
  List<LedgerEvent> asides() {
    List<LedgerEvent> asides = new ArrayList<>();
    for (int i = 1; i < COUNT; i += 40) {
      asides.add(
          new LedgerEvent.Reserve(
              new EventId("task-" + (i + 1)),
              ids.get(i),
              Dimensions.NONE,
              new Charge.Rated(TASK, Optional.empty()),
              Map.of(),
              new LedgerEvent.Lifetime.Default(),
              Optional.empty(),
              Note.NONE));
    }
    asides.add(
        new LedgerEvent.Settle(
            new EventId("task-2-done"),
            ids.get(1),
            new EventId("task-2"),
            Optional.of(new Charge.Rated(TASK_COST, Optional.empty())),
            Map.of(),
            Optional.empty(),
            Note.NONE));
    return asides;
  }

  /** The refund: a correction, which comes by the topic of grants. */
  LedgerEvent refund() {
    return new LedgerEvent.VoidGrant(
        new EventId("refund-1"),
        ids.get(REFUNDED),
        new GrantId("add-on"),
        new LedgerEvent.Extent.Exactly(REFUND),
        Optional.empty(),
        new Note(Optional.of("a third of the add-on given back"), Optional.empty(), Map.of()));
  }

  /** What the asides use, in millionths of a credit. */
  static long asidesMicros() {
    return TASK_COST.micros();
  }

  /** Those whose promotion ends during the demo. */
  List<CustomerId> withPromotion() {
    List<CustomerId> some = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      if (hasPromotion(i)) {
        some.add(ids.get(i));
      }
    }
    return some;
  }

  /** A few that show everything there is: the busiest, an ended promotion, a hold, a refund. */
  List<CustomerId> samples() {
    return List.of(ids.get(0), ids.get(1), ids.get(9), ids.get(59), ids.get(REFUNDED));
  }

  private static boolean hasAddOn(int customer) {
    return customer % 3 == 2;
  }

  private static boolean hasPromotion(int customer) {
    return customer % 10 == 9;
  }

  private static GrantDetails details(String name, Optional<CostBasis> cost) {
    return new GrantDetails(Optional.of(name), cost, Map.of());
  }

  private LedgerEvent grant(
      int customer,
      String id,
      Credits amount,
      Category category,
      int priority,
      Instant effectiveAt,
      Instant expiresAt,
      GrantDetails details) {
    return new LedgerEvent.IssueGrant(
        new EventId(id),
        ids.get(customer),
        amount,
        Optional.empty(),
        category,
        priority,
        Optional.of(effectiveAt),
        Optional.of(expiresAt),
        Scope.EVERYTHING,
        LedgerEvent.Activation.AT_ONCE,
        Optional.empty(),
        details,
        Optional.empty(),
        Optional.empty(),
        Note.NONE);
  }
}
