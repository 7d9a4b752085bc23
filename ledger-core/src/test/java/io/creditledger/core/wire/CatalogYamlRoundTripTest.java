package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Plan;
import io.creditledger.core.catalog.PlanGrant;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.Rate;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogYamlRoundTripTest {

  private static final int ROUNDS = 2_000;

  /** Pieces that some reader of JSON or YAML is known to trip over. */
  private static final List<String> PIECES =
      List.of(
          "a", "model", "m-large", " x", "\"", "\\", "'", "#", ": ", "- ", "{", "}", "[", "]", ",",
          "&", "*", "!", "|", ">", "%", "@", "`", "~", "null", "yes", "0x1F", "1e3", ".inf", "?",
          "é", "客", "😀", "\u00a0x", "\u2028x", "\ufeffx", "\ufffex", "\u200bx", "/", "$", "<<");

  private final JsonMapper jackson =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Test
  void readsBackWhateverItWrites() throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      // given
      Catalog catalog = new RandomCatalog(seed).catalog();

      // when
      String json = CatalogYaml.toJson(catalog);
      Catalog readBack = CatalogYaml.parse("catalog.json", json);

      // then
      assertThat(readBack).as("seed %d", seed).isEqualTo(catalog);
      assertThat(readBack.version()).as("seed %d", seed).isEqualTo(catalog.version());
      assertThat(CatalogYaml.toJson(readBack)).as("seed %d", seed).isEqualTo(json);
      JsonNode tree = jackson.readTree(json);
      assertThat(tree.get("version").textValue()).as("seed %d", seed).isEqualTo(catalog.version());
    }
  }

  @Test
  void readsBackWhatJacksonMakesOfIt() throws Exception {
    for (int seed = 0; seed < ROUNDS / 10; seed++) {
      // given
      Catalog catalog = new RandomCatalog(seed).catalog();

      // when
      String pretty =
          jackson
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(jackson.readTree(CatalogYaml.toJson(catalog)));

      // then
      assertThat(CatalogYaml.parse("catalog.json", pretty)).as("seed %d", seed).isEqualTo(catalog);
    }
  }

  private static final class RandomCatalog {

    private final Random random;
    private final List<Unit> units = new ArrayList<>();
    private final List<MeterName> meters = new ArrayList<>();

    RandomCatalog(long seed) {
      this.random = new Random(seed);
    }

    Catalog catalog() {
      Map<Unit, UnitInfo> unitInfos = new LinkedHashMap<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        Unit unit = new Unit("u" + i + piece());
        units.add(unit);
        unitInfos.put(unit, new UnitInfo(name(), text(), maybe(this::price)));
      }
      Map<MeterName, Meter> meterMap = new LinkedHashMap<>();
      for (int i = 0; i < random.nextInt(5); i++) {
        MeterName name = new MeterName("m" + i + piece());
        meters.add(name);
        meterMap.put(name, meter(name));
      }
      Map<String, Plan> plans = new LinkedHashMap<>();
      for (int i = 0; i < random.nextInt(3); i++) {
        plans.put("p" + i + piece(), plan("p" + i));
      }
      Map<String, Plan> named = new LinkedHashMap<>();
      plans.forEach(
          (id, plan) -> named.put(id, new Plan(id, plan.name(), plan.grants(), plan.limits())));
      return Catalog.of(pick(units), unitInfos, meterMap, named, policy(), limits());
    }

    private Meter meter(MeterName name) {
      List<Rate> rates = new ArrayList<>();
      for (int i = 0; i < random.nextInt(4); i++) {
        Map<String, String> match = new LinkedHashMap<>();
        match.put("rate" + i, text());
        match.put(name(), text());
        Quantity per = new Quantity(decimal().value().add(BigDecimal.ONE));
        rates.add(new Rate(maybe(this::instant), match, decimal().value(), per));
      }
      return new Meter(
          name,
          name(),
          text(),
          maybe(this::piece).map(piece -> name.value() + piece).orElse(name.value()),
          pick(List.of(Aggregation.values())),
          pick(units),
          rates,
          maybe(this::policy),
          maybe(this::name));
    }

    private Plan plan(String id) {
      List<PlanGrant> grants = Stream.generate(this::grant).limit(random.nextInt(3)).toList();
      Map<MeterName, UsageLimit> limits = new LinkedHashMap<>();
      meters.forEach(meter -> maybe(this::usageLimit).ifPresent(limit -> limits.put(meter, limit)));
      return new Plan(id, name(), grants, limits);
    }

    private PlanGrant grant() {
      return new PlanGrant(
          text(),
          Credits.ofMicros(1 + credits().micros() / 2),
          pick(units),
          random.nextInt(101),
          pick(List.of(Category.values())),
          maybe(this::recurrence),
          maybe(this::period),
          random.nextBoolean() ? meters : List.of(),
          random.nextBoolean() ? List.of(new SubscriptionId("s" + piece())) : List.of());
    }

    private Recurrence recurrence() {
      OptionalInt count =
          random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(100)) : OptionalInt.empty();
      return new Recurrence(period(), maybe(this::rollover), maybe(this::instant), count);
    }

    private Rollover rollover() {
      BigDecimal fraction = BigDecimal.valueOf(random.nextInt(1001), 3);
      return random.nextBoolean()
          ? new Rollover(Optional.of(credits()), Optional.empty(), maybe(this::period))
          : new Rollover(maybe(this::credits), Optional.of(fraction), maybe(this::period));
    }

    private UsageLimit usageLimit() {
      return switch (random.nextInt(3)) {
        case 0 -> UsageLimit.DISABLED;
        case 1 -> UsageLimit.UNLIMITED;
        default -> new UsageLimit.Limited(decimal(), pick(List.of(UsageLimit.Per.values())));
      };
    }

    private OverdraftPolicy policy() {
      Overdraft overdraft = pick(List.of(Overdraft.values()));
      return new OverdraftPolicy(
          overdraft, maybe(this::credits).filter(limit -> overdraft.mayBeLimited()));
    }

    private Limits limits() {
      Duration ttl = Duration.ofMillis(1 + random.nextInt(100_000_000));
      Duration age = Duration.ofSeconds(random.nextInt(10_000_000));
      return new Limits(
          age,
          Duration.ofMillis(random.nextInt(1_000_000)),
          Duration.ofNanos(random.nextInt(1_000_000)),
          ttl,
          ttl.plusSeconds(random.nextInt(1_000)),
          age.plusSeconds(random.nextInt(1_000)));
    }

    private Price price() {
      return new Price(decimal().value(), pick(List.of("usd", "eur", "jpy")));
    }

    private IsoPeriod period() {
      return IsoPeriod.parse(
          pick(List.of("P1M", "P1W", "P1D", "P1Y", "PT1H", "PT1H30M", "P1Y2M3D")));
    }

    private Instant instant() {
      return Instant.ofEpochSecond(random.nextInt(), random.nextInt(2) * 123_456_789L);
    }

    private Quantity decimal() {
      long digits = (random.nextLong() >>> 1) >> random.nextInt(63);
      return new Quantity(BigDecimal.valueOf(digits, 2 + random.nextInt(11)));
    }

    private Credits credits() {
      return Credits.ofMicros((random.nextLong() >>> 1) >> random.nextInt(63));
    }

    private String name() {
      return "n" + piece() + piece();
    }

    private String text() {
      return random.nextInt(5) == 0
          ? ""
          : piece() + (random.nextBoolean() ? "\n\t" : " ") + piece();
    }

    private String piece() {
      return pick(PIECES) + pick(List.of("x", "", "y")).repeat(random.nextInt(3)) + "z";
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
      return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
  }
}
