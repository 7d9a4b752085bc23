package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event, or a part of one, as it is being written; what is absent is left out. */
final class EventBody {

  private final ObjectNode fields = LedgerClient.MAPPER.createObjectNode();

  EventBody with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  EventBody with(String name, Optional<?> value) {
    value.ifPresent(given -> fields.put(name, given.toString()));
    return this;
  }

  /** A field that stands there with null. */
  EventBody withNull(String name) {
    fields.putNull(name);
    return this;
  }

  /** A field that stands there only if it is set. */
  EventBody withFlag(String name, Optional<Boolean> value) {
    value.ifPresent(given -> fields.put(name, given));
    return this;
  }

  EventBody withNumber(String name, Optional<Integer> value) {
    value.ifPresent(given -> fields.put(name, given));
    return this;
  }

  /** Left out if there are none. */
  EventBody with(String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = fields.putArray(name);
      values.forEach(array::add);
    }
    return this;
  }

  /** Left out if there are none. */
  EventBody with(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = fields.putObject(name);
      values.forEach(object::put);
    }
    return this;
  }

  /** Left out if nothing is in it. */
  EventBody with(String name, EventBody part) {
    if (!part.fields.isEmpty()) {
      fields.set(name, part.fields);
    }
    return this;
  }

  /** With all that the other says. */
  EventBody with(EventBody more) {
    fields.setAll(more.fields);
    return this;
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  byte[] bytes() {
    return fields.toString().getBytes(StandardCharsets.UTF_8);
  }
}
