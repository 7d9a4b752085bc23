package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {

  private static final String USAGE =
      """
      {"type":"usage","id":"evt_1","customer":"cus_1","meter":"tokens","quantity":"1250",
       "credits":-0.50, "none":{}, "properties":{"model":"large","region":{"at":"eu-west-1"}}}
      """;

  @Test
  void usage_as_producers_send_it_is_plain() {
    assertThat(plain(USAGE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":\"",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "{\"\":1}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":1.}",
        "{\"a\":1e3}",
        "{\"a\":true}",
        "{\"a\":null}",
        "{\"a\":[1]}",
        "{\"a\":\"\\n\"}",
        "{\"a\":\"ü\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}"
      })
  void what_is_not_plain_is_left_to_jackson(String json) {
    assertThat(plain(json)).isEmpty();
  }

  @Test
  void what_is_plain_is_read_as_jackson_reads_it() {
    // given
    SplittableRandom random = new SplittableRandom(7);
    List<String> read = new ArrayList<>();

    for (int i = 0; i < 20_000; i++) {
      // when
      String json = mutated(random);
      Optional<Json.Members> plain = plain(json);

      // then
      if (plain.isPresent()) {
        assertThat(text(plain.get())).as(json).isEqualTo(byJackson(json));
        read.add(json);
      }
    }
    assertThat(read).hasSizeGreaterThan(1_000);
  }

  /** The usage with a few characters in other places' stead, most of them of meaning to JSON. */
  private static String mutated(SplittableRandom random) {
    StringBuilder json = new StringBuilder(USAGE);
    String signs = "{}[]:,.\"\\-+ 0123456789eE\t\nabtfnü\u0000";
    for (int i = random.nextInt(4); i > 0; i--) {
      json.setCharAt(random.nextInt(json.length()), signs.charAt(random.nextInt(signs.length())));
    }
    return json.toString();
  }

  private static Optional<Json.Members> plain(String json) {
    return PlainJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String byJackson(String json) {
    try {
      return text(JsonText.readJackson(json.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonText.NotAnObjectException e) {
      return e.getMessage();
    }
  }

  private static String text(Json json) {
    return switch (json) {
      case Json.Members members -> {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < members.size(); i++) {
          text.append(members.name(i)).append('=').append(text(members.value(i))).append(';');
        }
        yield text.append('}').toString();
      }
      case Json.Text one -> "text " + one.value();
      case Json.Numeral one -> "number " + one.digits();
      case Json.Flag one -> "flag " + one.value();
      case Json.Nothing one -> "nothing";
      case Json.Items items -> "items " + items.items().stream().map(PlainJsonTest::text).toList();
    };
  }
}
