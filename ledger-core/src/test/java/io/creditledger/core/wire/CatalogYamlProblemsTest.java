package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditledger.core.yaml.YamlException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogYamlProblemsTest {

  static Stream<Arguments> wrongTexts() {
    return Stream.of(
        // the text as a whole
        wrong("", "c:1: is empty"),
        wrong("# nothing\n", "c:1: is empty"),
        wrong("- a", "c:1: is not a mapping of fields"),
        wrong("text", "c:1: is not a mapping of fields"),
        wrong("{}\n---\n{}", "c:2: is not YAML: but found another document"),
        wrong("a: b: c", "c:1: is not YAML: mapping values are not allowed here"),
        wrong(
            "{\n\"meters\": {",
            "c:2: is not YAML: expected the node content, but found '<stream end>'"),
        wrong("meters: {}\nx: \"\u0001\"", "c:2: the character U+0001 is not allowed in YAML"),
        wrong(
            "meters: &a {}\nplans: *a",
            "c:1: anchors and aliases are not allowed",
            "c:2: anchors and aliases are not allowed"),
        wrong(
            "default_unit: !!binary aGk=", "c:1: the tag tag:yaml.org,2002:binary is not allowed"),
        wrong("meters: !java.net.URL {}", "c:1: the tag !java.net.URL is not allowed"),
        // names of fields
        wrong("meter: {}", "c:1: meter: is not a known field; did you mean \"meters\"?"),
        wrong(
            "limits:\n  usage_age_max: P1D",
            "c:2: limits.usage_age_max: is not a known field; known are expiry_grace, id_retention,"
                + " reservation_ttl, reservation_ttl_max, usage_max_age, usage_max_ahead"),
        wrong(
            "meters:\n  m:\n    Credits: 1",
            "c:3: meters[m].Credits: is not a known field; did you mean \"credits\"?"),
        wrong(
            "meters:\n  m:\n    display-name: x",
            "c:3: meters[m].display-name: is not a known field; known are aggregation, credits, "
                + "description, event_name, name, overdraft, per, quantity_unit, rates, unit"),
        wrong("meters: {}\nplans: {}\nmeters: {}", "c:3: meters: stands here a second time"),
        wrong("meters:\n  m: {}\n  m: {}", "c:3: meters[m]: stands here a second time"),
        // units
        wrong("units: [credits]", "c:1: units: is not a mapping of names"),
        wrong("units:\n  ' x': {}", "c:2: units[ x]: unit begins or ends with white space"),
        wrong("units:\n  credits:\n    name: ''", "c:3: units[credits].name: is empty"),
        wrong("units: {credits: text}", "c:1: units[credits]: is not a mapping of fields"),
        wrong(
            "units:\n  credits:\n    price: {amount: -1, currency: USD}",
            "c:3: units[credits].price.amount: is negative: -1",
            "c:3: units[credits].price.currency: is not three lower-case letters"),
        wrong(
            "units:\n  credits:\n    price: {}",
            "c:3: units[credits].price.amount: is missing",
            "c:3: units[credits].price.currency: is missing"),
        wrong("units: {a: {}, b: {}}", "c:1: default_unit: is missing"),
        wrong("units: {a: {}}\ndefault_unit: b", "c:2: default_unit: is not one of the units: a"),
        wrong("default_unit: [a]", "c:1: default_unit: is not a text or a number"),
        // meters
        wrong("meters: text", "c:1: meters: is not a mapping of names"),
        wrong("meters:\n- {}", "c:2: meters[0].name: is missing"),
        wrong(
            "meters:\n- name: a\n- name: a",
            "c:3: meters[1].name: is the name of another meter " + "too: a"),
        wrong(
            "meters:\n- name: " + "x".repeat(101),
            "c:2: meters[0].name: meter is longer than 100 characters"),
        wrong("meters:\n- name: a\n  display_name: ''", "c:3: meters[0].display_name: is empty"),
        wrong("meters:\n  a:\n    name: ''", "c:3: meters[a].name: is empty"),
        wrong(
            "meters:\n  a: {event_name: x}\n  b:\n    event_name: x",
            "c:4: meters[b].event_name: \"x\" is the event_name of the meter a too"),
        wrong(
            "meters:\n  a: {event_name: b}\n  b: {}",
            "c:3: meters[b]: \"b\" is the event_name of the meter a too"),
        wrong(
            "meters:\n  a:\n    aggregation: max",
            "c:3: meters[a].aggregation: \"max\" is not one of sum, count"),
        wrong(
            "meters:\n  a:\n    unit: goodies",
            "c:3: meters[a].unit: is not one of the units: credits"),
        wrong(
            "meters:\n  a:\n    overdraft: never",
            "c:3: meters[a].overdraft: \"never\" is not one of bill, carry, reject, forgive"),
        wrong(
            "meters:\n  a:\n    overdraft:\n      policy: reject\n      limit: 5",
            "c:5: meters[a].overdraft.limit: is only for bill and carry, not for reject"),
        wrong(
            "meters:\n  a:\n    overdraft:\n      limit: 5",
            "c:4: meters[a].overdraft.policy: is missing"),
        // rates
        wrong(
            "meters:\n- name: a\n- name: b\n  rates:\n  - credits: abc",
            "c:5: meters[1].rates[0].credits: \"abc\" is not a decimal number"),
        wrong(
            "meters:\n- name: a\n  rates:\n  - per: 1000",
            "c:4: meters[0].rates[0].credits: is missing"),
        wrong(
            "meters:\n  a:\n    rates:\n    - credits: 1e3\n    - credits: .5\n    - credits: .inf",
            "c:4: meters[a].rates[0].credits: \"1e3\" is not a decimal number",
            "c:5: meters[a].rates[1].credits: \".5\" is not a decimal number",
            "c:6: meters[a].rates[2].credits: \".inf\" is not a decimal number"),
        wrong(
            "meters:\n  a:\n    rates:\n    - credits: -1\n      per: 0",
            "c:4: meters[a].rates[0].credits: is negative: -1",
            "c:5: meters[a].rates[0].per: is not above zero: 0"),
        wrong(
            "meters:\n  a:\n    credits: -1\n    per: 0",
            "c:3: meters[a].credits: is negative: -1",
            "c:4: meters[a].per: is not above zero: 0"),
        wrong(
            "meters:\n  a:\n    rates: [{credits: 1}]\n    credits: 1\n    per: 2",
            "c:4: meters[a].credits: stands beside rates: give one or the other",
            "c:5: meters[a].per: stands beside rates: give one or the other"),
        wrong("meters:\n  a:\n    per: 2", "c:3: meters[a].per: needs credits beside it"),
        wrong(
            "meters:\n  a:\n    rates:\n    - credits: 1\n      effective_from: tomorrow",
            "c:5: meters[a].rates[0].effective_from: \"tomorrow\" is not a time such as "
                + "2026-12-01T00:00:00Z"),
        wrong(
            "meters:\n  a:\n    rates:\n    - credits: 1\n      match:\n        model: [x]",
            "c:6: meters[a].rates[0].match[model]: is not a text or a number"),
        wrong(
            "meters:\n  a:\n    rates:\n    - credits: 1\n      match:\n        \"\": x",
            "c:6: meters[a].rates[0].match: is empty"),
        wrong(
            "meters:\n  a:\n    rates:\n    - {credits: 1, match: {m: x}}\n"
                + "    - {credits: 2}\n    - {credits: 3, match: {m: x}}",
            "c:6: meters[a].rates[2]: has the same match and effective_from as rates[0]"),
        wrong("meters:\n  a:\n    rates: 5", "c:3: meters[a].rates: is not a list"),
        // plans
        wrong("plans:\n  p:\n    grants:\n    - {}", "c:4: plans[p].grants[0].amount: is missing"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 0\n      priority: 101\n      category: free",
            "c:4: plans[p].grants[0].amount: is not above zero: 0",
            "c:5: plans[p].grants[0].priority: is not from 0 to 100: 101",
            "c:6: plans[p].grants[0].category: \"free\" is not one of paid, promotional"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 0.0000001\n      priority: 1.5",
            "c:4: plans[p].grants[0].amount: \"0.0000001\" has more than 6 decimal places",
            "c:5: plans[p].grants[0].priority: \"1.5\" is not a whole number"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      every: monthly\n      count: 0",
            "c:5: plans[p].grants[0].every: \"monthly\" is not an ISO 8601 period such as P1M, P1W,"
                + " P1D or PT1H"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      every: P1M\n      count: 0",
            "c:6: plans[p].grants[0].count: is not above zero: 0"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      every: P1M\n      count: 9999999999",
            "c:6: plans[p].grants[0].count: \"9999999999\" is out of range"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      every: P1M\n      rollover: {}",
            "c:6: plans[p].grants[0].rollover: needs a cap or a fraction"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      every: P1M\n"
                + "      rollover: {cap: x, lifetime: P0D}",
            "c:6: plans[p].grants[0].rollover.cap: \"x\" is not a decimal number",
            "c:6: plans[p].grants[0].rollover.lifetime: period must be either dates or hours and "
                + "below, and not zero: P0D, PT0S"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      rollover: {cap: 1}\n      count: 1",
            "c:5: plans[p].grants[0].rollover: needs every beside it",
            "c:6: plans[p].grants[0].count: needs every beside it"),
        wrong(
            "plans:\n  p:\n    grants:\n    - amount: 1\n      scope:\n        meters: [x]\n"
                + "        meter: x",
            "c:6: plans[p].grants[0].scope.meters[0]: \"x\" is not a meter",
            "c:7: plans[p].grants[0].scope.meter: is not a known field; did you mean \"meters\"?"),
        wrong("plans:\n  p:\n    grants: {amount: 1}", "c:3: plans[p].grants: is not a list"),
        wrong(
            "plans:\n  p:\n    limits:\n      x: disabled",
            "c:4: plans[p].limits[x]: \"x\" is not a meter"),
        wrong(
            "meters: {a: {}}\nplans:\n  p:\n    limits:\n      a: off",
            "c:5: plans[p].limits[a]: \"off\" is not one of disabled, unlimited, "
                + "{limited: …, per: …}"),
        wrong(
            "meters: {a: {}}\nplans:\n  p:\n    limits:\n      a: {limited: -1, per: week}",
            "c:5: plans[p].limits[a].limited: is negative: -1",
            "c:5: plans[p].limits[a].per: \"week\" is not one of day, month"),
        wrong(
            "meters: {a: {}}\nplans:\n  p:\n    limits:\n      a:\n        limited: 5",
            "c:6: plans[p].limits[a].per: is missing"),
        wrong("plans:\n  ' ': {}", "c:2: plans[ ].id: is empty", "c:2: plans[ ].name: is empty"),
        // policy and limits
        wrong("overdraft:\n  policy: carry\n  limit: -1", "c:3: overdraft.limit: is negative: -1"),
        wrong("overdraft: [bill]", "c:1: overdraft: is not a mapping of fields"),
        wrong(
            "limits:\n  expiry_grace: P1M",
            "c:2: limits.expiry_grace: \"P1M\" is not an ISO 8601 duration such as PT15M or P35D"),
        wrong(
            "limits:\n  id_retention: P1D\n  expiry_grace: -PT1S\n  reservation_ttl: PT48H",
            "c:2: limits.id_retention: is below usage_max_age: PT24H",
            "c:3: limits.expiry_grace: is negative: PT-1S",
            "c:4: limits.reservation_ttl: is above reservation_ttl_max: PT48H"),
        wrong(
            "limits:\n  usage_max_age: P40D",
            "c:2: limits.id_retention: is below usage_max_age: " + "PT840H"));
  }

  private static Arguments wrong(String text, String... messages) {
    return Arguments.of(text, Arrays.asList(messages));
  }

  @ParameterizedTest
  @MethodSource("wrongTexts")
  void tellsFileLineFieldAndWhatIsWrong(String text, List<String> messages) {
    assertThatThrownBy(() -> CatalogYaml.parse("c", text))
        .isInstanceOf(YamlException.class)
        .hasMessage(String.join("\n", messages));
  }

  @Test
  void tellsEverythingThatIsWrongInTheOrderOfTheText() {
    // given
    String text =
        """
        unit: credits
        limits: {usage_max_age: long}
        plans:
          plus:
            grants:
              - {amount: lots, every: P1M}
            limits: {agent.tusk: disabled}
        meters:
          agent.task: {credits: abc, unit: goodies}
        """;

    // when
    YamlException refused =
        catchThrowableOfType(
            YamlException.class, () -> CatalogYaml.parse("shop/catalog.yaml", text));

    // then
    assertThat(refused.problems())
        .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.field())
        .containsExactly(
            "1:1 unit",
            "2:25 limits.usage_max_age",
            "6:18 plans[plus].grants[0].amount",
            "7:14 plans[plus].limits[agent.tusk]",
            "9:25 meters[agent.task].credits",
            "9:36 meters[agent.task].unit");
    assertThat(refused)
        .hasMessageStartingWith("shop/catalog.yaml:1: unit: is not a known field; ")
        .hasMessageContaining(
            "\nshop/catalog.yaml:9: meters[agent.task].credits: \"abc\" is not a decimal number\n");
  }

  @Test
  void refusesDeepNestingRatherThanOverflow() {
    // given
    String text = "meters: " + "[".repeat(100_000);

    // then
    assertThatThrownBy(() -> CatalogYaml.parse("c", text))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("c:1: is nested more than 32 deep");
  }

  @Test
  void tellsNoMoreThanAReaderCanBear() {
    // given
    String text = "meters:\n" + "- {}\n".repeat(10_000);

    // when
    YamlException refused =
        catchThrowableOfType(YamlException.class, () -> CatalogYaml.parse("c", text));

    // then
    assertThat(refused.problems()).hasSize(200);
  }

  @Test
  void keepsWhatAUserWroteOnOneLine() {
    assertThatThrownBy(() -> CatalogYaml.parse("c", "\"a\\nb" + "x".repeat(100) + "\": 1"))
        .isInstanceOf(YamlException.class)
        .hasMessageStartingWith("c:1: a\ufffdb" + "x".repeat(57) + "…: is not a known field");
  }
}
