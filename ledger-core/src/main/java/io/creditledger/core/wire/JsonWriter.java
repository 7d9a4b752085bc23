package io.creditledger.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.money.Credits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes one JSON object, field by field in the order of the calls, so that equal values give equal
 * bytes. What is absent, empty or zero is left out where a method says so.
 */
final class JsonWriter {

  private static final int SIZE_USUAL = 768;

  private final JsonGenerator generator;

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /** The bytes of the object whose fields the body writes. */
  static byte[] write(Consumer<JsonWriter> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(SIZE_USUAL);
    try (JsonGenerator generator = JsonText.FACTORY.createGenerator(bytes)) {
      generator.writeStartObject();
      body.accept(new JsonWriter(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  JsonWriter text(String name, String value) {
    try {
      generator.writeStringField(name, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The value's text, if there is one. */
  JsonWriter text(String name, Optional<?> value) {
    return value.isPresent() ? text(name, value.get().toString()) : this;
  }

  JsonWriter amount(String name, Credits amount) {
    return text(name, amount.toString());
  }

  /** The amount, unless it is zero. */
  JsonWriter amountIfAny(String name, Credits amount) {
    return amount.isZero() ? this : amount(name, amount);
  }

  JsonWriter time(String name, Instant time) {
    return text(name, Times.text(time));
  }

  /** The time, if there is one. */
  JsonWriter time(String name, Optional<Instant> time) {
    return time.isPresent() ? time(name, time.get()) : this;
  }

  JsonWriter number(String name, long number) {
    try {
      generator.writeNumberField(name, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonWriter flag(String name) {
    try {
      generator.writeBooleanField(name, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonWriter nothing(String name) {
    try {
      generator.writeNullField(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonWriter object(String name, Consumer<JsonWriter> body) {
    try {
      generator.writeObjectFieldStart(name);
      body.accept(this);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The map with sorted keys, unless it is empty. */
  JsonWriter map(String name, Map<String, String> map) {
    if (map.isEmpty()) {
      return this;
    }
    String[] keys = map.keySet().toArray(String[]::new);
    Arrays.sort(keys);
    return object(
        name,
        writer -> {
          for (String key : keys) {
            writer.text(key, map.get(key));
          }
        });
  }

  /** The values' texts, unless there are none. */
  JsonWriter texts(String name, List<?> values) {
    if (values.isEmpty()) {
      return this;
    }
    try {
      generator.writeArrayFieldStart(name);
      for (Object value : values) {
        generator.writeString(value.toString());
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** An object for each value, unless there are none. */
  <T> JsonWriter objects(String name, List<T> values, Consumer<T> body) {
    if (values.isEmpty()) {
      return this;
    }
    try {
      generator.writeArrayFieldStart(name);
      for (T value : values) {
        generator.writeStartObject();
        body.accept(value);
        generator.writeEndObject();
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
