package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** An example of the description as the text that would be sent. */
final class Example {

  private static final ObjectMapper PRETTY = new ObjectMapper();

  private Example() {}

  static String text(Object example, String mediaType) {
    if (example instanceof String text
        && (!mediaType.endsWith("json") || mediaType.endsWith("ndjson"))) {
      return text;
    }
    try {
      return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(example);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an example is no JSON", e);
    }
  }
}
