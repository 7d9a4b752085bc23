package io.creditledger.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.money.Credits;
import java.io.IOException;
import java.io.OutputStream;
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

  private final JsonGenerator generator;

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /** The bytes of the object whose fields the body writes. */
  static byte[] write(Consumer<JsonWriter> body) {
    Collected bytes = new Collected();
    try (JsonGenerator generator = JsonText.FACTORY.createGenerator(bytes)) {
      generator.writeStartObject();
      body.accept(new JsonWriter(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.all;
  }

  /** Takes what the generator flushes, which is everything at once unless it is very long. */
  private static final class Collected extends OutputStream {

    private byte[] all = new byte[0];

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int start, int length) {
      int before = all.length;
      all = Arrays.copyOf(all, before + length);
      System.arraycopy(from, start, all, before, length);
    }
  }

  JsonWriter text(String name, String value) {
    try {
      generator.writeFieldName(Field.encoded(name));
      generator.writeString(value);
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
      generator.writeFieldName(Field.encoded(name));
      generator.writeNumber(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonWriter flag(String name) {
    try {
      generator.writeFieldName(Field.encoded(name));
      generator.writeBoolean(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonWriter nothing(String name) {
    try {
      generator.writeFieldName(Field.encoded(name));
      generator.writeNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonWriter object(String name, Consumer<JsonWriter> body) {
    try {
      generator.writeFieldName(Field.encoded(name));
      generator.writeStartObject();
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
    try {
      generator.writeFieldName(Field.encoded(name));
      generator.writeStartObject();
      for (String key : keys) {
        generator.writeStringField(key, map.get(key));
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The values' texts, unless there are none. */
  JsonWriter texts(String name, List<?> values) {
    if (values.isEmpty()) {
      return this;
    }
    try {
      generator.writeFieldName(Field.encoded(name));
      generator.writeStartArray();
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
      generator.writeFieldName(Field.encoded(name));
      generator.writeStartArray();
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
