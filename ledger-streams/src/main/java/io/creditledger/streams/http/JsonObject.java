package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON objects as bytes, looked into without being rewritten. */
final class JsonObject {

  private JsonObject() {}

  /**
   * The object with those fields in front that it does not have; every other byte stays as it is.
   * What is no JSON object is returned untouched, for who reads it to say so.
   */
  static byte[] withMissing(byte[] text, Map<String, String> fields) {
    Map<String, String> missing = new LinkedHashMap<>(fields);
    int brace;
    boolean empty;
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return text;
      }
      brace = (int) parser.currentTokenLocation().getByteOffset();
      Set<String> present = new HashSet<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        present.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      missing.keySet().removeAll(present);
      empty = present.isEmpty();
    } catch (IOException e) {
      return text;
    }
    return missing.isEmpty() ? text : spliced(text, brace, missing, empty);
  }

  /** The text that a field has; empty if it has none, or this is no JSON object. */
  static Optional<String> text(byte[] text, String field) {
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean sought = parser.currentName().equals(field);
        JsonToken value = parser.nextToken();
        if (sought) {
          return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The names of its fields, in order; as far as it can be read. */
  static List<String> names(byte[] text) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return names; // Who reads the whole of it says what is wrong.
    }
    return names;
  }

  private static byte[] spliced(byte[] text, int brace, Map<String, String> fields, boolean empty) {
    String object =
        new String(
            Json.write(
                json -> {
                  json.writeStartObject();
                  for (Map.Entry<String, String> field : fields.entrySet()) {
                    json.writeStringField(field.getKey(), field.getValue());
                  }
                  json.writeEndObject();
                }),
            StandardCharsets.UTF_8);
    String inner = object.substring(0, object.length() - 1) + (empty ? "" : ",");
    byte[] front = inner.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(text.length + front.length);
    whole.write(text, 0, brace);
    whole.write(front, 0, front.length);
    whole.write(text, brace + 1, text.length - brace - 1);
    return whole.toByteArray();
  }
}
