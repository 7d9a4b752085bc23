package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogYamlTest {

  private static final MeterName TOKENS = new MeterName("llm.input_tokens");
  private static final MeterName TASKS = new MeterName("agent.task");
  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

  /** The example of the class's documentation. */
  private static final String WHOLE =
      """
      default_unit: credits         # may be left out with one unit, or with one of this name
      units:                        # may be left out: then there is the default unit alone
        credits:
          name: Credits
          description: What agents run on.
          price: {amount: "0.01", currency: usd}

      meters:                       # by name; or a list of meters, each with its name in `name`
        llm.input_tokens:           #   and what people are shown in `display_name`
          name: Input tokens
          description: Text that a model reads.
          event_name: llm.input_tokens          # the CloudEvents type; default: the meter's name
          aggregation: sum                      # or count: each event is 1; default: sum
          unit: credits                         # default: the default unit
          quantity_unit: token
          overdraft: {policy: reject}           # default: the catalog's, below
          rates:                                # closest match first, then the latest
            - {credits: "0.5", per: 1000}
            - {credits: "2", per: 1000, match: {model: m-large}, effective_from: 2026-12-01T00:00:00Z}
        agent.task:
          aggregation: count
          credits: "3.5"                        # short for one rate, with `per` where it is not 1

      plans:
        plus:
          name: Plus
          grants:
            - name: Plus plan
              amount: "3900"
              unit: credits
              priority: 10                      # 0 to 100, lower burns first; default: 50
              category: paid                    # or promotional; default: paid
              every: P1M                        # P1Y, P1M, P1W, P1D, PT1H …; default: once
              rollover: {cap: "100", fraction: "0.5", lifetime: P1M}
              until: 2028-01-01T00:00:00Z
              count: 12
              expires_after: P1M
              scope: {meters: [llm.input_tokens], subscriptions: [sub_1]}
          limits:
            agent.task: {limited: 100, per: day}    # or per: month; or disabled; or unlimited

      overdraft: {policy: bill, limit: "100"}   # bill, carry, reject, forgive; default: bill
      limits: {usage_max_age: P35D, usage_max_ahead: PT5M, expiry_grace: PT0S,
               reservation_ttl: PT15M, reservation_ttl_max: PT24H, id_retention: P35D}
      """;

  @Test
  void readsEveryField() {
    // when
    Catalog catalog = parse(WHOLE);

    // then
    assertThat(catalog)
        .isEqualTo(
            Catalog.of(
                Unit.CREDITS,
                Map.of(
                    Unit.CREDITS,
                    new UnitInfo(
                        "Credits",
                        "What agents run on.",
                        Optional.of(new Price(new BigDecimal("0.01"), "usd")))),
                Map.of(TOKENS, tokens(), TASKS, tasks()),
                Map.of("plus", plus()),
                OverdraftPolicy.of(Overdraft.BILL, Credits.parse("100")),
                Limits.DEFAULT));
  }

  private static Meter tokens() {
    return new Meter(
        TOKENS,
        "Input tokens",
        "Text that a model reads.",
        "llm.input_tokens",
        Aggregation.SUM,
        Unit.CREDITS,
        List.of(
            Rate.perPackage(new BigDecimal("0.5"), Quantity.of(1000)),
            new Rate(
                Optional.of(DECEMBER),
                Map.of("model", "m-large"),
                new BigDecimal("2"),
                Quantity.of(1000))),
        Optional.of(OverdraftPolicy.of(Overdraft.REJECT)),
        Optional.of("token"));
  }

  private static Meter tasks() {
    return new Meter(
        TASKS,
        "agent.task",
        "",
        "agent.task",
        Aggregation.COUNT,
        Unit.CREDITS,
        List.of(Rate.perPiece(new BigDecimal("3.5"))),
        Optional.empty(),
        Optional.empty());
  }

  private static Plan plus() {
    Rollover rollover =
        new Rollover(
            Optional.of(Credits.parse("100")),
            Optional.of(new BigDecimal("0.5")),
            Optional.of(IsoPeriod.parse("P1M")));
    PlanGrant grant =
        new PlanGrant(
            "Plus plan",
            Credits.parse("3900"),
            Unit.CREDITS,
            10,
            Category.PAID,
            Optional.of(
                new Recurrence(
                    IsoPeriod.parse("P1M"),
                    Optional.of(rollover),
                    Optional.of(Instant.parse("2028-01-01T00:00:00Z")),
                    OptionalInt.of(12))),
            Optional.of(IsoPeriod.parse("P1M")),
            List.of(TOKENS),
            List.of(new SubscriptionId("sub_1")));
    return new Plan(
        "plus",
        "Plus",
        List.of(grant),
        Map.of(TASKS, new UsageLimit.Limited(Quantity.of(100), UsageLimit.Per.DAY)));
  }

  @ParameterizedTest(name = "the empty catalog is read from {0}")
  @ValueSource(
      strings = {
        "{}",
        "version: 000000000000",
        "{\"meters\": null, \"units\": null, \"plans\": {}, \"limits\": {}}",
        "meters:\nplans:\n",
        "meters: []",
        "default_unit: credits",
        "units: {credits:}",
        "overdraft: bill",
        "overdraft: {policy: bill, limit: ~}",
        "---\n# nothing yet\n{}\n",
        "\ufeffoverdraft: bill\r\nmeters: {}\r\n"
      })
  void fillsInWhatIsLeftOut(String text) {
    assertThat(parse(text)).isEqualTo(Catalog.EMPTY);
  }

  @Test
  void readsMetersAsAListToo() {
    // given
    String list =
        """
        meters:
          - name: llm.input_tokens
            display_name: Input tokens
            credits: 0.5
            per: 1000
          - {name: agent.task, aggregation: count, rates: [{credits: 3.5}]}
        """;
    String byName =
        """
        meters:
          agent.task: {aggregation: count, credits: "3.5"}
          llm.input_tokens: {name: Input tokens, rates: [{credits: "0.50", per: "1000.0"}]}
        """;

    // then
    assertThat(parse(list)).isEqualTo(parse(byName));
    assertThat(parse(list).version()).isEqualTo(parse(byName).version());
  }

  @Test
  void readsNumbersFromTheirDigitsAndNeverThroughAFloat() {
    // given: digits that no double holds
    String text =
        """
        meters:
          m: {credits: 123456789012345678.123456789012, per: 0.000000000001}
        overdraft: {policy: carry, limit: 9223372036854.775807}
        """;

    // when
    Catalog catalog = parse(text);

    // then
    Rate rate = catalog.meter(new MeterName("m")).orElseThrow().rates().get(0);
    assertThat(rate.creditsPerPackage()).isEqualTo("123456789012345678.123456789012");
    assertThat(rate.packageSize()).hasToString("0.000000000001");
    assertThat(catalog.defaultOverdraft().limit()).contains(Credits.ofMicros(Long.MAX_VALUE));
  }

  @Test
  void takesNumbersAndWordsOfYamlAsTheTextThatTheyAre() {
    // given
    String text =
        """
        meters:
          2026: {name: true, rates: [{credits: 1, match: {tier: 1.0, preview: yes, id: 0x1F}}]}
        """;

    // when
    Meter meter = parse(text).meter(new MeterName("2026")).orElseThrow();

    // then
    assertThat(meter.displayName()).isEqualTo("true");
    assertThat(meter.rates().get(0).match())
        .containsOnly(
            Map.entry("tier", "1.0"), Map.entry("preview", "yes"), Map.entry("id", "0x1F"));
  }

  @Test
  void readsTimesWithAnOffsetAndDates() {
    // given
    String text =
        """
        meters:
          m:
            rates:
              - {credits: 1, effective_from: 2026-12-01}
              - {credits: 2, effective_from: 2026-12-01T02:00:00+01:00}
              - {credits: 3, effective_from: "2026-12-01T02:00:00.5Z"}
        """;

    // then
    assertThat(parse(text).meter(new MeterName("m")).orElseThrow().rates())
        .extracting(rate -> rate.effectiveFrom().orElseThrow())
        .containsExactly(
            DECEMBER,
            DECEMBER.plus(Duration.ofHours(1)),
            DECEMBER.plusSeconds(7200).plusMillis(500));
  }

  @Test
  void takesTheOnlyUnitAsTheDefault() {
    // when
    Catalog catalog = parse("units: {goodies: {name: Goodies}}\nmeters: {m: {credits: 1}}");

    // then
    assertThat(catalog.defaultUnit()).isEqualTo(new Unit("goodies"));
    assertThat(catalog.meter(new MeterName("m"))).map(Meter::unit).contains(new Unit("goodies"));
    assertThat(parse("units: {goodies: {}, credits: {}}").defaultUnit()).isEqualTo(Unit.CREDITS);
    assertThat(parse("default_unit: goodies").units()).containsOnlyKeys(new Unit("goodies"));
  }

  @Test
  void readsWholeUsageLimits() {
    // given
    String text =
        """
        meters: {a: {}, b: {}, c: {}, d: {}}
        plans: {p: {limits: {a: disabled, b: unlimited, c: {limited: "2.5", per: month}}}}
        """;

    // when
    Plan plan = parse(text).plan("p").orElseThrow();

    // then
    assertThat(plan.name()).isEqualTo("p");
    assertThat(plan.limit(new MeterName("a"))).isEqualTo(UsageLimit.DISABLED);
    assertThat(plan.limit(new MeterName("b"))).isEqualTo(UsageLimit.UNLIMITED);
    assertThat(plan.limit(new MeterName("c")))
        .isEqualTo(new UsageLimit.Limited(Quantity.parse("2.5"), UsageLimit.Per.MONTH));
    assertThat(plan.limit(new MeterName("d"))).isEqualTo(UsageLimit.UNLIMITED);
  }

  @Test
  void readsJsonAsToolsWriteIt() {
    // given: tabs, escapes and pairs of escaped surrogates
    String json =
        """
        {
        \t"meters": {
        \t\t"m": {
        \t\t\t"name": "caf\\u00e9 \\ud83d\\ude00 \\/ \\"x\\"",
        \t\t\t"credits":0.5,"per":1000
        \t\t}
        \t}
        }
        """;

    // then
    assertThat(parse(json).meter(new MeterName("m")))
        .map(Meter::displayName)
        .contains("café 😀 / \"x\"");
  }

  @Test
  void writesJsonThatNamesItsVersionAndReadsBackAsTheSameCatalog() {
    // given
    Catalog catalog = parse(WHOLE);

    // when
    String json = CatalogYaml.toJson(catalog);

    // then
    assertThat(json)
        .isEqualTo(
            """
            {"default_unit":"credits",\
            "limits":{"expiry_grace":"PT0S","id_retention":"PT840H","reservation_ttl":"PT15M",\
            "reservation_ttl_max":"PT24H","usage_max_age":"PT840H","usage_max_ahead":"PT5M"},\
            "meters":{"agent.task":{"aggregation":"count","description":"",\
            "event_name":"agent.task","name":"agent.task",\
            "rates":[{"credits":"3.5","match":{},"per":"1"}],"unit":"credits"},\
            "llm.input_tokens":{"aggregation":"sum","description":"Text that a model reads.",\
            "event_name":"llm.input_tokens","name":"Input tokens",\
            "overdraft":{"policy":"reject"},"quantity_unit":"token",\
            "rates":[{"credits":"0.5","match":{},"per":"1000"},\
            {"credits":"2","effective_from":"2026-12-01T00:00:00Z","match":{"model":"m-large"},\
            "per":"1000"}],"unit":"credits"}},\
            "overdraft":{"limit":"100","policy":"bill"},\
            "plans":{"plus":{"grants":[{"amount":"3900","category":"paid","count":12,\
            "every":"P1M","expires_after":"P1M","name":"Plus plan","priority":10,\
            "rollover":{"cap":"100","fraction":"0.5","lifetime":"P1M"},\
            "scope":{"meters":["llm.input_tokens"],"subscriptions":["sub_1"]},"unit":"credits",\
            "until":"2028-01-01T00:00:00Z"}],\
            "limits":{"agent.task":{"limited":"100","per":"day"}},"name":"Plus"}},\
            "units":{"credits":{"description":"What agents run on.","name":"Credits",\
            "price":{"amount":"0.01","currency":"usd"}}},\
            "version":"0b01936f48b8"}\
            """);
    assertThat(CatalogYaml.parse("catalog.json", json)).isEqualTo(catalog);
    assertThat(catalog.version()).isEqualTo("0b01936f48b8");
  }

  private static Catalog parse(String text) {
    return CatalogYaml.parse("catalog.yaml", text);
  }
}
