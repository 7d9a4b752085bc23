package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * What parameters a route takes, and of which type. Written as a text: {@code name type}, a star
 * behind a required name, {@code {…}} for an object, {@code [type]} for an array, and {@code ~name}
 * for what Stripe knows and the simulator accepts without effect. Types are {@code string(n)},
 * {@code int}, {@code int(min..max)}, {@code decimal}, {@code bool}, {@code time}, {@code
 * currency}, {@code map}, {@code any}, {@code enum(a|b)}; with a question mark an empty text is
 * accepted too, which unsets the field.
 */
public final class Shape {

  private record Field(String name, boolean required, Value value) {}

  private final Map<String, Field> fields = new LinkedHashMap<>();

  private Shape() {}

  /** A shape from its text. */
  public static Shape parse(String text) {
    return new Parser(text).shape(true);
  }

  /**
   * The parameters, typed. Refuses an unknown, missing or malformed one with the {@link ApiError}
   * that Stripe would give.
   *
   * @param raw the tree of a form (all leaves are texts) or of a JSON body
   */
  public ObjectNode read(ObjectNode raw) {
    return read(raw, "");
  }

  private ObjectNode read(ObjectNode raw, String prefix) {
    for (Entry<String, JsonNode> entry : raw.properties()) {
      if (!fields.containsKey(entry.getKey())) {
        throw ApiError.unknownParameter(path(prefix, entry.getKey()));
      }
    }
    ObjectNode typed = Json.object();
    for (Field field : fields.values()) {
      String name = path(prefix, field.name());
      JsonNode given = raw.get(field.name());
      if (given == null || given.isNull()) {
        if (field.required()) {
          throw ApiError.missingParameter(name);
        }
      } else {
        typed.set(field.name(), field.value().read(given, name));
      }
    }
    return typed;
  }

  private static String path(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "[" + name + "]";
  }

  /** Reads one value, or refuses it. */
  @FunctionalInterface
  interface Value {

    JsonNode read(JsonNode given, String name);
  }

  private static final class Parser {

    private final List<String> tokens = new ArrayList<>();
    private int at;

    Parser(String text) {
      StringBuilder word = new StringBuilder();
      int depth = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        boolean bracket = depth == 0 && "{}[]".indexOf(c) >= 0;
        if (bracket || (depth == 0 && Character.isWhitespace(c))) {
          if (!word.isEmpty()) {
            tokens.add(word.toString());
            word.setLength(0);
          }
          if (bracket) {
            tokens.add(String.valueOf(c));
          }
        } else {
          word.append(c);
        }
      }
      if (!word.isEmpty()) {
        tokens.add(word.toString());
      }
    }

    Shape shape(boolean outermost) {
      Shape shape = new Shape();
      while (at < tokens.size() && !tokens.get(at).equals("}")) {
        String name = tokens.get(at++);
        if (name.startsWith("~")) {
          shape.put(name.substring(1), false, (given, path) -> given);
        } else if (name.endsWith("*")) {
          shape.put(name.substring(0, name.length() - 1), true, value());
        } else {
          shape.put(name, false, value());
        }
      }
      if (outermost) {
        shape.put("expand", false, Values.arrayOf(Values.scalar("string")));
      } else {
        at++;
      }
      return shape;
    }

    private Value value() {
      String token = tokens.get(at++);
      if (token.equals("{")) {
        Shape inner = shape(false);
        Value object = Values.object(inner::read);
        if (at < tokens.size() && tokens.get(at).equals("?")) {
          at++;
          return Values.orEmpty(object);
        }
        return object;
      }
      if (token.equals("[")) {
        Value element = value();
        at++;
        return Values.arrayOf(element);
      }
      return token.endsWith("?")
          ? Values.orEmpty(Values.scalar(token.substring(0, token.length() - 1)))
          : Values.scalar(token);
    }
  }

  private void put(String name, boolean required, Value value) {
    fields.put(name, new Field(name, required, value));
  }
}
