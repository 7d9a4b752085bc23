package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageScanTest {

  private static final String ID = "\"id\":\"evt_1\"";
  private static final String CUSTOMER = "\"customer\":\"cus_1\"";
  private static final List<String> FIELDS =
      List.of(
          "\"type\":\"usage\"",
          "\"meter\":\"tokens\"",
          "\"subscription\":\"sub_1\"",
          "\"quantity\":\"12.50\"",
          "\"quantity\":1250",
          "\"credits\":-0.5",
          "\"unit\":\"goodies\"",
          "\"occurred_at\":\"2026-11-28T12:00:00.5Z\"",
          "\"occurred_at\":\"2026-11-28T12:00:00+01:00\"",
          "\"properties\":{\"region\":\"eu-west-1\",\"model\":\"large\",\"size\":7}",
          "\"metadata\":{\"request\":\"r-1\"}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"credits\":\"1.5\"}",
        " { \"type\" : \"usage\", \"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"quantity\":7 } ",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"properties\":{},\"metadata\":{}}"
      })
  void usage_as_producers_send_it_is_read(String json) {
    assertThat(scanned(json)).contains(judged(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"e\",\"customer\":\"c\"}",
        "{\"id\":\"e\",\"meter\":\"m\"}",
        "{\"customer\":\"c\",\"meter\":\"m\"}",
        "{\"id\":\" e\",\"customer\":\"c\",\"meter\":\"m\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"unit\":\"u\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"quantity\":1,\"credits\":1}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"quantity\":1e3}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"quantity\":null}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"occurred_at\":\"1969-12-31T00:00:00Z\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"meter\":\"m\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"properties\":{\"a\":1,\"a\":1}}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"properties\":{\"a\":[]}}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"description\":\"d\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"specversion\":\"1.0\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"type\":\"reserve\"}",
        "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\"} x"
      })
  void all_else_is_left_to_who_judges_it(String json) {
    assertThat(scanned(json)).isEmpty();
  }

  @Test
  void an_id_and_texts_may_be_as_long_as_for_any_event_and_no_longer() {
    assertThat(scanned(withId("e".repeat(200)))).contains(judged(withId("e".repeat(200))));
    assertThat(scanned(withId("e".repeat(201)))).isEmpty();
    assertThat(scanned(withProperties(50, 1_000))).contains(judged(withProperties(50, 1_000)));
    assertThat(scanned(withProperties(51, 1_000))).isEmpty();
    assertThat(scanned(withProperties(50, 1_001))).isEmpty();
  }

  @Test
  void a_sign_that_is_not_plain_is_seen_wherever_it_stands() {
    for (char sign : new char[] {'"', '\\', '\n', '\u0000', '\u001f', '\u007f', 'ü', '€'}) {
      for (int at = 0; at < 20; at++) {
        String id = "e".repeat(at) + sign + "e".repeat(20 - at);
        assertThat(scanned(withId(id))).as("%d at %d", (int) sign, at).isEmpty();
      }
    }
  }

  @Test
  void every_plain_sign_may_stand_anywhere() {
    for (char sign = '!'; sign <= '~'; sign++) {
      for (int at = 0; sign != '"' && sign != '\\' && at < 20; at++) {
        String json = withId("e".repeat(at) + sign + "e".repeat(20 - at));
        assertThat(scanned(json)).contains(judged(json));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"}\",\"b\":\"1\"}",
        "{\"a\":\"}\",\"b\":\"2\"}",
        "{\"a\":\"}\",\"b\":\"2\",\"c\":\"}}\"}",
        "{\"a\":\"}\"}",
        "{\"a\":\"}\" }",
        " {\"a\":\"}\"}",
        "{\"a\":1}",
        "{\"a\":11}",
        "{}"
      })
  void properties_that_begin_alike_are_told_apart(String properties) {
    for (String other : List.of("{\"a\":\"}\"}", "{\"a\":1}", "{}", properties, properties)) {
      String before = withPropertiesOf(other);
      assertThat(scanned(before)).contains(judged(before));
      String json = withPropertiesOf(properties);
      assertThat(scanned(json)).contains(judged(json));
    }
  }

  @Test
  void properties_that_recur_are_one_object() {
    String json = withPropertiesOf("{\"model\":\"large\",\"region\":\"eu-west-1\"}");
    assertThat(properties(json)).isSameAs(properties(json));
  }

  @Test
  void whatever_is_scanned_is_what_any_reader_makes_of_it() {
    // given
    SplittableRandom random = new SplittableRandom(11);
    List<LedgerEvent> read = new ArrayList<>();

    for (int i = 0; i < 60_000; i++) {
      // when
      String json = mutated(random);
      Optional<LedgerEvent> scanned = scanned(json);

      // then
      if (scanned.isPresent()) {
        assertThat(scanned.get()).as(json).isEqualTo(judged(json));
        read.add(scanned.get());
      }
    }
    assertThat(read).hasSizeGreaterThan(1_000);
  }

  /** Half of the fields in any order, and a few characters in other places' stead. */
  private static String mutated(SplittableRandom random) {
    StringBuilder json = new StringBuilder("{").append(ID).append(',').append(CUSTOMER);
    for (int start = random.nextInt(FIELDS.size()), i = 0; i < FIELDS.size(); i++) {
      if (random.nextBoolean()) {
        json.append(',').append(FIELDS.get((start + i) % FIELDS.size()));
      }
    }
    json.append('}');
    String signs = "{}[]:,.\"\\-+ 0123456789eE\t\nabtfnü\u0000";
    for (int i = random.nextInt(3); i > 0; i--) {
      json.setCharAt(random.nextInt(json.length()), signs.charAt(random.nextInt(signs.length())));
    }
    return json.toString();
  }

  private static String withId(String id) {
    return "{\"id\":\"" + id + "\",\"customer\":\"c\",\"meter\":\"m\"}";
  }

  private static String withPropertiesOf(String properties) {
    return "{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"properties\":" + properties + "}";
  }

  private static Map<String, String> properties(String json) {
    return ((LedgerEvent.Usage) scanned(json).orElseThrow()).properties();
  }

  private static String withProperties(int count, int chars) {
    StringBuilder json =
        new StringBuilder("{\"id\":\"e\",\"customer\":\"c\",\"meter\":\"m\",\"properties\":{");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "\"" : ",\"")
          .append(i)
          .append("\":\"")
          .append("v".repeat(chars))
          .append('"');
    }
    return json.append("}}").toString();
  }

  private static Optional<LedgerEvent> scanned(String json) {
    return UsageScan.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private static LedgerEvent judged(String json) {
    try {
      return EventReader.read(
          EventType.USAGE, JsonText.readJackson(json.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonText.NotAnObjectException | RefusedException e) {
      throw new AssertionError("refused: " + json, e);
    }
  }
}
