package io.creditledger.core.property;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.NewAlertRule;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Amounts, names, periods and policies to make events from: few of each, so that they meet. */
final class Values {

  private static final List<SubscriptionId> SUBSCRIPTIONS =
      List.of(new SubscriptionId("sub_1"), new SubscriptionId("sub_2"));
  private static final List<String> PERIODS = List.of("P1M", "P1M", "P7D", "P1D", "PT36H", "P1Y");

  private final Dice dice;
  private final boolean huge;
  private final boolean simple;

  Values(Dice dice) {
    this.dice = dice;
    this.huge = dice.below(6) == 0;
    this.simple = dice.below(4) == 0;
  }

  Credits amount() {
    if (huge && dice.chance(25)) {
      return Credits.ofMicros(
          switch (dice.below(4)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MAX_VALUE / 2 + dice.below(3);
            case 2 -> Long.MAX_VALUE - dice.below(1000);
            default -> dice.below(Long.MAX_VALUE);
          });
    }
    return Credits.ofMicros(
        switch (dice.below(12)) {
          case 0 -> 1L + dice.below(3);
          case 1 -> 1L + dice.below(2_000_000);
          case 2 -> dice.chance(8) ? -dice.below(2) : 1;
          case 3, 4, 5 -> 1_000_000L * (1 + dice.below(5));
          case 6, 7 -> 10_000_000L * (1 + dice.below(5));
          default -> 1L + dice.below(100_000_000L);
        });
  }

  Quantity quantity() {
    return switch (dice.below(8)) {
      case 0 -> Quantity.parse("0.000000000001");
      case 1 -> new Quantity(BigDecimal.valueOf(dice.below(1_000_000_000_000_000L), 12));
      case 2 -> Quantity.of(huge ? 999_999_999_999_999_999L : 1);
      case 3 -> dice.chance(10) ? Quantity.of(-dice.below(2)) : Quantity.of(5);
      case 4 -> Quantity.of(1 + dice.below(9));
      default -> Quantity.of(1 + dice.below(20_000));
    };
  }

  Charge charge(Dimensions dimensions) {
    if (dice.chance(dimensions.meter().isPresent() ? 35 : 96)) {
      return new Charge.Rated(amount(), unit());
    }
    return dice.chance(20) ? new Charge.Counted() : new Charge.Metered(quantity());
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    if (dice.chance(40)) {
      properties.put("model", dice.chance(70) ? "large" : "small");
    }
    if (dice.chance(30)) {
      properties.put("tier", "2");
    }
    if (dice.chance(50)) {
      properties.put("size", "xl");
    }
    return properties;
  }

  Optional<Unit> unit() {
    if (simple || dice.chance(70)) {
      return Optional.empty();
    }
    return Optional.of(
        dice.chance(60)
            ? Catalogs.GOODIES
            : dice.chance(90) ? Unit.CREDITS : new Unit("unheard-of"));
  }

  Dimensions dimensions() {
    return new Dimensions(
        dice.chance(simple ? 80 : 45) ? Optional.empty() : Optional.of(dice.oneOf(Catalogs.METERS)),
        dice.chance(60) ? Optional.empty() : Optional.of(dice.oneOf(SUBSCRIPTIONS)));
  }

  Scope scope() {
    List<MeterName> meters = new ArrayList<>();
    List<SubscriptionId> subscriptions = new ArrayList<>();
    if (!simple && dice.chance(20)) {
      meters.add(dice.oneOf(Catalogs.METERS));
      if (dice.chance(40)) {
        meters.add(dice.oneOf(Catalogs.METERS));
      }
    }
    if (!simple && dice.chance(15)) {
      subscriptions.add(dice.oneOf(SUBSCRIPTIONS));
    }
    return new Scope(meters, subscriptions);
  }

  Map<Unit, NewAlertRule> alerts() {
    return dice.chance(70)
        ? Map.of()
        : Map.of(
            unit().orElse(Unit.CREDITS),
            dice.chance(20) ? new NewAlertRule.Catalogs() : new NewAlertRule.Own(alertRule()));
  }

  private AlertRule alertRule() {
    return new AlertRule(
        dice.chance(30) ? Optional.empty() : Optional.of(positive()),
        dice.chance(50)
            ? Optional.empty()
            : Optional.of(BigDecimal.valueOf(dice.below(1_000_001), 6)),
        dice.chance(40)
            ? Optional.empty()
            : Optional.of(dice.upTo(Duration.ofDays(20)).plusNanos(1)));
  }

  LedgerEvent.NewTopUp topUp() {
    return switch (dice.below(8)) {
      case 0 -> new LedgerEvent.NewTopUp.None();
      case 1, 2, 3, 4 -> new LedgerEvent.NewTopUp.Rule(topUpRule());
      default -> new LedgerEvent.NewTopUp.Unchanged();
    };
  }

  private TopUpRule topUpRule() {
    Credits threshold = dice.chance(50) ? positive() : Credits.ofMicros(Long.MAX_VALUE / 4);
    boolean fixed = dice.chance(60);
    return new TopUpRule(
        unit().orElse(Unit.CREDITS),
        threshold,
        fixed ? Optional.of(positive()) : Optional.empty(),
        fixed ? Optional.empty() : Optional.of(threshold.plusAtMost(positive())),
        dice.chance(40) ? Optional.empty() : Optional.of(positive()),
        dice.chance(40) ? Duration.ZERO : dice.upTo(Duration.ofDays(3)),
        1 + dice.below(3));
  }

  private Credits positive() {
    Credits amount = amount();
    return amount.isPositive() ? amount : Credits.parse("7");
  }

  Recurring recurring(Instant now) {
    Recurrence recurrence =
        new Recurrence(
            IsoPeriod.parse(dice.oneOf(PERIODS)),
            rollover(),
            dice.chance(20)
                ? Optional.of(now.plus(dice.upTo(Duration.ofDays(60))))
                : Optional.empty(),
            dice.chance(20) ? OptionalInt.of(1 + dice.below(4)) : OptionalInt.empty());
    Optional<Instant> anchor =
        dice.chance(70)
            ? Optional.empty()
            : Optional.of(
                dice.chance(50)
                    ? Instant.parse("2025-12-31T23:00:00Z")
                    : now.plus(dice.upTo(Duration.ofDays(20))));
    return new Recurring(
        recurrence,
        anchor,
        dice.chance(75)
            ? Optional.empty()
            : Optional.of(IsoPeriod.parse(dice.chance(50) ? "P10D" : "P2M")));
  }

  private Optional<Rollover> rollover() {
    Optional<Credits> cap = Optional.of(Credits.ofMicros(20_000_001L * dice.below(3)));
    return switch (dice.below(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new Rollover(cap, Optional.empty(), Optional.empty()));
      case 2 ->
          Optional.of(
              new Rollover(
                  Optional.empty(),
                  Optional.of(new BigDecimal("0.5")),
                  Optional.of(IsoPeriod.parse("P2M"))));
      default -> Optional.of(new Rollover(cap, Optional.of(BigDecimal.ONE), Optional.empty()));
    };
  }

  OverdraftPolicy policy() {
    Overdraft overdraft = dice.oneOf(List.of(Overdraft.values()));
    return overdraft.mayBeLimited() && dice.chance(50)
        ? OverdraftPolicy.of(overdraft, Credits.ofMicros(10_000_000L * dice.below(20)))
        : OverdraftPolicy.of(overdraft);
  }
}
