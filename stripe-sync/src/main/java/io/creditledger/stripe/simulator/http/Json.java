package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading and making JSON. A field that is absent and one that is null mean the same here. */
public final class Json {

  public static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Whether the field is there and not null. */
  public static boolean has(JsonNode node, String field) {
    return node.hasNonNull(field);
  }

  /** The field's text, or nothing: also if it is there as an empty text. */
  public static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field))
        .filter(value -> !value.isNull() && !value.isContainerNode())
        .map(JsonNode::asText)
        .filter(value -> !value.isEmpty());
  }

  /** The field's text, which must be there. */
  public static String string(JsonNode node, String field) {
    return text(node, field)
        .orElseThrow(() -> new IllegalStateException("no " + field + " in " + node));
  }

  /** The field's whole number, or nothing. */
  public static Optional<Long> whole(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).filter(JsonNode::isNumber).map(JsonNode::asLong);
  }

  /** The field's whole number, or zero. */
  public static long number(JsonNode node, String field) {
    return node.path(field).asLong(0);
  }

  public static boolean flag(JsonNode node, String field) {
    return node.path(field).asBoolean(false);
  }

  /** The field's object; an empty one, which belongs to nothing, if there is none. */
  public static ObjectNode child(JsonNode node, String field) {
    return node.get(field) instanceof ObjectNode object ? object : object();
  }

  /** The elements of a field that is an array of objects. */
  public static List<ObjectNode> objects(JsonNode node, String field) {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode element : node.path(field)) {
      if (element instanceof ObjectNode object) {
        found.add(object);
      }
    }
    return found;
  }

  /** The elements of a field that is an array of texts. */
  public static List<String> strings(JsonNode node, String field) {
    List<String> found = new ArrayList<>();
    node.path(field).forEach(element -> found.add(element.asText()));
    return found;
  }

  /** Sets the field where the parameters name it, leaves it otherwise; an empty text unsets it. */
  public static void copy(ObjectNode from, ObjectNode to, String... fields) {
    for (String field : fields) {
      JsonNode value = from.get(field);
      if (value == null) {
        continue;
      }
      if (value.isTextual() && value.asText().isEmpty()) {
        to.putNull(field);
      } else {
        to.set(field, value.deepCopy());
      }
    }
  }

  /** Merges metadata as Stripe does: an empty value removes its key, an empty text removes all. */
  public static void mergeMetadata(ObjectNode params, ObjectNode resource) {
    JsonNode given = params.get("metadata");
    if (given == null) {
      return;
    }
    if (!given.isObject()) {
      resource.putObject("metadata");
      return;
    }
    ObjectNode metadata =
        resource.get("metadata") instanceof ObjectNode old ? old : resource.putObject("metadata");
    given
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().asText().isEmpty()) {
                metadata.remove(entry.getKey());
              } else {
                metadata.put(entry.getKey(), entry.getValue().asText());
              }
            });
  }

  /** A copy without the fields that begin with an underscore: those are the simulator's own. */
  public static JsonNode visible(JsonNode node) {
    if (node.isArray()) {
      ArrayNode copy = array();
      node.forEach(each -> copy.add(visible(each)));
      return copy;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = object();
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getKey().startsWith("_")) {
                copy.set(entry.getKey(), visible(entry.getValue()));
              }
            });
    return copy;
  }

  public static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }
}
