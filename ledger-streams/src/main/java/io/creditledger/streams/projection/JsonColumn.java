package io.creditledger.streams.projection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A map of texts as PostgreSQL's {@code jsonb} takes it. */
final class JsonColumn {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonColumn() {}

  /** The text of an object; a zero character in it becomes the replacement character. */
  static String of(Map<String, String> map) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, String> one : new TreeMap<>(map).entrySet()) {
        json.writeStringField(kept(one.getKey()), kept(one.getValue()));
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot refuse a write", impossible);
    }
    return text.toString();
  }

  private static String kept(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
