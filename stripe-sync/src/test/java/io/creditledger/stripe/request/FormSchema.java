package io.creditledger.stripe.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * Schemas of forms, whose values all come as texts: what looks like the type the schema names
 * becomes that type, and what does not stays a text for the validator to refuse.
 */
final class FormSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FormSchema() {}

  /** The schema of a query with these parameters. */
  static ObjectNode ofQuery(JsonNode parameters) {
    ObjectNode schema = NODES.objectNode().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (JsonNode parameter : parameters) {
      if (parameter.path("in").asText().equals("query")) {
        String name = parameter.path("name").asText();
        properties.set(name, parameter.path("schema"));
        if (parameter.path("required").asBoolean()) {
          required.add(name);
        }
      }
    }
    return schema;
  }

  /** A body's schema in which every object that lists its fields has no others. */
  static JsonNode closed(JsonNode content) {
    JsonNode schema = content.path("schema").deepCopy();
    close(schema);
    return schema;
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(FormSchema::close);
  }

  /** A form's tree with its values as the schema wants them. */
  static JsonNode typed(JsonNode schema, JsonNode value) {
    if (schema.has("anyOf")) {
      for (JsonNode option : schema.get("anyOf")) {
        JsonNode typed = typed(option, value);
        if (!typed.isTextual() || option.path("type").asText().equals("string")) {
          return typed;
        }
      }
      return value;
    }
    return switch (schema.path("type").asText()) {
      case "integer", "number" -> number(value);
      case "boolean" ->
          value.asText().matches("true|false")
              ? NODES.booleanNode(value.asText().equals("true"))
              : value;
      case "array" -> {
        ArrayNode array = NODES.arrayNode();
        value.forEach(item -> array.add(typed(schema.path("items"), item)));
        yield array;
      }
      case "object" -> {
        ObjectNode object = NODES.objectNode();
        value
            .properties()
            .forEach(
                field ->
                    object.set(
                        field.getKey(),
                        typed(schema.path("properties").path(field.getKey()), field.getValue())));
        yield object;
      }
      default -> value;
    };
  }

  private static JsonNode number(JsonNode value) {
    try {
      return NODES.numberNode(new BigDecimal(value.asText()));
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
