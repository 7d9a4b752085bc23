package io.creditledger.stripe.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads Stripe's JSON; a null is as good as a missing field. */
public final class StripeJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StripeJson() {}

  /** The object of these bytes; empty if they are not one JSON object. */
  public static Optional<JsonNode> parse(byte[] bytes) {
    try {
      return Optional.of(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail", e);
    }
  }

  /** The object's bytes. */
  public static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can be written", e);
    }
  }

  /** A text that is not empty. */
  public static Optional<String> text(JsonNode json, String field) {
    return Optional.of(json.path(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }

  /** The id of an object that stands there by its id, or whole where it was expanded. */
  public static Optional<String> id(JsonNode json, String field) {
    JsonNode there = json.path(field);
    return there.isObject() ? text(there, "id") : text(json, field);
  }

  /** A time that Stripe gives in seconds. */
  public static Optional<Instant> time(JsonNode json, String field) {
    return Optional.of(json.path(field))
        .filter(JsonNode::canConvertToExactIntegral)
        .map(seconds -> Instant.ofEpochSecond(seconds.asLong()));
  }

  /** A whole number. */
  public static Optional<Long> whole(JsonNode json, String field) {
    return Optional.of(json.path(field))
        .filter(JsonNode::canConvertToExactIntegral)
        .map(JsonNode::asLong);
  }

  /** An object's metadata. */
  public static Map<String, String> metadata(JsonNode json) {
    Map<String, String> metadata = new LinkedHashMap<>();
    json.path("metadata")
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return metadata;
  }

  /** What a list has, whether it is one of Stripe's lists or an array. */
  public static List<JsonNode> items(JsonNode list) {
    JsonNode data = list.isArray() ? list : list.path("data");
    return StreamSupport.stream(data.spliterator(), false).toList();
  }
}
