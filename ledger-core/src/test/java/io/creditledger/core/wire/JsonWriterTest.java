package io.creditledger.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

  @Test
  void texts_stand_in_the_bytes_that_jackson_gives() throws IOException {
    for (long seed = 0; seed < 5_000; seed++) {
      String text = text(new SplittableRandom(seed));

      byte[] written = JsonWriter.write(json -> json.text("a", text).map("m", Map.of(text, text)));

      assertThat(written).as("seed %d", seed).isEqualTo(byJackson(text));
    }
  }

  @Test
  void every_character_of_one_unit_stands_as_jackson_writes_it() throws IOException {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String text = "x" + c;

      byte[] written = JsonWriter.write(json -> json.text("a", text).map("m", Map.of(text, text)));

      assertThat(written).as("character %d", (int) c).isEqualTo(byJackson(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        9,
        10,
        -10,
        999_999,
        -999_999,
        1_000_000,
        -1_500_000,
        100,
        3_900_000_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        1_000_000_000_000_000_000L
      })
  void amounts_and_numbers_are_their_texts(long number) {
    byte[] written =
        JsonWriter.write(
            json -> json.amount("amount", Credits.ofMicros(number)).number("number", number));

    assertThat(new String(written, StandardCharsets.US_ASCII))
        .isEqualTo("{\"amount\":\"%s\",\"number\":%d}".formatted(Credits.ofMicros(number), number));
  }

  @Test
  void any_amount_is_its_text() {
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Credits amount = Credits.ofMicros(random.nextLong() >> random.nextInt(64));

      byte[] written = JsonWriter.write(json -> json.amount("a", amount));

      assertThat(new String(written, StandardCharsets.US_ASCII))
          .as("seed %d", seed)
          .isEqualTo("{\"a\":\"" + amount + "\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "2026-11-21T10:00:00.123456789Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z"
      })
  void times_are_their_texts(Instant time) {
    byte[] written = JsonWriter.write(json -> json.time("t", time));

    assertThat(new String(written, StandardCharsets.US_ASCII))
        .isEqualTo("{\"t\":\"" + time + "\"}");
  }

  @Test
  void hashes_bits_and_quantities_are_their_texts() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] content = new byte[random.nextInt(10)];
      random.nextBytes(content);
      Hash hash = Hash.of(content);
      long bits = random.nextLong() >>> random.nextInt(64);
      Quantity quantity =
          new Quantity(BigDecimal.valueOf(random.nextLong() >> (6 + random.nextInt(58)), 0));
      Quantity part = new Quantity(quantity.value().movePointLeft(random.nextInt(1, 13)));

      byte[] written =
          JsonWriter.write(
              json ->
                  json.hash("hash", hash)
                      .bits("bits", bits)
                      .quantity("whole", Optional.of(quantity))
                      .quantity("part", Optional.of(part))
                      .quantity("none", Optional.empty()));

      assertThat(new String(written, StandardCharsets.US_ASCII))
          .as("seed %d", seed)
          .isEqualTo(
              "{\"hash\":\"%s\",\"bits\":\"%016x\",\"whole\":\"%s\",\"part\":\"%s\"}",
              hash, bits, quantity, part);
    }
  }

  @Test
  void times_that_recur_are_written_each_time() {
    Instant first = Instant.parse("2026-11-21T10:00:00.5Z");
    Instant second = Instant.parse("2026-11-21T10:00:00.25Z");

    byte[] written =
        JsonWriter.write(
            json -> json.time("a", first).time("b", first).time("c", second).time("d", first));

    assertThat(new String(written, StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"a\":\"%s\",\"b\":\"%s\",\"c\":\"%s\",\"d\":\"%s\"}", first, first, second, first);
  }

  @Test
  void more_names_than_are_kept_are_written_as_they_are() {
    for (int i = 0; i < 5_000; i++) {
      String name = "name-" + i + "x".repeat(i % 100);

      byte[] written = JsonWriter.write(json -> json.flag(name).flag(name));

      assertThat(new String(written, StandardCharsets.US_ASCII))
          .isEqualTo("{\"%s\":true,\"%s\":true}", name, name);
    }
  }

  @Test
  void values_stand_apart_at_every_depth() {
    byte[] written =
        JsonWriter.write(
            json ->
                json.object("empty", inner -> {})
                    .object("one", inner -> inner.flag("yes").nothing("none"))
                    .texts("texts", List.of("[", "{"))
                    .objects("objects", List.of(1, 2), i -> json.number("i", i))
                    .number("last", 3));

    assertThat(new String(written, StandardCharsets.US_ASCII))
        .isEqualTo(
            """
            {"empty":{},"one":{"yes":true,"none":null},"texts":["[","{"],\
            "objects":[{"i":1},{"i":2}],"last":3}""");
  }

  @Test
  void what_is_longer_than_usual_is_written_whole() {
    String text = "0123456789€".repeat(10_000);

    byte[] written = JsonWriter.write(json -> json.text("a", text));

    assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"" + text + "\"}");
  }

  private static byte[] byJackson(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("a", text);
      json.writeObjectFieldStart("m");
      json.writeStringField(text, text);
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Plain for the most part, with characters of one to four bytes and such as are escaped. */
  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append("\"\\/\u007f".charAt(random.nextInt(4)));
        case 2 -> text.append((char) random.nextInt(0x80, 0x800));
        case 3 -> text.append((char) random.nextInt(0x800, Character.MIN_SURROGATE));
        case 4 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
        default -> text.append((char) random.nextInt(0x20, 0x7f));
      }
    }
    return text.toString();
  }
}
