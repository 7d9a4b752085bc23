package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Form parameters with nested brackets, read into a tree: {@code a[b][0]=x}, {@code a[]=x}. Every
 * leaf is a text and every branch an object; {@link Shape} makes arrays and numbers of them.
 */
public final class FormBody {

  private FormBody() {}

  /** The tree of a body or a query. Refuses what is not a form with an {@link ApiError}. */
  public static ObjectNode parse(String text) {
    ObjectNode root = Json.object();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      put(root, segments(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return root;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("Invalid percent-encoding in the request's parameters").beforeWork();
    }
  }

  private static List<String> segments(String name) {
    List<String> segments = new ArrayList<>();
    int bracket = name.indexOf('[');
    segments.add(bracket < 0 ? name : name.substring(0, bracket));
    while (bracket >= 0) {
      int close = name.indexOf(']', bracket);
      if (close < 0) {
        throw ApiError.invalidParameter(name, "Invalid parameter name: " + name);
      }
      segments.add(name.substring(bracket + 1, close));
      bracket = name.indexOf('[', close);
    }
    return segments;
  }

  private static void put(ObjectNode root, List<String> segments, String value) {
    ObjectNode node = root;
    for (int i = 0; i < segments.size(); i++) {
      String key = segments.get(i).isEmpty() ? String.valueOf(node.size()) : segments.get(i);
      if (i == segments.size() - 1) {
        node.set(key, TextNode.valueOf(value));
        return;
      }
      JsonNode next = node.get(key);
      if (next == null) {
        node = node.putObject(key);
      } else if (next instanceof ObjectNode branch) {
        node = branch;
      } else {
        throw ApiError.invalidParameter(
            key, "Invalid parameter: " + key + " is both a value and a hash");
      }
    }
  }
}
