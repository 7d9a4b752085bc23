package io.creditledger.core.wire;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.Texts;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes one JSON object, field by field in the order of the calls, so that equal values give equal
 * bytes. What is absent, empty or zero is left out where a method says so.
 */
final class JsonWriter {

  /** Each thread writes all its objects in the same room. */
  private static final ThreadLocal<JsonWriter> OF_THREAD = ThreadLocal.withInitial(JsonWriter::new);

  private final JsonBytes json = new JsonBytes();

  private JsonWriter() {}

  /** The bytes of the object whose fields the body writes; it may have other objects written. */
  static byte[] write(Consumer<JsonWriter> body) {
    JsonWriter writer = OF_THREAD.get();
    int start = writer.json.size();
    try {
      writer.json.sign('{');
      body.accept(writer);
      writer.json.sign('}');
      return writer.json.from(start);
    } finally {
      writer.json.backTo(start);
    }
  }

  JsonWriter text(String name, String value) {
    begin(name);
    json.text(value);
    return this;
  }

  /** The value's text, if there is one. */
  JsonWriter text(String name, Optional<?> value) {
    return value.isPresent() ? text(name, value.get().toString()) : this;
  }

  /** The quantity's text, if there is one. */
  JsonWriter quantity(String name, Optional<Quantity> quantity) {
    if (quantity.isEmpty()) {
      return this;
    }
    BigDecimal value = quantity.get().value();
    if (value.scale() != 0) {
      return text(name, quantity.get().toString());
    }
    begin(name);
    json.numberText(value.longValue()); // A quantity is below 10^18.
    return this;
  }

  /** The 16 hexadecimal digits of 64 bits. */
  JsonWriter bits(String name, long bits) {
    begin(name);
    json.bits(bits);
    return this;
  }

  JsonWriter hash(String name, Hash hash) {
    begin(name);
    json.hash(hash);
    return this;
  }

  JsonWriter amount(String name, Credits amount) {
    begin(name);
    json.amount(amount.micros());
    return this;
  }

  /** The amount, unless it is zero. */
  JsonWriter amountIfAny(String name, Credits amount) {
    return amount.isZero() ? this : amount(name, amount);
  }

  JsonWriter time(String name, Instant time) {
    begin(name);
    json.time(time);
    return this;
  }

  /** The time, if there is one. */
  JsonWriter time(String name, Optional<Instant> time) {
    return time.isPresent() ? time(name, time.get()) : this;
  }

  JsonWriter number(String name, long number) {
    begin(name);
    json.number(number);
    return this;
  }

  JsonWriter flag(String name) {
    begin(name);
    json.plain("true");
    return this;
  }

  JsonWriter nothing(String name) {
    begin(name);
    json.plain("null");
    return this;
  }

  JsonWriter object(String name, Consumer<JsonWriter> body) {
    begin(name);
    json.sign('{');
    body.accept(this);
    json.sign('}');
    return this;
  }

  /** The map with sorted keys, unless it is empty. */
  JsonWriter map(String name, Map<String, String> map) {
    if (map.isEmpty()) {
      return this;
    }
    Texts texts = Texts.copyOf(map);
    begin(name);
    json.sign('{');
    for (int i = 0; i < texts.size(); i++) {
      begin(texts.name(i));
      json.text(texts.text(i));
    }
    json.sign('}');
    return this;
  }

  /** The values' texts, unless there are none. */
  JsonWriter texts(String name, List<?> values) {
    if (values.isEmpty()) {
      return this;
    }
    begin(name);
    json.sign('[');
    for (Object value : values) {
      json.comma();
      json.text(value.toString());
    }
    json.sign(']');
    return this;
  }

  /** An object for each value, unless there are none. */
  <T> JsonWriter objects(String name, Collection<T> values, Consumer<T> body) {
    if (values.isEmpty()) {
      return this;
    }
    begin(name);
    json.sign('[');
    for (T value : values) {
      json.comma();
      json.sign('{');
      body.accept(value);
      json.sign('}');
    }
    json.sign(']');
    return this;
  }

  private void begin(String name) {
    json.name(name);
  }
}
