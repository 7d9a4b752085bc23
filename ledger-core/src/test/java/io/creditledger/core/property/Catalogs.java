package io.creditledger.core.property;

import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.Rate;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small catalogs that have one of each: rates by time and properties, ties, policies, limits. */
final class Catalogs {

  /** When every history begins; some rates change soon after. */
  static final Instant START = Instant.parse("2026-01-20T22:30:00Z");

  static final Unit GOODIES = new Unit("goodies");

  /** Has rates by model and by date, in packages of 1,000. */
  static final MeterName TOKENS = new MeterName("tokens");

  /** One piece is half a millionth: every odd quantity is a tie. */
  static final MeterName HALVES = new MeterName("halves");

  static final MeterName CALLS = new MeterName("calls");
  static final MeterName GPU = new MeterName("gpu");
  static final MeterName OWED = new MeterName("owed");
  static final MeterName FREE = new MeterName("free");
  static final MeterName PRICELESS = new MeterName("priceless");
  static final MeterName UNKNOWN = new MeterName("unknown");

  /** All that usage may name. */
  static final List<MeterName> METERS =
      List.of(TOKENS, HALVES, CALLS, GPU, OWED, FREE, PRICELESS, UNKNOWN);

  /** What histories start with, and may change to. */
  static final List<Catalog> ALL = all();

  private Catalogs() {}

  private static List<Catalog> all() {
    Map<MeterName, Meter> meters = new HashMap<>();
    for (Meter meter :
        List.of(
            tokens(),
            Meter.summing(HALVES, Unit.CREDITS, List.of(piece("0.0000005"))),
            new Meter(
                CALLS,
                "Calls",
                "",
                "calls.v1",
                Aggregation.COUNT,
                Unit.CREDITS,
                List.of(piece("0.25")),
                Optional.empty(),
                Optional.empty()),
            Meter.summing(GPU, GOODIES, List.of(rate("3.5", "1", Map.of("size", "xl"))))
                .withOverdraft(OverdraftPolicy.of(Overdraft.REJECT)),
            Meter.summing(OWED, Unit.CREDITS, List.of(piece("1")))
                .withOverdraft(OverdraftPolicy.of(Overdraft.CARRY, Credits.parse("60"))),
            Meter.summing(FREE, Unit.CREDITS, List.of(piece("0.1")))
                .withOverdraft(OverdraftPolicy.of(Overdraft.FORGIVE)),
            Meter.summing(PRICELESS, Unit.CREDITS, List.of()))) {
      meters.put(meter.name(), meter);
    }
    Map<Unit, UnitInfo> units = Map.of(Unit.CREDITS, UnitInfo.named("Credits"), GOODIES, goodies());
    Map<String, Plan> plans =
        Map.of(
            "plus",
            new Plan(
                "plus",
                "Plus",
                List.of(),
                Map.of(
                    CALLS, new UsageLimit.Limited(Quantity.of(3), UsageLimit.Per.DAY),
                    TOKENS, new UsageLimit.Limited(Quantity.of(30_000), UsageLimit.Per.MONTH))),
            "minus",
            new Plan(
                "minus",
                "Minus",
                List.of(),
                Map.of(
                    CALLS,
                    UsageLimit.DISABLED,
                    TOKENS,
                    new UsageLimit.Limited(Quantity.of(9_000), UsageLimit.Per.MONTH))));
    Catalog usual =
        Catalog.of(Unit.CREDITS, units, meters, plans, OverdraftPolicy.DEFAULT, Limits.DEFAULT);
    Catalog graceful =
        usual.withLimits(
            new Limits(
                Duration.ofDays(3),
                Duration.ofMinutes(1),
                Duration.ofHours(2),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofDays(10)));
    return List.of(
        usual,
        usual.withDefaultOverdraft(OverdraftPolicy.of(Overdraft.REJECT)),
        usual.withDefaultOverdraft(OverdraftPolicy.of(Overdraft.CARRY)),
        graceful,
        Catalog.of(
            GOODIES,
            Map.of(GOODIES, goodies(), Unit.CREDITS, UnitInfo.named("Credits")),
            meters,
            Map.of(),
            OverdraftPolicy.of(Overdraft.BILL, Credits.parse("100")),
            Limits.DEFAULT),
        Catalog.EMPTY);
  }

  private static UnitInfo goodies() {
    return new UnitInfo(
        "Goodies",
        "",
        Optional.empty(),
        new AlertRule(
            Optional.of(Credits.parse("5")),
            Optional.of(new BigDecimal("0.333")),
            Optional.of(Duration.ofDays(2))));
  }

  private static Meter tokens() {
    return Meter.summing(
        TOKENS,
        Unit.CREDITS,
        List.of(
            rate("0.75", "1000", Map.of()),
            rate("2.000125", "1000", Map.of("model", "large")),
            new Rate(
                Optional.of(START.plus(Duration.ofDays(3))),
                Map.of(),
                new BigDecimal("0.333333333333"),
                Quantity.of(1000)),
            rate("1", "3", Map.of("model", "large", "tier", "2"))));
  }

  private static Rate piece(String credits) {
    return Rate.perPiece(new BigDecimal(credits));
  }

  private static Rate rate(String credits, String per, Map<String, String> match) {
    return new Rate(Optional.empty(), match, new BigDecimal(credits), Quantity.parse(per));
  }
}
