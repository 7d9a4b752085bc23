package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Another instance's answer to one event, as a part of this instance's answer to a batch. */
final class RemoteAnswer {

  private static final Set<String> OUTCOME = Set.of("id", "outcome", "position");

  private RemoteAnswer() {}

  static Written read(Reply reply) {
    if (reply.status() < 300) {
      return Written.done(reply.status(), json -> copy(reply.body(), json, Optional.empty()));
    }
    try {
      Map<String, String> texts = texts(reply.body());
      Problem problem =
          new Problem(
              reply.status(),
              texts.getOrDefault("code", ErrorCode.UNAVAILABLE.name()),
              texts.getOrDefault("detail", "the customer's instance refused it"),
              Optional.ofNullable(texts.get("field")),
              texts.getOrDefault("remedy", ErrorCode.UNAVAILABLE.remedy()));
      return Written.refused(problem, json -> copy(reply.body(), json, Optional.of(OUTCOME)));
    } catch (IOException e) {
      return Written.refused(
          Problem.of(ErrorCode.UNAVAILABLE, "the customer's instance gave no proper answer"),
          json -> {});
    }
  }

  private static Map<String, String> texts(byte[] object) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = Json.parser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        }
        parser.skipChildren();
      }
    }
    return texts;
  }

  private static void copy(byte[] object, JsonGenerator to, Optional<Set<String>> only)
      throws IOException {
    try (JsonParser parser = Json.parser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (only.isEmpty() || only.get().contains(parser.currentName())) {
          to.copyCurrentStructure(parser);
        } else {
          parser.nextToken();
          parser.skipChildren();
        }
      }
    }
  }
}
