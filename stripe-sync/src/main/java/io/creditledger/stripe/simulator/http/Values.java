package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** The types that a {@link Shape} knows, and how a value that is not of its type is refused. */
final class Values {

  private static final int TEXT_MAX = 5000;
  private static final int METADATA_KEYS_MAX = 50;
  private static final int METADATA_VALUE_MAX = 500;

  private Values() {}

  static Shape.Value scalar(String type) {
    int open = type.indexOf('(');
    String name = open < 0 ? type : type.substring(0, open);
    String argument = open < 0 ? "" : type.substring(open + 1, type.length() - 1);
    return switch (name) {
      case "string" -> string(argument.isEmpty() ? TEXT_MAX : Integer.parseInt(argument));
      case "int" -> whole(argument);
      case "time" -> whole("0..253402300799");
      case "decimal" -> Values::decimal;
      case "bool" -> Values::bool;
      case "currency" -> Values::currency;
      case "enum" -> oneOf(List.of(argument.split("\\|", -1)));
      case "map" -> Values::map;
      case "any" -> (given, path) -> given;
      default -> throw new IllegalArgumentException("no such type: " + type);
    };
  }

  static Shape.Value orEmpty(Shape.Value value) {
    return (given, path) ->
        given.isTextual() && given.asText().isEmpty() ? given : value.read(given, path);
  }

  static Shape.Value object(BiFunction<ObjectNode, String, ObjectNode> read) {
    return (given, path) -> {
      if (given instanceof ObjectNode object) {
        return read.apply(object, path);
      }
      throw ApiError.invalidParameter(path, "Invalid object");
    };
  }

  static Shape.Value arrayOf(Shape.Value element) {
    return (given, path) -> {
      if (!given.isContainerNode()) {
        if (given.asText().isEmpty()) {
          return Json.array();
        }
        throw ApiError.invalidParameter(path, "Invalid array");
      }
      ArrayNode array = Json.array();
      for (JsonNode each : given) {
        array.add(element.read(each, path + "[" + array.size() + "]"));
      }
      return array;
    };
  }

  private static String text(JsonNode given, String path) {
    if (given.isContainerNode()) {
      throw ApiError.invalidParameter(path, "Invalid string: " + path + " is a hash or an array");
    }
    return given.asText();
  }

  private static Shape.Value string(int lengthMax) {
    return (given, path) -> {
      String text = text(given, path);
      if (text.isEmpty()) {
        throw ApiError.invalidParameter(
                path,
                "You passed an empty string for '"
                    + path
                    + "'. We assume empty values are an attempt to unset a parameter; however '"
                    + path
                    + "' cannot be unset. You should remove '"
                    + path
                    + "' from your request or supply a non-empty value.")
            .code("parameter_invalid_empty");
      }
      if (text.length() > lengthMax) {
        throw ApiError.invalidParameter(
            path,
            "Invalid string: "
                + text.substring(0, 8)
                + "..."
                + text.substring(text.length() - 8)
                + "; must be at most "
                + lengthMax
                + " characters");
      }
      return TextNode.valueOf(text);
    };
  }

  private static Shape.Value whole(String range) {
    int dots = range.indexOf("..");
    long least = dots < 0 ? Long.MIN_VALUE : Long.parseLong(range.substring(0, dots));
    long most = dots < 0 ? Long.MAX_VALUE : Long.parseLong(range.substring(dots + 2));
    return (given, path) -> {
      long value;
      try {
        value = Long.parseLong(text(given, path));
      } catch (NumberFormatException e) {
        throw ApiError.invalidParameter(path, "Invalid integer: " + given.asText())
            .code("parameter_invalid_integer");
      }
      if (value < least) {
        throw ApiError.invalidParameter(
                path, "This value must be greater than or equal to " + least + ".")
            .code("parameter_invalid_integer");
      }
      if (value > most) {
        throw ApiError.invalidParameter(
                path, "This value must be less than or equal to " + most + ".")
            .code("parameter_invalid_integer");
      }
      return LongNode.valueOf(value);
    };
  }

  private static JsonNode decimal(JsonNode given, String path) {
    try {
      BigDecimal value = new BigDecimal(text(given, path));
      if (value.scale() > 12) {
        throw ApiError.invalidParameter(path, "Invalid decimal: at most 12 decimal places");
      }
      return TextNode.valueOf(value.toPlainString());
    } catch (NumberFormatException e) {
      throw ApiError.invalidParameter(path, "Invalid decimal: " + given.asText());
    }
  }

  private static JsonNode bool(JsonNode given, String path) {
    return switch (text(given, path)) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default -> throw ApiError.invalidParameter(path, "Invalid boolean: " + given.asText());
    };
  }

  private static JsonNode currency(JsonNode given, String path) {
    String text = text(given, path);
    if (!text.matches("[A-Za-z]{3}")) {
      throw ApiError.invalidParameter(path, "Invalid currency: " + text);
    }
    return TextNode.valueOf(text.toLowerCase(Locale.ROOT));
  }

  private static Shape.Value oneOf(List<String> allowed) {
    return (given, path) -> {
      String text = text(given, path);
      if (!allowed.contains(text)) {
        throw ApiError.invalidParameter(path, "Invalid " + path + ": must be " + list(allowed));
      }
      return TextNode.valueOf(text);
    };
  }

  private static String list(List<String> allowed) {
    return switch (allowed.size()) {
      case 1 -> allowed.getFirst();
      case 2 -> allowed.getFirst() + " or " + allowed.getLast();
      default ->
          "one of "
              + String.join(", ", allowed.subList(0, allowed.size() - 1))
              + ", or "
              + allowed.getLast();
    };
  }

  /** Text to text: metadata, and a meter event's payload. */
  private static JsonNode map(JsonNode given, String path) {
    if (!given.isObject()) {
      throw ApiError.invalidParameter(path, "Invalid object");
    }
    if (given.size() > METADATA_KEYS_MAX) {
      throw ApiError.invalidParameter(path, path + " can have up to 50 keys");
    }
    ObjectNode map = Json.object();
    given
        .properties()
        .forEach(
            entry -> {
              String name = path + "[" + entry.getKey() + "]";
              String value = text(entry.getValue(), name);
              if (value.length() > METADATA_VALUE_MAX) {
                throw ApiError.invalidParameter(
                    name, "Invalid string: must be at most " + METADATA_VALUE_MAX + " characters");
              }
              map.put(entry.getKey(), value);
            });
    return map;
  }
}
